"""Signing in by a code or a password: it works, it tells nobody who takes part, it has limits (G11-G14)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kit.models import Letter
from people.models import Person
from tests.people.conftest import PASSWORD, confirm_address
from tests.world import World

CodeFor = Callable[[str], str]


def plain(answer: Any, *addresses: str) -> str:
    """Return what a page says, without what differs by chance."""
    words = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    for address in addresses:
        words = words.replace(address, "ADDRESS")
    return words


def is_in(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_a_code_from_the_letter_signs_in(world: World, code_for: CodeFor):
    client = Client()
    asked = client.post("/in/login/code/", {"email": "Sam@example.org"})
    assert asked.headers["Location"] == "/in/login/code/confirm/"
    before = client.session.session_key
    answer = client.post(asked.headers["Location"], {"code": code_for("sam@example.org")})
    assert answer.headers["Location"] == "/"
    assert is_in(client)
    assert client.session.session_key != before


def test_the_code_may_be_typed_without_its_dash(world: World, code_for: CodeFor):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    client.post("/in/login/code/confirm/", {"code": code_for("sam@example.org").replace("-", " ")})
    assert is_in(client)


def test_a_person_goes_on_to_where_they_wanted_to_be(world: World, code_for: CodeFor):
    client = Client()
    page = client.get("/me/devices/")
    assert page.headers["Location"] == "/in/?next=/me/devices/"
    assert b'name="next" value="/me/devices/"' in client.get(page.headers["Location"]).content
    asked = client.post("/in/login/code/", {"email": "sam@example.org", "next": "/me/devices/"})
    entered = client.get(asked.headers["Location"])
    assert b'value="/me/devices/"' in entered.content
    answer = client.post(
        "/in/login/code/confirm/", {"code": code_for("sam@example.org"), "next": "/me/devices/"}
    )
    assert answer.headers["Location"] == "/me/devices/"


def test_nobody_is_sent_on_to_another_host(world: World, code_for: CodeFor):
    client = Client()
    assert b"evil.example" not in client.get("/in/?next=https://evil.example/").content
    client.post("/in/login/code/", {"email": "sam@example.org", "next": "https://evil.example/"})
    answer = client.post(
        "/in/login/code/confirm/", {"code": code_for("sam@example.org"), "next": "//evil.example/"}
    )
    assert answer.headers["Location"] == "/"


def test_a_wrong_code_signs_nobody_in_and_says_so(world: World):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    answer = client.post("/in/login/code/confirm/", {"code": "0000-0000"})
    assert "That is not the code we sent" in answer.content.decode()
    assert not is_in(client)


def test_a_code_ends_after_five_wrong_tries(world: World, code_for: CodeFor):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    for _ in range(5):
        client.post("/in/login/code/confirm/", {"code": "0000-0000"})
    client.post("/in/login/code/confirm/", {"code": code_for("sam@example.org")})
    assert not is_in(client)


def test_a_code_ends_after_fifteen_minutes(world: World, code_for: CodeFor):
    client = Client()
    with time_machine.travel(timezone.now()) as clock:
        client.post("/in/login/code/", {"email": "sam@example.org"})
        clock.shift(14 * 60)
        assert client.get("/in/login/code/confirm/").status_code == 200
        clock.shift(2 * 60)
        client.post("/in/login/code/confirm/", {"code": code_for("sam@example.org")})
        assert not is_in(client)


def test_another_code_can_be_sent_and_the_first_then_ends(world: World, code_for: CodeFor):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    first = code_for("sam@example.org")
    assert b"Send another code" in client.get("/in/login/code/confirm/").content
    client.post("/in/login/code/confirm/", {"action": "resend"})
    client.post("/in/login/code/confirm/", {"code": first})
    assert not is_in(client)
    client.post("/in/login/code/confirm/", {"code": code_for("sam@example.org")})
    assert is_in(client)


@pytest.mark.parametrize("address", ["nobody@example.org", "closed@example.org"])
def test_g13_a_code_is_asked_for_alike_by_known_unknown_and_closed(world: World, address: str):
    Person.objects.add(name="Closed", email="closed@example.org", is_active=False)
    pages = []
    for who in ("sam@example.org", address):
        client = Client()
        asked = client.post("/in/login/code/", {"email": who})
        entered = client.get("/in/login/code/confirm/")
        wrong = client.post("/in/login/code/confirm/", {"code": "0000-0000"})
        pages.append(
            (
                asked.status_code,
                asked.headers["Location"],
                plain(entered, who),
                plain(wrong, who),
                wrong.status_code,
            )
        )
        assert Letter.objects.filter(address=who, kind="account").count() == 1
    assert pages[0] == pages[1]


def test_g13_only_the_letter_says_that_an_address_is_not_known(world: World):
    Client().post("/in/login/code/", {"email": "nobody@example.org"})
    letter = Letter.objects.get(address="nobody@example.org")
    assert "We do not know this address" in letter.facts["body"]
    assert letter.to is None


def test_g13_a_wrong_password_is_answered_alike_for_known_and_unknown(world: World):
    world.sam.set_password(PASSWORD)
    world.sam.save()
    known = Client().post("/in/login/", {"login": "sam@example.org", "password": "not this"})
    unknown = Client().post("/in/login/", {"login": "nobody@example.org", "password": "not this"})
    without = Client().post("/in/login/", {"login": "amara@example.org", "password": "not this"})
    texts = [
        plain(answer, "sam@example.org", "nobody@example.org", "amara@example.org")
        for answer in (known, unknown, without)
    ]
    assert texts[0] == texts[1] == texts[2]
    assert known.status_code == unknown.status_code == without.status_code
    assert "do not go together" in texts[0]


def test_g13_a_new_password_is_asked_for_alike_by_known_and_unknown(world: World):
    pages = []
    for who in ("sam@example.org", "nobody@example.org"):
        client = Client()
        asked = client.post("/in/password/reset/", {"email": who})
        entered = client.get(asked.headers["Location"])
        pages.append((asked.status_code, asked.headers["Location"], plain(entered, who)))
        assert Letter.objects.filter(address=who).count() == 1
    assert pages[0] == pages[1]


def test_a_password_signs_in_and_the_session_is_a_new_one(world: World):
    world.sam.set_password(PASSWORD)
    world.sam.save()
    confirm_address(world, "sam")
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    before = client.session.session_key
    client.post("/in/login/", {"login": "sam@example.org", "password": PASSWORD})
    assert is_in(client)
    assert client.session.session_key != before


def test_an_address_is_confirmed_once_before_a_password_is_enough(world: World, code_for: CodeFor):
    world.sam.set_password(PASSWORD)
    world.sam.save()
    client = Client()
    answer = client.post("/in/login/", {"login": "sam@example.org", "password": PASSWORD})
    assert answer.headers["Location"] == "/in/confirm-email/"
    assert not is_in(client)
    client.post("/in/confirm-email/", {"code": code_for("sam@example.org")})
    assert is_in(client)


def test_a_closed_account_stays_closed(world: World, code_for: CodeFor):
    world.sam.set_password(PASSWORD)
    world.sam.is_active = False
    world.sam.save()
    client = Client()
    answer = client.post("/in/login/", {"login": "sam@example.org", "password": PASSWORD}, follow=True)
    assert "This account is closed" in answer.content.decode()
    assert not is_in(client)


def test_somebody_who_forgot_their_password_chooses_a_new_one(world: World, code_for: CodeFor):
    client = Client()
    client.post("/in/password/reset/", {"email": "sam@example.org"})
    confirmed = client.post("/in/password/reset/confirm/", {"code": code_for("sam@example.org")})
    done = client.post(
        confirmed.headers["Location"], {"password1": "another calm word", "password2": "another calm word"}
    )
    assert "Your new password is saved" in client.get(done.headers["Location"]).content.decode()
    client.post("/in/login/", {"login": "sam@example.org", "password": "another calm word"})
    assert is_in(client)


@pytest.mark.parametrize("weak", ["short", "password1234", "sam@example.org"])
def test_a_weak_password_is_refused(world: World, code_for: CodeFor, weak: str):
    client = Client()
    client.post("/in/password/reset/", {"email": "sam@example.org"})
    client.post("/in/password/reset/confirm/", {"code": code_for("sam@example.org")})
    answer = client.post("/in/password/reset/complete/", {"password1": weak, "password2": weak})
    assert answer.status_code == 200
    assert b"There is a problem" in answer.content


@pytest.mark.parametrize("where", ["/in/login/", "/in/login/code/", "/in/password/reset/", "/in/logout/"])
def test_g15_a_form_without_its_token_does_nothing(world: World, where: str):
    client = Client(enforce_csrf_checks=True)
    assert client.post(where, {"login": "sam@example.org", "email": "sam@example.org"}).status_code == 403
    assert Letter.objects.count() == 0


def test_nobody_signs_up_alone(world: World):
    client = Client()
    assert "People are invited here" in client.get("/in/signup/").content.decode()
    answer = client.post("/in/signup/", {"email": "new@example.org", "password1": PASSWORD})
    assert "People are invited here" in answer.content.decode()
    assert not Person.objects.filter(email="new@example.org").exists()


def test_signing_out_takes_a_press_not_a_look(sam: Client):
    assert "Sign out" in sam.get("/in/logout/").content.decode()
    assert is_in(sam)
    assert sam.post("/in/logout/").headers["Location"] == "/in/"
    assert not is_in(sam)


def test_a_letter_is_owed_not_sent_and_carries_the_code_alone(world: World, mailoutbox: list[object]):
    Client().post("/in/login/code/", {"email": "sam@example.org"})
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.scope) == ("account", world.sam, None)
    assert set(letter.facts) == {"subject", "body"}
    assert "mental health" not in str(letter.facts).lower()
    assert mailoutbox == []


def test_no_code_reaches_the_log(world: World, code_for: CodeFor, caplog: pytest.LogCaptureFixture):
    caplog.set_level("DEBUG")
    Client().post("/in/login/code/", {"email": "sam@example.org"})
    spoken = " ".join(
        record.getMessage() for record in caplog.records if not record.name.startswith("django.db")
    )
    assert code_for("sam@example.org") not in spoken
