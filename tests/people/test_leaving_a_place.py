"""Somebody leaves a place by themselves: asked once more, refused to the last facilitator, in a pause too."""

from typing import Any

import pytest
from django.utils import timezone

from kit.models import Event, Letter
from kit.outbox import owe_letter
from programmes.models import ContactCard, Group, Membership, Site, TakenRole
from programmes.roles import Role, SpaceKind
from tests.programmes.sending import send, text_of
from tests.world import LONG_AGO, World

CARD = "/s/harbour-city/me/"
LEAVE = f"{CARD}leave/"


def is_here(world: World, name: str) -> bool:
    return Membership.objects.of(world.harbour).filter(person=world.people[name]).exists()


def test_the_card_leads_to_it_and_a_look_ends_nothing(world: World):
    amara = world.client("amara")
    assert f'href="{LEAVE}"' in text_of(amara.get(CARD))
    page = text_of(amara.get(LEAVE))
    assert "stays in the record" in page
    assert "is forgotten" in page
    assert is_here(world, "amara")


@pytest.mark.parametrize("name", ["amara", "grace", "ruth", "leo", "two_hats"])
def test_whoever_leaves_is_nothing_here_and_how_to_reach_them_is_forgotten(world: World, name: str):
    client, person = world.client(name), world.people[name]
    send(client, CARD, way="call", phone="01632", takes="carer")
    assert ContactCard.everywhere.exists(), "the control: there is something to forget"
    Membership.objects.create(person=person, scope=world.thornbridge, role=Role.MANAGER, since=LONG_AGO)
    assert send(client, LEAVE).status_code == 302
    assert not is_here(world, name)
    assert not ContactCard.objects.at(world.harbour).exists()
    assert not TakenRole.objects.at(world.harbour).exists()
    assert client.get(CARD).status_code == 404
    assert client.get("/s/thornbridge/me/").status_code == 200
    assert Event.objects.at(world.harbour).get(did="leave_place").person == person


def test_others_stay(world: World):
    send(world.client("amara"), LEAVE)
    assert is_here(world, "marcus")


def test_the_last_facilitator_is_told_why_not_and_goes_when_there_is_another(world: World):
    sam = world.client("sam")
    answer = send(sam, LEAVE)
    assert answer.status_code == 422
    assert "You are the last facilitator here" in text_of(answer)
    assert is_here(world, "sam")
    Membership.objects.create(person=world.helen, scope=world.harbour, role=Role.FACILITATOR, since=LONG_AGO)
    assert send(sam, LEAVE).status_code == 302
    assert not is_here(world, "sam")


@pytest.mark.parametrize("status", [Site.Status.PAUSED, Site.Status.LEFT])
def test_a_place_that_rests_can_be_left(world: World, status: Any):
    Site.objects.filter(pk=world.harbour.pk).update(status=status)
    assert send(world.client("amara"), LEAVE).status_code == 302
    assert not is_here(world, "amara")


@pytest.mark.parametrize(("name", "status"), [("nadia", 404), ("stranger", 404), ("kit", 403)])
def test_nobody_leaves_where_they_are_not(world: World, name: str, status: int):
    assert send(world.client(name), LEAVE).status_code == status


def test_whoever_has_no_e_mail_is_told_what_that_means(world: World):
    assert "no e-mail address to sign in with" not in text_of(world.client("amara").get(LEAVE))
    world.amara.email = None
    world.amara.save()
    assert "no e-mail address to sign in with" in text_of(world.client("amara").get(LEAVE))


def test_letters_about_the_place_that_still_wait_are_not_sent(world: World):
    for site in (world.harbour, world.thornbridge, None):
        owe_letter(
            kind="invitation", to=world.amara, address="amara@example.org", scope=site, now=timezone.now()
        )
    owe_letter(
        kind="invitation", to=world.grace, address="g@example.org", scope=world.harbour, now=timezone.now()
    )
    send(world.client("amara"), LEAVE)
    left = Letter.objects.values_list("to", "scope")
    assert set(left) == {
        (world.amara.pk, world.thornbridge.pk),
        (world.amara.pk, None),
        (world.grace.pk, world.harbour.pk),
    }


def test_whoever_is_in_a_coaching_pair_alone_has_a_card_and_can_leave(world: World):
    pair = Group.objects.create(scope=world.harbour, kind=SpaceKind.COACHING_PAIR, name="Kit and Sam")
    Membership.objects.create(
        person=world.stranger, scope=world.harbour, group=pair, role=Role.MEMBER, since=LONG_AGO
    )
    client = world.client("stranger")
    assert client.get("/places/").headers["Location"] == CARD
    page = text_of(client.get(CARD))
    assert f'href="{LEAVE}"' in page
    assert f"/s/harbour-city/groups/{pair.pk}/" in page
    assert client.get("/s/harbour-city/").status_code == 403
    assert send(client, LEAVE).status_code == 302
    assert not is_here(world, "stranger")
