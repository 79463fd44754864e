"""Where no mail server is set, pages say that no letter leaves, and links are handed over instead."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from kit import jobs
from kit.actions import Actor
from kit.models import Job, Letter
from kit.outbox import letters_leave
from people.models import Person
from programmes import actions
from programmes.models import Invitation, Membership
from tests.people.conftest import PASSWORD
from tests.programmes.inviting import comes_in
from tests.programmes.sending import send, text_of
from tests.world import World

SMTP = "django.core.mail.backends.smtp.EmailBackend"
PEOPLE = "/s/harbour-city/people/"
LEAVES = re.compile(r"on its way|have sent an e-mail|We send |We will send|by e-mail always|Send me a code")
NO_LETTERS = "This installation sends no e-mails yet"
CodeFor = Callable[[str], str]


@pytest.fixture
def no_mail(settings: Settings, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path


@pytest.mark.parametrize(("kind", "leave"), [("filebased", False), ("console", False), ("smtp", True)])
def test_whether_letters_leave_follows_from_how_they_are_sent(settings: Settings, kind: str, *, leave: bool):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
    assert letters_leave() is leave


class TestSomebodyIsAdded:
    def test_without_mail_the_link_is_shown_once_and_no_letter_is_owed(
        self, world: World, no_mail: None
    ) -> None:
        page = text_of(
            send(world.client("sam"), f"{PEOPLE}add/", name="Bea", email="b@example.org", roles="member")
        )
        assert NO_LETTERS in page
        assert "You see this once" in page
        assert LEAVES.search(page) is None
        assert not Letter.objects.exists()
        link = re.search(r"/welcome/[a-z0-9-]{24}/", page)
        assert link is not None
        Client().post(link.group(), {"name": "Bea", "way": "not", "form_key": uuid4()})
        assert Person.objects.get(name="Bea").last_login is not None

    def test_g13_without_mail_a_known_e_mail_gets_a_link_like_any_other_and_it_opens_nothing_alone(
        self, world: World, no_mail: None
    ) -> None:
        page = text_of(
            send(world.client("sam"), f"{PEOPLE}add/", name="F", email="farah@example.org", roles="member")
        )
        link = re.search(r"/welcome/[a-z0-9-]{24}/", page)
        assert link is not None
        assert not Letter.objects.exists()
        assert "Sign in first" in text_of(Client().get(link.group()))
        assert not Membership.objects.of(world.harbour).filter(person=world.farah).exists()

    def test_without_mail_a_new_link_for_somebody_of_two_places_lies_in_a_file(
        self, world: World, no_mail: None
    ) -> None:
        Membership.objects.create(
            person=world.amara, scope=world.farfield, role="manager", since=world.amara.joined_at
        )
        sam, url, key = world.client("sam"), f"{PEOPLE}{world.amara.pk}/", uuid4()
        assert "it lies in a file" in text_of(sam.get(url))
        for _ in range(2):
            page = text_of(send(sam, f"{url}link/", key=key, by_hand="True"))
            assert ("/welcome/" in page, "Theirs lies in a file here" in page) == (False, True)
        assert "/welcome/" in Letter.objects.get(to=world.amara).facts["link"]

    def test_without_mail_the_operator_finds_that_of_a_facilitator_in_a_file_too(
        self, world: World, no_mail: None
    ) -> None:
        world.client("sam")
        row = Membership.objects.get(person=world.sam)
        Membership.objects.create(person=world.sam, scope=world.farfield, role="manager", since=row.since)
        page = text_of(send(world.client("olive"), f"/installation/links/{row.pk}/"))
        assert "Theirs lies in a file here" in page
        assert "/welcome/" in Letter.objects.get(to=world.sam).facts["link"]

    def test_without_mail_the_form_promises_no_letter(self, world: World, no_mail: None) -> None:
        page = text_of(world.client("sam").get(f"{PEOPLE}add/"))
        assert NO_LETTERS in page
        assert "get their link by e-mail" not in page

    def test_with_mail_it_does(self, world: World) -> None:
        page = text_of(world.client("sam").get(f"{PEOPLE}add/"))
        assert NO_LETTERS not in page
        assert "get their link by e-mail" in page

    def test_the_operator_who_adds_a_lead_is_shown_the_link(self, world: World, no_mail: None) -> None:
        url = f"/installation/programmes/{world.programme.pk}/leads/add/"
        page = text_of(send(world.client("olive"), url, name="Lea", email="lea@example.org", role="coach"))
        assert "You see this once" in page
        assert LEAVES.search(page) is None


class TestALinkToHandOver:
    def test_it_is_made_on_demand_when_a_mailbox_fails(self, world: World) -> None:
        sam, url = world.client("sam"), f"{PEOPLE}{world.amara.pk}/link/"
        assert "/welcome/" not in text_of(send(sam, url))
        assert "You see this once" in text_of(send(sam, url, by_hand="True"))
        assert Letter.objects.count() == 1

    def test_it_is_never_one_that_opens_another_place(self, world: World) -> None:
        Membership.objects.create(
            person=world.amara, scope=world.farfield, role="manager", since=world.amara.joined_at
        )
        sam = world.client("sam")
        assert send(sam, f"{PEOPLE}{world.amara.pk}/link/", by_hand="True").status_code == 302
        assert not Invitation.objects.exists()

    def test_pressed_twice_it_does_not_become_a_letter(self, world: World) -> None:
        sam, url, key = world.client("sam"), f"{PEOPLE}{world.amara.pk}/link/", uuid4()
        assert "/welcome/" in text_of(send(sam, url, key=key, by_hand="True"))
        page = text_of(send(sam, url, key=key, by_hand="True"))
        assert ("shown once" in page, "on its way" in page) == (True, False)

    def test_it_ends_when_its_person_comes_to_another_place(self, world: World) -> None:
        by = Actor(person=world.sam)
        held = actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True)
        assert Client().get(f"/welcome/{held.secret}/").status_code == 200
        comes_in(world.farfield, world.farah, world.amara, "member")
        assert Client().get(f"/welcome/{held.secret}/").status_code == 410


class TestSigningIn:
    @pytest.mark.parametrize("page", ["/in/", "/in/login/code/", "/in/password/reset/"])
    def test_no_page_promises_a_letter(self, world: World, no_mail: None, page: str) -> None:
        said = text_of(Client().get(page))
        assert NO_LETTERS in said
        assert LEAVES.search(said) is None

    @pytest.mark.parametrize("page", ["/in/", "/in/login/code/", "/in/password/reset/"])
    def test_with_mail_each_does(self, world: World, page: str) -> None:
        said = text_of(Client().get(page))
        assert NO_LETTERS not in said
        assert LEAVES.search(said)

    @pytest.mark.parametrize("way", ["/in/login/code/", "/in/password/reset/"])
    def test_g13_known_or_not_the_words_are_the_same(self, world: World, no_mail: None, way: str) -> None:
        said = []
        for address in ("sam@example.org", "who@example.org"):
            page = text_of(Client().post(way, {"email": address}, follow=True))
            assert NO_LETTERS in page
            assert LEAVES.search(page) is None
            said.append(re.sub('csrfmiddlewaretoken" value="[^"]+', "", page.replace(address, "")))
        assert said[0] == said[1]

    def test_another_address_is_promised_no_letter(self, world: World, no_mail: None) -> None:
        amara = world.client("amara")
        page = text_of(amara.get("/in/email/"))
        page += text_of(
            amara.post("/in/email/", {"email": "new@example.org", "action_add": "yes"}, follow=True)
        )
        assert LEAVES.search(page) is None
        assert page.count(NO_LETTERS) == 2

    def test_a_password_is_enough_where_no_letter_can_prove_an_address(
        self, world: World, no_mail: None
    ) -> None:
        world.amara.set_password(PASSWORD)
        world.amara.save()
        client = Client()
        client.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
        assert client.get("/me/").status_code == 200

    def test_where_letters_leave_it_is_not(self, world: World) -> None:
        world.amara.set_password(PASSWORD)
        world.amara.save()
        client = Client()
        client.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
        assert client.get("/me/").status_code == 302


class TestWhatOperatorsRead:
    def _letter_done(self, world: World) -> str:
        actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
        jobs.do(Job.objects.get(kind="send_letter").pk)
        return text_of(world.client("olive").get("/operate/kit/letter/"))

    def test_a_letter_that_left_was_sent(self, world: World) -> None:
        page = self._letter_done(world)
        assert '<td class="field-outcome">sent</td>' in page

    def test_a_letter_in_a_file_was_kept_and_it_says_where(
        self, world: World, settings: Settings, tmp_path: Any
    ) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path
        Membership.objects.create(
            person=world.amara, scope=world.farfield, role="manager", since=world.amara.joined_at
        )
        page = self._letter_done(world)
        assert '<td class="field-outcome">kept in a file here, not sent</td>' in page
        olive = world.client("olive")
        assert str(tmp_path) in text_of(olive.get(f"/operate/kit/letter/{Letter.objects.get().pk}/change/"))
        settings.EMAIL_BACKEND = SMTP
        assert "kept in a file here" in text_of(olive.get("/operate/kit/letter/"))
