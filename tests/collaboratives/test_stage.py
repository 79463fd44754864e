"""What stage 1 says about a place: progress, next steps, and its part of a report."""

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from collaboratives import actions
from collaboratives.models import room_of
from collaboratives.stage.balcony import patterns
from collaboratives.stage.records import begun_on, progress
from collaboratives.stage.report import quarters_until, report_sections
from collaboratives.stage.steps import next_steps
from kit.actions import Actor
from programmes.access import standing_of
from programmes.models import StageState
from programmes.roles import Perspective
from programmes.stages import Period
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, from_now, hold, plan
from tests.world import World

State = StageState.State
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))


def agree(world: World, gathering: Any) -> None:
    actions.add_agreement(
        within=world.collaborative,
        by=Actor(person=world.sam, now=THE_DAY_AFTER),
        gathering=gathering,
        text="One of us opens each meeting",
        how_reached="Round the room",
        is_way_of_working=True,
    )


class TestProgress:
    def test_says_nothing_before_anything_happened(self, world: World) -> None:
        assert (progress(world.harbour).words, progress(world.harbour).suggests) == ("", State.NOT_BEGUN)

    def test_says_nothing_in_a_place_without_a_collaborative(self, world: World) -> None:
        world.collaborative.memberships.all().delete()
        world.collaborative.delete()
        assert progress(world.harbour).words == ""
        assert next_steps(world.harbour, standing_of(world.sam, world.harbour)) == ()
        assert report_sections(world.harbour, SPRING) == []

    def test_its_records_begin_with_the_first_gathering_that_was_held(self, world: World) -> None:
        assert begun_on(world.harbour) is None
        plan(world, starts_at=from_now(days=2))
        assert begun_on(world.harbour) == timezone.localdate(), "planned, so something is there today"
        hold(world, starts_at=MAY + timedelta(days=9))
        hold(world)
        assert begun_on(world.harbour) == MAY.date()

    def test_grows_when_the_first_one_is_planned(self, world: World) -> None:
        plan(world, starts_at=from_now(days=2))
        assert progress(world.harbour).suggests == State.GROWING

    def test_is_rooted_after_three_with_lived_experience_and_ways_of_working(self, world: World) -> None:
        for _ in range(3):
            agree(world, hold(world))
        said = progress(world.harbour)
        assert (said.words, said.suggests) == ("Met 3 times", State.ROOTED)
        assert "at least a third" in said.because

    @pytest.mark.parametrize(("times", "words"), [(1, "Met once"), (2, "Met twice")])
    def test_grows_until_the_third_time(self, world: World, times: int, words: str) -> None:
        for _ in range(times):
            agree(world, hold(world))
        assert (progress(world.harbour).words, progress(world.harbour).suggests) == (words, State.GROWING)

    def test_grows_while_lived_experience_is_missing(self, world: World) -> None:
        for _ in range(3):
            agree(world, hold(world, people_came=60, totals={"lived_experience": 12, "statutory": 50}))
        assert progress(world.harbour).because == "more people with lived experience are needed in the room"

    def test_grows_while_ways_of_working_are_not_agreed(self, world: World) -> None:
        for _ in range(3):
            hold(world)
        assert progress(world.harbour).because == "no ways of working are agreed yet"

    def test_r7_a_small_room_is_rooted_when_lived_experience_is_represented(self, world: World) -> None:
        for _ in range(3):
            agree(world, hold(world, people_came=12, totals={"lived_experience": 1}))
        said = progress(world.harbour)
        assert said.suggests == State.ROOTED
        assert "third" not in said.because


class TestRoom:
    @given(
        came=st.integers(1, 200),
        typed=st.lists(st.integers(0, 200), min_size=len(Perspective), max_size=len(Perspective)),
    )
    def test_r2_the_third_is_told_from_shown_figures_alone(self, came: int, typed: list[int]) -> None:
        totals = {kind.value: min(count, came) for kind, count in zip(Perspective, typed, strict=True)}
        room = room_of(came, totals)
        shown = (room.people, room.perspectives)
        for other in range(max(1, came - 3), came + 4):
            again = room_of(other, {name: min(count, other) for name, count in totals.items()})
            if (again.people, again.perspectives) == shown:
                assert again.a_third_brings_lived_experience == room.a_third_brings_lived_experience

    @given(came=st.integers(1, 200), lived=st.integers(0, 7))
    def test_r1_fewer_than_8_never_becomes_a_claim_about_a_third(self, came: int, lived: int) -> None:
        room = room_of(max(20, came), {"lived_experience": lived})
        assert not room.a_third_brings_lived_experience

    @given(came=st.integers(20, 500), lived=st.integers(0, 500))
    def test_r1_no_shown_figure_is_between_1_and_7(self, came: int, lived: int) -> None:
        room = room_of(came, {"lived_experience": min(lived, came), "carer": 3})
        numbers = [shown.number for shown in (room.people, *room.perspectives.values())]
        assert all(number is None or number >= 8 for number in numbers)


class TestNextSteps:
    def titles(self, world: World, who: str) -> list[str]:
        steps = next_steps(world.harbour, standing_of(world.people[who], world.harbour))
        return [step.title for step in sorted(steps, key=lambda step: step.rank)]

    def test_a_facilitator_is_asked_to_plan_when_nothing_is_ahead(self, world: World) -> None:
        assert self.titles(world, "sam") == ["Plan the next gathering"]
        assert self.titles(world, "amara") == []

    def test_a_facilitator_is_asked_to_write_up_what_ended_without_a_record(self, world: World) -> None:
        plan(world, title="Spring gathering", starts_at=from_now(days=-2))
        assert self.titles(world, "sam") == ["Record “Spring gathering”", "Plan the next gathering"]
        assert self.titles(world, "amara") == []

    @time_machine.travel("2026-05-11 09:00 +0000", tick=False)
    def test_everybody_there_sees_what_is_coming_up(self, world: World) -> None:
        plan(world, starts_at=MAY)
        assert self.titles(world, "amara") == ["We meet on Thursday 14 May"]
        assert self.titles(world, "sam") == ["We meet on Thursday 14 May"]
        assert self.titles(world, "grace") == []

    def test_c4_a_worry_comes_before_everything_else(self, world: World) -> None:
        gathering = hold(world)
        who = Actor(person=world.amara, now=THE_DAY_AFTER)
        worry = actions.add_worry(within=world.collaborative, by=who, gathering=gathering, words="Evenings")
        assert self.titles(world, "sam")[0] == "A worry waits for an answer"
        assert self.titles(world, "amara") == []
        actions.answer_worry(within=world.collaborative, by=who, dissent=worry, words="Noon")
        assert "A worry waits for an answer" not in self.titles(world, "sam")

    def test_cancelled_ones_ask_nothing_of_anybody(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=-2))
        who = Actor(person=world.sam, now=THE_DAY_AFTER)
        actions.cancel_gathering(within=world.collaborative, by=who, gathering=gathering, reason="Flood")
        assert self.titles(world, "sam") == ["Plan the next gathering"]


class TestPatterns:
    def test_are_none_before_people_met(self, world: World) -> None:
        assert patterns(world.thornbridge) == []
        world.collaborative.memberships.all().delete()
        world.collaborative.delete()
        assert patterns(world.harbour) == ()

    @time_machine.travel(MAY + timedelta(weeks=9), tick=False)
    def test_c3_say_how_long_ago_who_was_missing_and_what_waits(self, world: World) -> None:
        gathering = hold(world, people_came=12, totals={kind.value: 1 for kind in Perspective} | {"carer": 0})
        who = Actor(person=world.amara, now=THE_DAY_AFTER)
        for words in ("Evenings", "Buses"):
            actions.add_worry(within=world.collaborative, by=who, gathering=gathering, words=words)
        assert patterns(world.harbour) == [
            "The Collaborative last met 8 weeks ago.",
            (
                "In the room when people last met: lived experience; practitioner, statutory; "
                "practitioner, voluntary sector; manager; commissioner; community."
            ),
            "Not yet in the room when people last met: carer.",
            "2 worries wait for an answer, the first since 15 May 2026.",
        ]

    @time_machine.travel(MAY + timedelta(weeks=2), tick=False)
    def test_name_nobody_missing_after_a_large_room_not_long_ago(self, world: World) -> None:
        hold(world)
        assert patterns(world.harbour) == [
            "The Collaborative last met a week ago.",
            (
                "In the room when people last met: lived experience; carer; practitioner, statutory. "
                "The others were too few to say, or not there."
            ),
        ]


class TestReportSections:
    def test_counts_things_and_makes_people_safe(self, world: World) -> None:
        gathering = hold(world, people_came=41, totals={"lived_experience": 13, "carer": 3, "statutory": 30})
        agree(world, gathering)
        group, who = world.collaborative, Actor(person=world.amara, now=THE_DAY_AFTER)
        actions.add_worry(within=group, by=who, gathering=gathering, words="Buses")
        worry = actions.add_worry(within=group, by=who, gathering=gathering, words="Evenings")
        actions.answer_worry(within=group, by=who, dissent=worry, words="Noon")
        actions.add_ask(within=group, by=who, gathering=gathering, text="Rooms?", to_whom="Council")
        (section,) = report_sections(world.harbour, SPRING)
        assert json.loads(json.dumps(section)) == section
        assert section["gatherings"] == {"kind": "exactly", "figure": 1}
        assert section["agreements"]["figure"] == 1
        few = {"kind": "fewer", "figure": 8}
        assert section["worries"] == {"raised": few, "answered": few}, "each is somebody's (R9)"
        assert [section["asks"][name]["figure"] for name in ("made", "answered")] == [1, 0]
        (one,) = section["each"]
        assert one["people"] == {"kind": "about", "figure": 40}
        assert one["perspectives"]["carer"] == {"kind": "fewer", "figure": 8}
        assert list(one["perspectives"]) == [kind.value for kind in Perspective]

    def test_holds_no_words_that_anybody_typed(self, world: World) -> None:
        gathering = hold(world, title="Private title")
        agree(world, gathering)
        said = json.dumps(report_sections(world.harbour, SPRING))
        for words in ("Private title", "We talked about the bus", "One of us opens", "Grove Street"):
            assert words not in said

    def test_takes_in_the_first_and_the_last_day_in_the_places_own_time(self, world: World) -> None:
        hold(world, starts_at=MAY.replace(month=3, day=31, hour=23, minute=30))
        hold(world, starts_at=MAY.replace(month=6, day=30, hour=22, minute=30))
        hold(world, starts_at=MAY.replace(month=6, day=30, hour=23, minute=30))
        (section,) = report_sections(world.harbour, SPRING)
        assert [one["on"] for one in section["each"]] == ["2026-04-01", "2026-06-30"]

    def test_counts_four_quarters_up_to_the_last_day(self, world: World) -> None:
        hold(world)
        hold(world, starts_at=MAY - timedelta(days=120))
        hold(world, starts_at=MAY + timedelta(days=120))
        (section,) = report_sections(world.harbour, SPRING)
        labels = [quarter["label"] for quarter in section["quarters"]]
        assert labels == ["Jul to Sep 2025", "Oct to Dec 2025", "Jan to Mar 2026", "Apr to Jun 2026"]
        assert [quarter["gatherings"] for quarter in section["quarters"]] == [0, 0, 1, 1]

    def test_a_neighbours_gatherings_are_not_in_it(self, world: World) -> None:
        hold(world)
        (section,) = report_sections(world.thornbridge, SPRING)
        assert section["gatherings"]["figure"] == 0

    @given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
    def test_quarters_follow_each_other_without_a_gap_and_the_last_holds_the_day(self, last: date) -> None:
        quarters = quarters_until(last)
        assert quarters[-1].first <= last <= quarters[-1].last
        for before, after in pairwise(quarters):
            assert before.last + timedelta(days=1) == after.first
        assert all(quarter.first.day == 1 for quarter in quarters)
