"""Coming in with a one-time link: it works once, for two weeks, for one person; a look uses nothing up."""

import re
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.models import Event
from programmes import actions
from programmes.models import ContactCard, Invitation, Site, TakenRole
from tests.world import World

MARKUP = "سارة <script>alert(1)</script> 🌱"


@pytest.fixture
def invitation(world: World) -> Invitation:
    return actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)


def said(**changes: Any) -> dict[str, Any]:
    """Return what the form sends when somebody says as little as they may."""
    return {"name": "Amara", "way": "not", "form_key": uuid4(), **changes}


def link(invitation: Invitation) -> str:
    return f"/welcome/{invitation.secret}/"


def is_in(client: Client, name: str) -> bool:
    page = client.get("/me/")
    return page.status_code == 200 and page.context["request"].user.name == name


def test_the_secret_is_known_to_the_call_that_made_it_and_to_nobody_else(
    world: World, invitation: Invitation
):
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){4}[0-9a-hjkmnp-tv-z]{4}", invitation.secret)
    again = Invitation.objects.get(pk=invitation.pk)
    assert again.secret == ""
    assert invitation.secret not in str(again.__dict__)
    assert invitation.secret not in str(list(Event.objects.at(world.harbour).values()))


def test_accepting_signs_the_person_in_and_keeps_what_they_said(world: World, invitation: Invitation):
    client = Client()
    client.get("/in/")
    answer = client.post(
        link(invitation),
        said(name="Ama", way="text", phone="07700 900123", access_needs="Breaks", takes=["lived_experience"]),
    )
    assert answer.headers["Location"] == "/"
    assert is_in(client, "Ama")
    card = ContactCard.objects.at(world.harbour).get()
    assert (card.person, card.way, card.phone) == (world.amara, "text", "07700 900123")
    assert TakenRole.objects.at(world.harbour).get().role == "lived_experience"
    assert not ContactCard.objects.at(world.thornbridge).exists()
    used = Invitation.objects.get(pk=invitation.pk)
    assert used.used_at is not None
    assert Event.objects.at(world.harbour).filter(did="accept_invitation", person=world.amara).count() == 1


def test_the_name_of_the_place_and_the_way_of_being_together_are_said(world: World, invitation: Invitation):
    page = Client().get(link(invitation)).content.decode()
    assert "Welcome to Harbour City" in page
    assert "How we are together" in page
    assert "Only you see this" in page
    assert 'value="Amara"' in page


def test_a_look_uses_nothing_up(world: World, invitation: Invitation):
    scanner = Client()
    for _ in range(3):
        assert scanner.get(link(invitation)).status_code == 200
        assert scanner.head(link(invitation)).status_code == 200
    assert scanner.get("/me/").status_code == 302
    client = Client()
    client.post(link(invitation), said())
    assert is_in(client, "Amara")


def test_a_link_works_once(world: World, invitation: Invitation):
    Client().post(link(invitation), said())
    with time_machine.travel(timezone.now()) as clock:
        clock.shift(120)
        late = Client()
        assert late.get(link(invitation)).status_code == 410
        assert late.post(link(invitation), said()).status_code == 410
        assert late.get("/me/").status_code == 302


def test_two_taps_have_one_effect_and_no_error(world: World, invitation: Invitation):
    client, form = Client(), said(way="text", phone="01632")
    for _ in range(2):
        assert client.post(link(invitation), form).status_code == 302
    assert is_in(client, "Amara")
    assert ContactCard.objects.at(world.harbour).count() == 1


def test_another_form_right_after_the_first_is_refused(world: World, invitation: Invitation):
    Client().post(link(invitation), said())
    thief = Client()
    assert thief.post(link(invitation), said()).status_code == 410
    assert thief.get("/me/").status_code == 302


def test_whoever_used_a_link_and_presses_it_again_is_simply_in(world: World, invitation: Invitation):
    client = Client()
    client.post(link(invitation), said())
    assert client.get(link(invitation)).headers["Location"] == "/"


def test_a_link_works_for_two_weeks(world: World, invitation: Invitation):
    with time_machine.travel(timezone.now()) as clock:
        clock.shift(14 * 24 * 3600 - 60)
        assert Client().get(link(invitation)).status_code == 200
        clock.shift(120)
        assert Client().get(link(invitation)).status_code == 410
        late = Client()
        assert late.post(link(invitation), said()).status_code == 410
        assert late.get("/me/").status_code == 302


def test_a_new_link_ends_the_older_one_here_and_not_elsewhere(world: World, invitation: Invitation):
    ned = actions.invite(at=world.thornbridge, by=Actor(person=world.nadia), person=world.ned)
    newer = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    assert Client().get(link(invitation)).status_code == 410
    assert Client().get(link(newer)).status_code == 200
    assert Client().get(link(ned)).status_code == 200


def test_wrong_and_ended_links_say_the_same(world: World, invitation: Invitation):
    newer = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    wrong = Client().get("/welcome/nothing-of-ours/")
    ended = Client().get(link(invitation))
    assert (wrong.status_code, ended.status_code) == (404, 410)
    assert wrong.content == ended.content
    assert newer.secret not in ended.content.decode()
    assert "Harbour" not in ended.content.decode()
    assert "Amara" not in ended.content.decode()


@pytest.mark.parametrize("token", ["x" * 2000, "%00", "..%2f..", "' or 1=1", "🌱"])
def test_nonsense_is_a_wrong_link(world: World, token: str):
    assert Client().get(f"/welcome/{token}/").status_code == 404


def test_g14_guessing_is_slowed_down_and_a_true_link_still_works(world: World, invitation: Invitation):
    client = Client()
    answers = [client.get(f"/welcome/guess-{number}/").status_code for number in range(31)]
    assert set(answers[:30]) == {404}
    assert answers[30] == 429
    assert client.get(link(invitation)).status_code == 200


def test_a_closed_account_cannot_come_in(world: World, invitation: Invitation):
    world.amara.is_active = False
    world.amara.save()
    assert Client().get(link(invitation)).status_code == 410
    assert Client().post(link(invitation), said()).status_code == 410
    with pytest.raises(actions.CannotInvite):
        actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)


@pytest.mark.parametrize("status", [Site.Status.PAUSED, Site.Status.LEFT])
def test_a_place_that_rests_lets_its_people_in_to_read(world: World, invitation: Invitation, status: str):
    Site.objects.filter(pk=world.harbour.pk).update(status=status)
    client = Client()
    assert client.post(link(invitation), said()).status_code == 302
    assert client.get("/s/harbour-city/").status_code == 200
    assert client.get("/s/harbour-city/gatherings/").status_code == 200


def test_only_people_of_the_place_get_a_link(world: World):
    with pytest.raises(actions.CannotInvite):
        actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.ned)


def test_somebody_else_who_is_signed_in_here_is_told_and_signed_out(world: World, invitation: Invitation):
    client = world.client("sam")
    before = client.session.session_key
    assert (
        "is signed out and the person this link is for comes in"
        in client.get(link(invitation)).content.decode()
    )
    client.post(link(invitation), said())
    assert is_in(client, "Amara")
    old = Client()
    old.cookies["session"] = before or ""
    assert old.get("/me/").status_code == 302


def test_g11_the_session_is_a_new_one_and_on_the_list_of_devices(world: World, invitation: Invitation):
    client = Client()
    client.post("/in/login/code/", {"email": "sam@example.org"})
    before = client.session.session_key
    client.post(link(invitation), said())
    assert client.session.session_key != before
    assert "(this one)" in client.get("/me/devices/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Enter a name"),
        ({"name": "x" * 81}, "80"),
        ({"way": ""}, "Choose how we should reach you"),
        ({"way": "email", "email": "no"}, "name@example.com"),
        ({"way": "text"}, "Enter the number"),
        ({"way": "post"}, "Enter the address"),
        ({"way": "pigeon"}, "There is a problem"),
        ({"takes": ["commissioner"]}, "There is a problem"),
        ({"access_needs": "x" * 601}, "600"),
    ],
)
def test_what_is_missing_is_said_and_the_link_still_works(
    world: World, invitation: Invitation, wrong: dict[str, Any], words: str
):
    client = Client()
    answer = client.post(link(invitation), said(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get("/me/").status_code == 302
    client.post(link(invitation), said())
    assert is_in(client, "Amara")


def test_a_name_with_markup_is_shown_as_it_is_written(world: World, invitation: Invitation):
    client = Client()
    client.post(link(invitation), said(name=MARKUP))
    assert is_in(client, MARKUP)
    assert b"<script>alert" not in client.get("/me/").content


def test_c2_what_somebody_said_before_is_neither_shown_nor_lost(world: World, invitation: Invitation):
    client = Client()
    client.post(link(invitation), said(way="call", phone="01632 960001", takes=["carer"]))
    newer = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    page = Client().get(link(newer)).content.decode()
    assert "01632 960001" not in page
    assert "I care for somebody" not in page
    assert "is kept as it is" in page
    back = Client()
    back.post(link(newer), {"name": "Amara B", "form_key": uuid4()})
    assert is_in(back, "Amara B")
    assert ContactCard.objects.at(world.harbour).get().phone == "01632 960001"
    assert TakenRole.objects.at(world.harbour).get().role == "carer"


def test_somebody_comes_into_a_programme_with_a_name_alone(world: World):
    invited = actions.invite(at=world.programme, by=Actor(person=world.olive), person=world.priya)
    client = Client()
    page = client.get(link(invited)).content.decode()
    assert "Living Well North" in page
    assert "How should we reach you" not in page
    client.post(link(invited), {"name": "Priya", "form_key": uuid4()})
    assert is_in(client, "Priya")


def test_g15_a_link_sent_from_elsewhere_signs_nobody_in(world: World, invitation: Invitation):
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(invitation), said()).status_code == 403
    assert Invitation.objects.get(pk=invitation.pk).used_at is None
