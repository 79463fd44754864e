"""What the Collaborative's rows are called, and how they are reached."""

from typing import Any

import pytest

from collaboratives import actions
from collaboratives.models import Dissent, Gathering, PerspectiveTotal
from kit.actions import Actor
from tests.collaboratives.gatherings import THE_DAY_AFTER, hold
from tests.world import World


def test_rows_about_people_are_named_by_their_id_alone(world: World) -> None:
    gathering, who = hold(world), Actor(person=world.sam, now=THE_DAY_AFTER)
    group = world.collaborative
    worry = actions.add_worry(within=group, by=who, gathering=gathering, words="Evenings")
    answer = actions.answer_worry(within=group, by=who, dissent=worry, words="Noon")
    for row in (worry, answer, *PerspectiveTotal.everywhere.all()):
        assert str(row.pk) in str(row)
        assert "Evenings" not in str(row)


def test_other_rows_are_named_in_their_own_words(world: World) -> None:
    gathering, who = hold(world), Actor(person=world.sam, now=THE_DAY_AFTER)
    group = world.collaborative
    said: dict[str, Any] = {"within": group, "by": who, "gathering": gathering, "text": "Tea first"}
    assert str(actions.add_agreement(**said, how_reached="Round")) == "Tea first"
    assert str(actions.add_ask(**said, to_whom="Council")) == "Tea first"
    assert str(gathering) == "Spring gathering"


def test_a_group_sees_what_is_its_own(world: World) -> None:
    gathering = hold(world)
    assert gathering in Gathering.objects.within(world.collaborative).held()
    assert not Gathering.objects.within(world.neighbours_collaborative).exists()
    assert not Dissent.objects.within(world.board).exists()
    with pytest.raises(AttributeError):
        Gathering.objects.all()  # type: ignore[attr-defined]


def test_a_plan_has_no_figure_of_people(world: World) -> None:
    gathering = hold(world)
    assert gathering.people_in_words == "about 30"
    gathering.people_came = None
    assert (gathering.people_in_words, gathering.room) == ("", None)
