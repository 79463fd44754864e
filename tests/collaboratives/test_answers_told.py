"""A member learns that their worry was answered; who says a worry is said truly (C4)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from collaboratives import actions
from collaboratives.models import Dissent, DissentAnswer, Gathering
from kit.actions import Actor
from kit.opened import not_opened
from programmes.models import Membership
from programmes.roles import Role
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, hold
from tests.world import LONG_AGO, World

TOLD = "Your worry has an answer"
HOME = "/s/harbour-city/"


@pytest.fixture
def worry(world: World) -> Dissent:
    who = Actor(person=world.amara, now=THE_DAY_AFTER)
    return actions.add_worry(within=world.collaborative, by=who, gathering=hold(world), words="Evenings")


def answer(world: World, worry: Dissent, **later: float) -> DissentAnswer:
    who = Actor(person=world.sam, now=THE_DAY_AFTER + timedelta(**later))
    return actions.answer_worry(within=world.collaborative, by=who, dissent=worry, words="At noon, then")


def address(gathering: Gathering) -> str:
    return reverse("collaboratives:gathering", args=["harbour-city", gathering.pk])


def is_told(browser: Client) -> bool:
    return TOLD in browser.get(HOME).content.decode()


@time_machine.travel(MAY + timedelta(days=10), tick=False)
def test_c4_whose_worry_was_answered_is_told_until_they_have_read_it(world: World, worry: Dissent):
    amara = world.client("amara")
    assert not is_told(amara)
    answer(world, worry, days=1)
    assert is_told(amara)
    assert "At noon, then" in amara.get(address(worry.gathering)).content.decode()
    assert not is_told(world.client("amara")), "on any device"


@time_machine.travel(MAY + timedelta(days=10), tick=False)
def test_c4_a_corrected_answer_is_told_once_more(world: World, worry: Dissent):
    first, amara = answer(world, worry, days=1), world.client("amara")
    amara.get(address(worry.gathering))
    who = Actor(person=world.sam, now=THE_DAY_AFTER + timedelta(days=2))
    actions.correct_answer(within=world.collaborative, by=who, answer=first, words="At one")
    assert is_told(amara)


@time_machine.travel(MAY + timedelta(days=10), tick=False)
def test_c4_nobody_else_is_told(world: World, worry: Dissent):
    theirs = answer(world, worry, days=1)
    others = {name for name in ("sam", "two_hats", "omar", "helen", "ned") if is_told(world.client(name))}
    assert others == set()
    world.client("two_hats").get(address(worry.gathering))
    assert is_told(world.client("amara")), "another's reading is not hers"
    assert not_opened([theirs], world.two_hats) == [theirs], "nobody notes who reads the answers of others"


def test_c4_an_old_answer_is_told_no_more(world: World, worry: Dissent):
    answer(world, worry, days=1)
    with time_machine.travel(MAY + timedelta(days=32)):
        assert is_told(world.client("amara"))
    with time_machine.travel(MAY + timedelta(days=34)):
        assert not is_told(world.client("amara"))


def send(world: World, who: str, gathering: Gathering, **typed: str) -> str:
    where = reverse("collaboratives:add_worry", args=["harbour-city", gathering.pk])
    sent = {"words": "Evenings", "form_key": uuid4(), **typed}
    assert world.client(who).post(where, sent).status_code == 302
    return world.client("amara").get(address(gathering)).content.decode()


def test_c4_a_facilitators_own_worry_is_not_shown_as_a_members(world: World):
    page = send(world, "sam", hold(world))
    assert ("<footer>A facilitator</footer>" in page, "<footer>A member" in page) == (True, False)
    assert Dissent.everywhere.get().said_by == world.sam


def test_c4_a_facilitator_reads_before_that_their_own_worry_shows_whose_it_is(world: World):
    where = reverse("collaboratives:add_worry", args=["harbour-city", hold(world).pk])
    words = "everybody then knows whose it is"
    assert words in world.client("sam").get(where).content.decode()
    assert words not in world.client("amara").get(where).content.decode()
    assert "where a place has only one, everybody knows who that is" in (
        world.client("amara").get("/privacy/").content.decode()
    )


def test_c4_what_they_enter_for_a_member_is_the_members(world: World):
    page = send(world, "sam", hold(world), entered_for_a_member="on")
    assert "<footer>A member. Entered for a member</footer>" in page


def test_c4_a_facilitator_who_is_a_member_too_is_a_member_among_members(world: World):
    Membership.objects.create(
        person=world.sam, scope=world.harbour, group=world.collaborative, role=Role.MEMBER, since=LONG_AGO
    )
    assert "<footer>A member</footer>" in send(world, "sam", hold(world))


def test_c4_a_member_cannot_speak_as_a_facilitator(world: World):
    assert "<footer>A member</footer>" in send(world, "amara", hold(world), from_a_facilitator="on")
