"""Before somebody signs out they read how they come back; a password is offered where it signs in."""

import pytest
from django.test import Client
from pytest_django import Settings

from people.models import Person
from tests.people.conftest import PASSWORD
from tests.programmes.sending import text_of
from tests.world import World

OUT = "/in/logout/"


@pytest.fixture
def nobody(db: None) -> Client:
    """Return a browser in which somebody without an e-mail has come in."""
    client = Client()
    client.force_login(Person.objects.add(name="Nobody"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_without_an_e_mail_one_reads_that_a_new_link_is_needed_and_how_to_do_without(nobody: Client):
    page = text_of(nobody.get(OUT))
    assert "you need a new link or card" in page
    assert 'href="/in/email/"' in page
    assert "You can come back at any time" not in page


def test_with_an_e_mail_a_code_brings_one_back(world: World):
    page = text_of(world.client("amara").get(OUT))
    assert "we send a code to <strong>amara@example.org</strong>" in page
    assert "new link" not in page


def test_where_no_letter_leaves_a_password_does(world: World, settings: Settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page = text_of(world.client("amara").get(OUT))
    assert 'href="/in/password/set/"' in page
    assert "we send a code" not in page
    world.amara.set_password(PASSWORD)
    world.amara.save()
    page = text_of(world.client("amara").get(OUT))
    assert "with your e-mail address and your password." in page


def test_a_password_is_offered_and_taken_together_with_an_e_mail_alone(nobody: Client, world: World):
    assert "/in/password/set/" not in text_of(nobody.get("/me/"))
    assert "/in/password/set/" in text_of(world.client("amara").get("/me/"))
    assert "password1" not in text_of(nobody.get("/in/password/set/"))
    answer = nobody.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert "Add one first" in text_of(answer)
    assert not Person.objects.get(name="Nobody").has_usable_password()


def test_whoever_chose_a_password_is_back_at_their_settings(world: World):
    answer = world.client("amara").post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.headers["Location"] == "/me/"


def test_what_was_sent_after_signing_out_is_told_without_blaming_the_clock(world: World):
    client = world.client("amara")
    client.post(OUT)
    page = text_of(client.post("/me/", {"name": "Ama of the harbour"}))
    assert "You were no longer signed in when you sent this" in page
    assert "time was over" not in page


def test_how_to_reach_somebody_by_the_e_mail_they_sign_in_with_is_said_plainly(world: World):
    page = text_of(world.client("sam").get(f"/s/harbour-city/people/{world.amara.pk}/"))
    assert "By e-mail: the address they sign in with" in page
