"""What somebody says about themselves in one place: kept with that place, seen by few, never lost (C2)."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from kit.actions import Actor
from kit.versions import Stale
from people.models import Person
from programmes.actions import cards, invite
from programmes.models import ContactCard, Site, TakenRole
from tests.world import World

CARD = "/s/harbour-city/me/"


def said(version: int | None = None, **changes: Any) -> dict[str, Any]:
    return {"way": "not", "form_key": uuid4(), "seen_version": version or "", **changes}


def card_of(world: World, name: str, site: Site | None = None) -> ContactCard:
    return ContactCard.objects.at(site or world.harbour).of_person(world.people[name].pk).get()


@pytest.mark.parametrize("name", ["sam", "amara", "grace", "ruth", "leo"])
def test_whoever_is_in_the_place_has_a_card(world: World, name: str):
    client = world.client(name)
    assert client.get(CARD).status_code == 200
    assert client.post(CARD, said(way="call", phone="01632 960001")).status_code == 302
    assert card_of(world, name).phone == "01632 960001"


@pytest.mark.parametrize(("name", "status"), [("nadia", 404), ("stranger", 404), ("kit", 403)])
def test_whoever_is_not_has_none(world: World, name: str, status: int):
    assert world.client(name).get(CARD).status_code == status
    assert world.client(name).post(CARD, said()).status_code == status
    assert not ContactCard.everywhere.exists()


def test_a_visitor_is_asked_to_sign_in(world: World):
    assert Client().get(CARD).headers["Location"] == f"/in/?next={CARD}"


def test_in_a_place_that_rests_ones_own_card_stays_ones_own(world: World):
    Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
    amara = world.client("amara")
    assert amara.post(CARD, said(takes=["carer"])).status_code == 302
    assert TakenRole.objects.at(world.harbour).get().role == "carer"
    assert amara.post(CARD, said(1)).status_code == 302
    assert not TakenRole.objects.at(world.harbour).exists()
    assert world.client("stranger").post(CARD, said()).status_code == 404


def test_a_card_is_made_once_and_then_changed(world: World):
    client = world.client("amara")
    client.post(CARD, said(way="text", phone="01632", access_needs="Breaks", takes=["carer"]))
    page = client.get(CARD).content.decode()
    assert "Breaks" in page
    assert card_of(world, "amara").version == 1
    client.post(CARD, said(1, way="post", address="Grove Street", takes=["lived_experience"]))
    card = card_of(world, "amara")
    assert (card.way, card.version) == ("post", 2)
    assert [taken.role for taken in TakenRole.objects.at(world.harbour)] == ["lived_experience"]


def test_taking_a_role_back_takes_it_back(world: World):
    client = world.client("amara")
    client.post(CARD, said(takes=["carer", "lived_experience"]))
    client.post(CARD, said(1))
    assert not TakenRole.objects.at(world.harbour).exists()


def test_c2_what_somebody_brings_is_shown_to_them_alone(world: World):
    world.client("amara").post(CARD, said(takes=["lived_experience"]))
    assert "checked" in world.client("amara").get(CARD).content.decode()
    assert TakenRole.objects.at(world.harbour).of_person(world.amara.pk).exists()
    page = world.client("sam").get(CARD).content.decode()
    assert "checked" not in page.split("What do you bring?")[1]


def test_a_card_belongs_to_its_place(world: World):
    world.client("amara").post(CARD, said(way="call", phone="01632"))
    assert not ContactCard.objects.at(world.thornbridge).exists()


def test_a_stale_save_shows_both_and_loses_neither(world: World):
    client = world.client("amara")
    client.post(CARD, said(access_needs="First"))
    client.post(CARD, said(1, access_needs="Second"))
    answer = client.post(CARD, said(1, access_needs="Third"))
    assert answer.status_code == 409
    assert "Second" in answer.content.decode()
    assert "Third" in answer.content.decode()
    assert card_of(world, "amara").access_needs == "Second"


def test_two_first_cards_at_once_show_both(world: World):
    client = world.client("amara")
    client.post(CARD, said(access_needs="First"))
    with pytest.raises(Stale):
        cards.make_own_card(at=world.harbour, by=Actor(person=world.amara), takes=[], way="not")
    assert card_of(world, "amara").access_needs == "First"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"way": "email", "email": "no"}, "name@example.com"),
        ({"way": "call"}, "Enter the number"),
        ({"way": "call", "phone": "abc"}, "Enter a phone number"),
        ({"way": "through"}, "Enter the name"),
        ({"takes": ["facilitator"]}, "There is a problem"),
        ({"phone": "1" * 41}, "40"),
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(world: World, wrong: dict[str, Any], words: str):
    answer = world.client("amara").post(CARD, said(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ContactCard.everywhere.exists()
    assert not TakenRole.everywhere.exists()


def test_a_card_says_who_sees_what_and_shows_markup_as_written(world: World):
    client = world.client("amara")
    client.post(CARD, said(access_needs="<img src=x onerror=alert(1)>"))
    page = client.get(CARD).content.decode()
    assert "Who sees what" in page
    assert "<img src=x" not in page


def test_everything_that_is_missing_is_said_at_once(world: World):
    invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.helen)
    page = Client().post(f"/welcome/{invitation.secret}/", {"name": "", "way": "text", "form_key": uuid4()})
    assert page.status_code == 422
    assert {"name", "phone"} == set(page.context["form"].errors)


def test_a_person_finds_their_places(world: World):
    page = world.client("two_hats").get("/me/places/").content.decode()
    assert CARD in page
    assert "Thornbridge" not in page
    assert "no place at the moment" in world.client("stranger").get("/me/places/").content.decode()


def _came_by_link(world: World) -> Client:
    TakenRole.everywhere.create(scope=world.harbour, person=world.amara, role="carer")
    cards.make_own_card(at=world.harbour, by=Actor(person=world.amara), takes=None, way="not")
    invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    client = Client()
    client.post(f"/welcome/{invitation.secret}/", {"name": "Amara", "way": "not", "form_key": uuid4()})
    assert client.get(CARD).status_code == 200
    return client


def test_links_that_let_one_in_are_shown_with_who_made_them_and_who_was_signed_in_there(world: World):
    client, sam = _came_by_link(world), world.client("sam")
    page = client.get(CARD).content.decode()
    assert "made by <bdi>Sam</bdi>" in page
    assert "was signed in" not in page
    invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    assert "Links that let you in" not in sam.get(CARD).content.decode()
    sam.post(f"/welcome/{invitation.secret}/", {"name": "Amara", "way": "not", "form_key": uuid4()})
    page = world.client("amara").get(CARD).content.decode()
    assert page.count("It was opened where <bdi>Sam</bdi> was signed in") == 1
    assert page.count("Opened on") == 2


def test_one_s_own_device_is_nobody_else(world: World):
    client = world.client("amara")
    invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    client.post(f"/welcome/{invitation.secret}/", {"name": "Amara", "way": "not", "form_key": uuid4()})
    page = client.get(CARD).content.decode()
    assert "Opened on" in page
    assert "was signed in" not in page


def taken(world: World) -> list[str]:
    return [row.role for row in TakenRole.objects.at(world.harbour)]


def test_c2_whoever_came_by_a_link_does_not_read_what_its_person_takes(world: World):
    page = _came_by_link(world).get(CARD).content.decode()
    assert "what you said before is not shown" in page
    assert "checked" not in page.split("What do you bring?")[1]
    shown = world.client("amara").get(CARD).content.decode()
    assert "checked" in shown.split("What do you bring?")[1]


@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ([], ["carer"]),
        (["nothing"], []),
        (["lived_experience"], ["carer", "lived_experience"]),
        (["lived_experience", "nothing"], ["lived_experience"]),
    ],
)
def test_c2_after_a_link_silence_keeps_and_a_choice_is_added(
    world: World, chosen: list[str], left: list[str]
):
    client = _came_by_link(world)
    assert client.post(CARD, said(1, takes=chosen)).status_code == 302
    assert sorted(taken(world)) == left


def test_nothing_is_chosen_before_somebody_chooses(world: World):
    page = world.client("amara").get(CARD).content.decode()
    ways = page.split("How should we reach you?")[1].split("E-mail address")[0]
    assert 'value="not"' in ways
    assert "checked" not in ways
    answer = world.client("amara").post(CARD, said(way=""))
    assert "Choose how we should reach you" in answer.content.decode()


def test_the_e_mail_one_signs_in_with_is_not_asked_for_again_nor_shown(world: World):
    invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    client, link = Client(), f"/welcome/{invitation.secret}/"
    page = client.get(link).content.decode()
    assert "Leave this empty to use the e-mail you sign in with" in page
    assert "amara@example.org" not in page
    client.post(link, {"name": "Amara", "way": "email", "form_key": uuid4()})
    assert card_of(world, "amara").email == "amara@example.org"
    client.post(CARD, said(1, way="email", email="other@example.org"))
    assert card_of(world, "amara").email == "other@example.org"


def test_without_one_an_e_mail_is_asked_for(world: World):
    Person.objects.filter(pk=world.amara.pk).update(email=None)
    page = world.client("amara").post(CARD, said(way="email"))
    assert page.status_code == 422
    assert "Enter the e-mail address" in page.content.decode()
    assert "the e-mail you sign in with" not in page.content.decode()
