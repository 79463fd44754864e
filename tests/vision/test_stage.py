"""What stage 3 says about a place: progress, next steps, and its part of a report."""

import json
from datetime import date, timedelta

import time_machine

from programmes.access import standing_of
from programmes.models import StageState
from programmes.stages import Period
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, hold
from tests.vision.whys import WORDS, adopt, adopted, draft, sam, value, voice
from tests.world import World
from vision import actions
from vision.models import Vision
from vision.stage import begun_on, next_steps, patterns, progress, report_sections, resolve

State = StageState.State
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))


def titles(world: World, who: str) -> list[str]:
    return [step.title for step in next_steps(world.harbour, standing_of(world.people[who], world.harbour))]


class TestProgress:
    def test_has_not_begun_without_words(self, world: World) -> None:
        assert progress(world.harbour).suggests == State.NOT_BEGUN

    def test_grows_with_a_draft(self, world: World) -> None:
        draft(world)
        assert progress(world.harbour).suggests == State.GROWING

    @time_machine.travel(THE_DAY_AFTER + timedelta(days=3))
    def test_is_rooted_with_four_values_and_their_examples(self, world: World) -> None:
        adopted(world)
        said = progress(world.harbour)
        assert (said.words, said.suggests) == ("Version 1 is ours", State.ROOTED)
        assert patterns(world.harbour) == ["Our vision has stood since 14 May 2026."]

    @time_machine.travel(THE_DAY_AFTER + timedelta(days=3))
    def test_grows_with_too_few_values(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        adopt(world, vision)
        assert progress(world.harbour).suggests == State.GROWING

    @time_machine.travel(THE_DAY_AFTER + timedelta(days=3))
    def test_grows_while_a_value_has_no_example(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        for name in ("One", "Two", "Three", "Four"):
            value(world, vision, name, we_would_see="")
        adopt(world, vision)
        assert "what we would see" in progress(world.harbour).because
        assert patterns(world.harbour)[1:] == [
            "Not yet said what we would see where we live by it: One; Two; Three; Four."
        ]

    @time_machine.travel(THE_DAY_AFTER + timedelta(days=200))
    def test_v4_comes_back_to_it_after_half_a_year(self, world: World) -> None:
        adopted(world)
        assert progress(world.harbour).suggests == State.COMING_BACK
        assert patterns(world.harbour)[1:] == ["Nobody has looked at the vision together for half a year."]


class TestNextSteps:
    def test_at_the_beginning_a_facilitator_starts_and_a_member_adds_a_voice(self, world: World) -> None:
        assert titles(world, "sam") == ["Begin our why"]
        assert titles(world, "amara") == ["Add a voice to our why"]
        assert titles(world, "grace") == []

    def test_v1_a_draft_without_voices_asks_everybody_for_one(self, world: World) -> None:
        draft(world)
        assert titles(world, "sam") == titles(world, "amara") == ["Add a voice behind our vision"]

    def test_v2_a_grounded_draft_waits_for_the_room(self, world: World) -> None:
        draft(world)
        voice(world)
        assert titles(world, "sam") == ["Agree our vision together"]
        assert titles(world, "amara") == ["Add a voice behind our vision"]

    def test_a_grounded_draft_without_words_is_to_be_written(self, world: World) -> None:
        actions.start_draft(at=world.harbour, by=sam(world))
        voice(world)
        assert titles(world, "sam") == ["Write the first words"]

    def test_v4_half_a_year_later_a_facilitator_is_asked_to_look_again(self, world: World) -> None:
        vision = adopted(world)
        with time_machine.travel(THE_DAY_AFTER + timedelta(days=3)):
            assert titles(world, "sam") == []
        with time_machine.travel(THE_DAY_AFTER + timedelta(days=200)):
            assert titles(world, "sam") == ["Look at our vision again"]
            assert titles(world, "amara") == []
        by, room = sam(world, days=200), hold(world, starts_at=MAY + timedelta(days=200))
        actions.look_again(at=world.harbour, by=by, vision=vision, gathering=room, what_we_found="Ours")
        with time_machine.travel(THE_DAY_AFTER + timedelta(days=201)):
            assert titles(world, "sam") == []


class TestBegunOn:
    def test_is_a_day_exactly_when_the_records_suggest_that_something_began(self, world: World) -> None:
        voice(world)
        assert (begun_on(world.harbour), progress(world.harbour).suggests) == (None, State.NOT_BEGUN)
        vision = draft(world)
        assert begun_on(world.harbour) == THE_DAY_AFTER.date()
        assert progress(world.harbour).suggests != State.NOT_BEGUN
        actions.put_away(at=world.harbour, by=sam(world, days=1), vision=vision)
        assert (begun_on(world.harbour), progress(world.harbour).suggests) == (None, State.NOT_BEGUN)
        adopt(world, actions.take_up_again(at=world.harbour, by=sam(world, days=2), vision=vision))
        assert begun_on(world.harbour) == MAY.date(), "the gathering came before it was typed"


class TestReportSections:
    def test_nothing_without_an_adopted_vision(self, world: World) -> None:
        draft(world)
        assert report_sections(world.harbour, SPRING) == []

    def test_refers_to_the_version_and_copies_no_words(self, world: World) -> None:
        vision = adopted(world)
        (section,) = report_sections(world.harbour, SPRING)
        assert json.loads(json.dumps(section)) == section
        assert (section["vision_id"], section["version"]) == (str(vision.pk), 1)
        assert section["adopted_on"] == "2026-05-14", "when people met, and not when it was typed"
        assert WORDS not in json.dumps(section)
        assert "Kindness" not in json.dumps(section)

    def test_the_words_are_read_when_it_is_shown(self, world: World) -> None:
        adopted(world)
        (section,) = report_sections(world.harbour, SPRING)
        words = resolve(world.harbour, section)
        assert words["statement"] == WORDS
        assert [one["name"] for one in words["values"]] == ["Kindness", "Honesty", "Courage", "Patience"]
        assert words["values"][0]["seen"] == ["a call back", "time to talk"]

    def test_another_place_cannot_resolve_it(self, world: World) -> None:
        adopted(world)
        (section,) = report_sections(world.harbour, SPRING)
        assert resolve(world.thornbridge, section) == {}

    def test_v3_an_old_report_keeps_the_version_that_stood_then(self, world: World) -> None:
        before = adopted(world)
        after = actions.start_draft(at=world.harbour, by=sam(world, days=90))
        actions.write_draft(at=world.harbour, by=sam(world), vision=after, statement="New words")
        adopt(world, after, days=91)
        (then,) = report_sections(world.harbour, SPRING)
        (later,) = report_sections(world.harbour, Period(date(2026, 7, 1), date(2026, 9, 30)))
        assert (then["version"], later["version"]) == (1, 2)
        assert resolve(world.harbour, then)["statement"] == before.statement


def test_the_frame_reads_the_vision_and_its_values_in_two_queries(
    world: World, django_assert_num_queries: object
) -> None:
    adopted(world)
    with django_assert_num_queries(2):  # type: ignore[operator]
        vision = Vision.objects.at(world.harbour).adopted().first()
        assert vision is not None
        assert (vision.line, len(vision.values.all())) == (WORDS, 4)
