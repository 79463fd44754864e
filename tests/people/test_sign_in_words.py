"""Every page and letter of signing in wears our look and speaks plainly; what is not needed is not there."""

import re
from collections.abc import Callable

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, reverse

from kit.models import Letter
from people.models import Person
from tests.people.conftest import PASSWORD
from tests.world import World

FOREIGN_WORDS = re.compile(
    r"Sign In|Sign Up|Remember Me|Log ?in|Email|user(name)?\b|Password \(again\)|example\.com"
)
OPEN = ["/in/", "/in/login/", "/in/login/code/", "/in/password/reset/", "/in/signup/", "/in/inactive/"]
OWN = ["/in/email/", "/in/password/set/", "/in/logout/", "/me/", "/me/devices/", "/me/sign-out-everywhere/"]

CodeFor = Callable[[str], str]


def words_of(page: str) -> str:
    """Return what a page shows, without its code."""
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", page, flags=re.S)


def check(page: str) -> None:
    assert 'class="nhsuk-skip-link"' in page
    assert page.count("<h1") == 1
    assert not re.search(r"<[^>]+ style=|<style|<script(?! src)| on\w+=", page)
    assert "placeholder=" not in page
    found = FOREIGN_WORDS.search(words_of(page))
    assert found is None, found


@pytest.mark.parametrize("where", OPEN)
def test_every_open_page_of_signing_in_speaks_plainly(world: World, where: str):
    check(Client().get(where).content.decode())


@pytest.mark.parametrize("where", OWN)
def test_every_own_page_of_signing_in_speaks_plainly(world: World, where: str):
    check(world.client("sam").get(where).content.decode())


def test_changing_a_password_speaks_plainly(sam: Client):
    check(sam.get("/in/password/change/").content.decode())


def test_entering_codes_speaks_plainly(world: World, code_for: CodeFor):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    check(client.get("/in/login/code/confirm/").content.decode())
    client.post("/in/password/reset/", {"email": "sam@example.org"})
    check(client.get("/in/password/reset/confirm/").content.decode())
    client.post("/in/password/reset/confirm/", {"code": code_for("sam@example.org")})
    check(client.get("/in/password/reset/complete/").content.decode())
    client.post("/in/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})
    check(client.get("/in/password/reset/done/").content.decode())


def test_a_form_that_is_not_right_says_so_in_the_title_and_beside_the_field(world: World):
    page = Client().post("/in/login/", {"login": "not an address", "password": ""}).content.decode()
    check(page)
    assert "<title>Error:" in page
    assert "Enter your password" in page


@pytest.mark.parametrize("name", ["usersessions_list", "account_confirm_email", "socialaccount_connections"])
def test_pages_that_nobody_needs_are_not_there(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "login_code",
            "password_reset_code",
            "email_confirmation",
            "email_confirmation_signup",
            "email_changed",
        ),
        *("unknown_account", "account_already_exists", "email_confirm", "email_deleted"),
        *("password_changed", "password_reset", "password_set"),
    ],
)
def test_every_letter_is_ours_and_says_nothing_of_mental_health(name: str):
    facts = {"code": "1234-5678", "email": "o'hara@example.org", "base_url": "http://localhost"}
    for part in ("subject", "message"):
        text = get_template(f"account/email/{name}_{part}.txt").render(facts)
        assert text.strip()
        assert "&#x27;" not in text
        assert "mental" not in text.lower()
        assert FOREIGN_WORDS.search(text.replace("e-mail", "")) is None, text


def test_somebody_changes_the_address_they_sign_in_with(world: World, sam: Client, code_for: CodeFor):
    asked = sam.post("/in/email/", {"email": "new@example.org", "action_add": "yes"})
    check(sam.get(asked.headers["Location"]).content.decode())
    sam.post(asked.headers["Location"], {"code": code_for("new@example.org")})
    world.sam.refresh_from_db()
    assert world.sam.email == "new@example.org"
    told = Letter.objects.filter(address="sam@example.org").order_by("-owed_at").first()
    assert told is not None
    assert "new@example.org" in told.facts["body"]


@pytest.mark.parametrize(
    ("email", "says", "does_not"),
    [
        ("new@example.org", "The address we have is <strong>new@example.org</strong>", "You have none yet"),
        (None, "You have none yet", "The address we have"),
    ],
)
def test_an_address_that_waits_for_its_first_code_is_named(
    db: None, email: str | None, says: str, does_not: str
):
    client = Client()
    person = Person.objects.add(name="Somebody", email=email)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/in/email/").content.decode()
    assert says in page
    assert does_not not in page


def test_somebody_without_an_address_adds_one_and_comes_back_with_it(world: World, code_for: CodeFor):
    person = Person.objects.add(name="Nobody")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    asked = client.post("/in/email/", {"email": "first@example.org", "action_add": "yes"})
    client.post(asked.headers["Location"], {"code": code_for("first@example.org")})
    back = Client()
    back.post("/in/login/code/", {"email": "first@example.org"})
    back.post("/in/login/code/confirm/", {"code": code_for("first@example.org")})
    assert back.get("/me/").context["request"].user == person


def test_g13_an_address_of_somebody_else_is_answered_alike_and_not_given(
    world: World, sam: Client, code_for: CodeFor
):
    pages = []
    for address in ("free@example.org", "amara@example.org"):
        asked = sam.post("/in/email/", {"email": address, "action_add": "yes"})
        entered = sam.get(asked.headers["Location"]).content.decode().replace(address, "ADDRESS")
        pages.append(re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", entered))
    assert pages[0] == pages[1]
    sam.post("/in/confirm-email/", {"code": code_for("amara@example.org")})
    world.sam.refresh_from_db()
    assert world.sam.email == "sam@example.org"


def test_somebody_who_came_by_card_chooses_a_password_and_stays_in(world: World):
    client = world.client("amara")
    client.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert client.get("/me/").status_code == 200
    world.amara.refresh_from_db()
    assert world.amara.check_password(PASSWORD)
