"""What people do in the Collaborative, and what is refused with a reason."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collaboratives import actions
from collaboratives.models import (
    Agreement,
    Ask,
    Dissent,
    DissentAnswer,
    Gathering,
    NeverTakenAway,
    PerspectiveTotal,
)
from kit.actions import Actor, Stray, keep
from kit.models import Event
from kit.versions import Stale
from programmes.roles import Perspective
from tests.collaboratives.gatherings import A_FULL_ROOM, MAY, THE_DAY_AFTER, hold, plan
from tests.world import World


def after(world: World) -> Actor:
    return Actor(person=world.sam, now=THE_DAY_AFTER)


def record(
    world: World, gathering: Gathering, people_came: int | None = 30, **totals: int | None
) -> Gathering:
    return actions.record_gathering(
        within=world.collaborative,
        by=after(world),
        gathering=gathering,
        people_came=people_came,
        totals=totals,
        notes="We met.",
    )


class TestPlanGathering:
    def test_keeps_the_plan_and_an_event_without_words(self, world: World) -> None:
        gathering = plan(world, purpose="To begin")
        assert gathering.is_planned
        event = Event.objects.at(world.harbour).get(did="plan_gathering")
        assert (event.about_id, event.facts) == (gathering.pk, {})

    def test_refuses_an_end_before_the_start(self, world: World) -> None:
        with pytest.raises(actions.CannotPlan, match="must end after it starts"):
            plan(world, ends_at=MAY - timedelta(hours=1))
        assert not Gathering.everywhere.exists()

    def test_refuses_an_end_at_the_start(self, world: World) -> None:
        with pytest.raises(actions.CannotPlan):
            plan(world, ends_at=MAY)

    @pytest.mark.parametrize("year", [1066, 1999, 2099])
    def test_refuses_years_that_cannot_be(self, world: World, year: int) -> None:
        with pytest.raises(actions.CannotPlan, match="year"):
            plan(world, starts_at=MAY.replace(year=year), now=MAY)

    def test_a_gathering_that_has_already_been_can_be_planned_and_recorded(self, world: World) -> None:
        assert plan(world, now=THE_DAY_AFTER).is_planned

    def test_the_database_itself_refuses_an_end_before_the_start(self, world: World) -> None:
        gathering = plan(world)
        with pytest.raises(IntegrityError), transaction.atomic():
            Gathering.everywhere.filter(pk=gathering.pk).update(ends_at=MAY - timedelta(hours=1))


class TestChangePlan:
    def change(self, world: World, gathering: Gathering, **more: Any) -> Gathering:
        words: dict[str, Any] = {
            "title": "New",
            "place": "Library",
            "starts_at": MAY,
            "ends_at": MAY + timedelta(hours=1),
        }
        return actions.change_plan(
            within=world.collaborative, by=after(world), gathering=gathering, **{**words, **more}
        )

    def test_changes_a_planned_gathering_and_raises_its_version(self, world: World) -> None:
        gathering = self.change(world, plan(world))
        assert (gathering.title, gathering.place, gathering.version) == ("New", "Library", 2)

    def test_corrects_what_a_held_one_was_called(self, world: World) -> None:
        gathering = self.change(world, hold(world))
        assert (gathering.title, gathering.is_held) == ("New", True)

    def test_v2_refuses_one_on_which_something_was_decided(self, world: World) -> None:
        by = Actor(person=world.sam, now=THE_DAY_AFTER)
        closed = actions.close_record(within=world.collaborative, by=by, gathering=hold(world))
        with pytest.raises(actions.CannotPlan, match="decided something"):
            self.change(world, closed)

    def test_a_held_one_does_not_move_to_a_day_after_its_record(self, world: World) -> None:
        later = {"starts_at": MAY + timedelta(days=9), "ends_at": MAY + timedelta(days=9, hours=2)}
        with pytest.raises(actions.CannotPlan, match="recorded on 14 May 2026"):
            self.change(world, hold(world), **later)

    def test_refuses_a_gathering_of_a_neighbouring_place(self, world: World) -> None:
        gathering = plan(world)
        with pytest.raises(Stray):
            actions.cancel_gathering(
                within=world.neighbours_collaborative,
                by=Actor(person=world.nadia, now=MAY),
                gathering=gathering,
                reason="No",
            )

    def test_refuses_a_gathering_of_another_group_of_the_same_place(self, world: World) -> None:
        gathering = plan(world)
        about: dict[str, Any] = {"by": after(world), "gathering": gathering, "reason": "No"}
        with pytest.raises(Stray, match="another group"):
            actions.cancel_gathering(within=world.team, **about)
        actions.cancel_gathering(within=world.collaborative, **about)


class TestCancelGathering:
    def cancel(self, world: World, gathering: Gathering, reason: str = "The hall is flooded") -> Gathering:
        return actions.cancel_gathering(
            within=world.collaborative, by=after(world), gathering=gathering, reason=reason
        )

    def test_says_why(self, world: World) -> None:
        assert self.cancel(world, plan(world)).cancelled_because == "The hall is flooded"

    def test_refuses_without_a_reason(self, world: World) -> None:
        with pytest.raises(actions.CannotCancel, match="Say why"):
            self.cancel(world, plan(world), reason="")

    def test_refuses_a_held_one(self, world: World) -> None:
        with pytest.raises(actions.CannotCancel, match="took place"):
            self.cancel(world, hold(world))


class TestRecordGathering:
    def test_keeps_the_record_with_a_total_for_each_perspective(self, world: World) -> None:
        gathering = record(world, plan(world), 30, lived_experience=12)
        assert gathering.is_held
        assert gathering.counts() == {kind.value: 0 for kind in Perspective} | {"lived_experience": 12}

    def test_refuses_before_it_has_begun(self, world: World) -> None:
        gathering = plan(world)
        with pytest.raises(actions.CannotRecord, match="once it has begun"):
            actions.record_gathering(
                within=world.collaborative,
                by=Actor(person=world.sam, now=MAY - timedelta(minutes=1)),
                gathering=gathering,
                people_came=3,
                totals={},
            )

    def test_a_gathering_can_be_recorded_from_the_moment_it_begins(self, world: World) -> None:
        gathering = plan(world)
        recorded = actions.record_gathering(
            within=world.collaborative,
            by=Actor(person=world.sam, now=MAY),
            gathering=gathering,
            people_came=3,
            totals={},
        )
        assert recorded.is_held

    def test_refuses_a_cancelled_one(self, world: World) -> None:
        gathering = plan(world)
        TestCancelGathering().cancel(world, gathering)
        with pytest.raises(actions.CannotRecord, match="cancelled"):
            record(world, gathering)

    def test_refuses_a_record_without_how_many_came(self, world: World) -> None:
        with pytest.raises(actions.CannotRecord, match="how many people came"):
            record(world, plan(world), None)

    def test_refuses_an_empty_room(self, world: World) -> None:
        with pytest.raises(actions.CannotRecord, match="from 1 to"):
            record(world, plan(world), 0)

    def test_refuses_more_of_a_perspective_than_people(self, world: World) -> None:
        with pytest.raises(actions.CannotRecord, match="Carer: no more people") as refused:
            record(world, plan(world), 4, carer=5)
        assert refused.value.field == "brought_carer"

    def test_people_may_bring_more_than_one_perspective(self, world: World) -> None:
        assert record(world, plan(world), 4, carer=4, lived_experience=4).is_held

    def test_correcting_the_notes_leaves_the_counts_and_whose_they_are(self, world: World) -> None:
        gathering = hold(world)
        corrected = actions.record_gathering(
            within=world.collaborative,
            by=Actor(person=world.two_hats, now=THE_DAY_AFTER),
            gathering=gathering,
            people_came=None,
            totals={},
            notes="Better",
        )
        assert (corrected.notes, corrected.people_came, corrected.counted_by) == ("Better", 30, world.sam)
        assert corrected.counts()["carer"] == A_FULL_ROOM["carer"]

    def test_c2_counting_again_replaces_every_total_so_nobody_inherits_anothers_count(
        self, world: World
    ) -> None:
        gathering = hold(world)
        record(world, gathering, 25, statutory=3)
        assert Gathering.everywhere.get(pk=gathering.pk).counts()["lived_experience"] == 0
        assert PerspectiveTotal.everywhere.count() == len(Perspective)

    def test_refuses_one_total_alone(self, world: World) -> None:
        with pytest.raises(actions.CannotRecord, match="how many people came"):
            record(world, hold(world), None, carer=2)

    def test_v2_a_closed_record_stays_as_it_is(self, world: World) -> None:
        gathering = hold(world)
        closed = actions.close_record(within=world.collaborative, by=after(world), gathering=gathering)
        assert closed.is_closed
        with pytest.raises(actions.CannotRecord, match="stays as it is"):
            record(world, closed, 3)

    def test_v2_a_record_that_changed_meanwhile_is_not_closed(self, world: World) -> None:
        gathering = hold(world)
        Gathering.everywhere.filter(pk=gathering.pk).update(version=9)
        with pytest.raises(Stale):
            actions.close_record(within=world.collaborative, by=after(world), gathering=gathering)

    def test_v2_a_plan_is_not_closed(self, world: World) -> None:
        with pytest.raises(actions.CannotRecord, match="Record the gathering first"):
            actions.close_record(within=world.collaborative, by=after(world), gathering=plan(world))

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(came=st.integers(-1, 2200), total=st.integers(0, 2200))
    def test_any_counts_are_either_kept_exactly_or_refused(self, world: World, came: int, total: int) -> None:
        gathering = plan(world)
        possible = 1 <= came <= 2000 and total <= came
        try:
            record(world, gathering, came, carer=total)
        except actions.CannotRecord:
            assert not possible
            assert Gathering.everywhere.get(pk=gathering.pk).is_planned
        else:
            assert possible
            assert Gathering.everywhere.get(pk=gathering.pk).counts()["carer"] == total


class TestWhatWasSaid:
    def agree(self, world: World, gathering: Gathering, **more: Any) -> Agreement:
        words = {"text": "One of us opens each meeting", "how_reached": "Round the room", **more}
        return actions.add_agreement(
            within=world.collaborative, by=after(world), gathering=gathering, **words
        )

    def worry(self, world: World, gathering: Gathering, **more: Any) -> Dissent:
        who = Actor(person=world.amara, now=THE_DAY_AFTER)
        words = {"words": "Evenings shut carers out", **more}
        return actions.add_worry(within=world.collaborative, by=who, gathering=gathering, **words)

    def test_an_agreement_is_kept_with_how_it_was_reached(self, world: World) -> None:
        assert self.agree(world, hold(world)).how_reached == "Round the room"

    def test_nothing_is_agreed_before_people_meet(self, world: World) -> None:
        ahead = plan(world, starts_at=THE_DAY_AFTER + timedelta(days=2), now=MAY)
        with pytest.raises(actions.CannotAdd, match="not begun"):
            self.agree(world, ahead)

    def test_nothing_is_agreed_at_a_cancelled_gathering(self, world: World) -> None:
        gathering = plan(world)
        TestCancelGathering().cancel(world, gathering)
        with pytest.raises(actions.CannotAdd, match="cancelled"):
            self.agree(world, gathering)

    def test_c4_a_worry_is_kept_in_the_members_own_words(self, world: World) -> None:
        gathering = hold(world)
        worry = self.worry(world, gathering, agreement=self.agree(world, gathering))
        assert (worry.words, worry.said_by) == ("Evenings shut carers out", world.amara)

    def test_c4_nobody_can_delete_a_worry(self, world: World) -> None:
        worry = self.worry(world, hold(world))
        with pytest.raises(NeverTakenAway):
            worry.delete()
        with pytest.raises(NeverTakenAway):
            Dissent.objects.within(world.collaborative).delete()
        assert Dissent.everywhere.count() == 1

    def test_c4_a_worry_is_answered_once_and_its_words_stay(self, world: World) -> None:
        worry = self.worry(world, hold(world))
        answer = actions.answer_worry(
            within=world.collaborative, by=after(world), dissent=worry, words="We moved it to noon"
        )
        kept = Dissent.objects.within(world.collaborative).in_order().get()
        assert (kept.words, kept.answer, kept.is_answered) == (worry.words, answer, True)
        with pytest.raises(actions.CannotAnswer, match="answered this worry already"):
            actions.answer_worry(within=world.collaborative, by=after(world), dissent=worry, words="Again")

    def test_an_answer_written_down_wrong_is_corrected_and_keeps_its_earlier_words(
        self, world: World
    ) -> None:
        worry, within = self.worry(world, hold(world)), world.collaborative
        first = actions.answer_worry(within=within, by=after(world), dissent=worry, words="At non")
        second = actions.correct_answer(within=within, by=after(world), answer=first, words="At noun")
        third = actions.correct_answer(within=within, by=after(world), answer=second, words="At noon")
        kept = Dissent.objects.within(within).with_answers().get()
        assert (kept.answer, kept.earlier_answers, kept.words) == (third, [second, first], worry.words)
        assert not Dissent.objects.within(within).unanswered().exists()
        first.refresh_from_db()
        with pytest.raises(actions.CannotAnswer, match="It says now: “At noun”"):
            actions.correct_answer(within=within, by=after(world), answer=first, words="At one")

    @pytest.mark.parametrize(("words", "why"), [("At noon", "stand already"), ("", "blank")])
    def test_a_corrected_answer_has_other_words(self, world: World, words: str, why: str) -> None:
        worry, within = self.worry(world, hold(world)), world.collaborative
        first = actions.answer_worry(within=within, by=after(world), dissent=worry, words="At noon")
        with pytest.raises(actions.CannotAnswer, match=why):
            actions.correct_answer(within=within, by=after(world), answer=first, words=words)
        assert DissentAnswer.everywhere.get() == first

    def test_an_answer_is_corrected_once_in_the_table_too(self, world: World) -> None:
        worry, within = self.worry(world, hold(world)), world.collaborative
        first = actions.answer_worry(within=within, by=after(world), dissent=worry, words="At noon")
        place = {"scope": first.scope, "group": within, "dissent": worry, "answered_at": MAY}
        DissentAnswer.everywhere.create(**place, words="At one", corrects=first)
        for corrects in (first, None):
            with pytest.raises(IntegrityError), transaction.atomic():
                DissentAnswer.everywhere.create(**place, words="At two", corrects=corrects)

    def test_c4_an_answer_needs_words(self, world: World) -> None:
        worry = self.worry(world, hold(world))
        with pytest.raises(actions.CannotAnswer):
            actions.answer_worry(within=world.collaborative, by=after(world), dissent=worry, words="")

    def test_c5_a_worry_entered_for_a_member_names_nobody(self, world: World) -> None:
        worry = self.worry(world, hold(world), entered_for_a_member=True)
        assert (worry.said_by, worry.entered_for_a_member) == (None, True)

    def test_c5_the_database_keeps_ones_own_and_entered_worries_apart(self, world: World) -> None:
        both = {"said_by": world.amara, "entered_for_a_member": True}
        place = {"scope": world.harbour, "group": world.collaborative, "gathering": hold(world)}
        with pytest.raises(IntegrityError), transaction.atomic():
            Dissent.everywhere.create(**place, **both, words="Mine and not mine", raised_at=MAY)

    def test_c4_the_database_refuses_to_change_the_words_of_a_worry(self, world: World) -> None:
        worry = self.worry(world, hold(world))
        with pytest.raises(DatabaseError), transaction.atomic():
            Dissent.everywhere.filter(pk=worry.pk).update(words="Nothing to worry about")
        assert Dissent.everywhere.get().words == worry.words

    def test_a_worry_about_another_gatherings_agreement_is_refused(self, world: World) -> None:
        elsewhere = self.agree(world, hold(world))
        with pytest.raises(actions.CannotAdd, match="another gathering"):
            self.worry(world, hold(world), agreement=elsewhere)

    def test_a_worry_about_a_plan_is_welcome(self, world: World) -> None:
        assert self.worry(world, plan(world)).pk

    def ask(self, world: World, gathering: Gathering, **more: Any) -> Ask:
        words = {"text": "May we use the rooms on Fridays?", "to_whom": "The council", **more}
        return actions.add_ask(within=world.collaborative, by=after(world), gathering=gathering, **words)

    def test_an_agreement_written_down_wrong_is_corrected_once(self, world: World) -> None:
        first = self.agree(world, hold(world))
        right = self.agree(world, first.gathering, text="Buses are paid", corrects=first)
        assert (right.agreed_at, right.corrects) == (first.agreed_at, first)
        assert [*Agreement.objects.within(world.collaborative).standing()] == [right]
        assert Agreement.everywhere.get(pk=first.pk).text == first.text, "the first words stay"
        with pytest.raises(actions.CannotAdd, match="It says now: “Buses are paid”"):
            self.agree(world, first.gathering, text="Trains too", corrects=first)

    def test_an_agreement_corrected_twice_keeps_all_its_earlier_words(self, world: World) -> None:
        first = self.agree(world, hold(world))
        second = self.agree(world, first.gathering, how_reached="Two objected", corrects=first)
        third = self.agree(world, first.gathering, text="Buses are paid", corrects=second)
        (stands,) = Agreement.objects.within(world.collaborative).with_earlier_words()
        assert (stands, stands.earlier) == (third, [second, first])

    def test_a_correction_that_changes_nothing_is_refused(self, world: World) -> None:
        first = self.agree(world, hold(world))
        with pytest.raises(actions.CannotAdd, match="stand already"):
            self.agree(world, first.gathering, corrects=first)

    def test_v2_an_agreement_stays_once_something_was_decided_on_its_record(self, world: World) -> None:
        first, by = self.agree(world, hold(world)), Actor(person=world.sam, now=THE_DAY_AFTER)
        closed = actions.close_record(within=world.collaborative, by=by, gathering=first.gathering)
        first = Agreement.everywhere.get()
        with pytest.raises(actions.CannotAdd, match="decided something"):
            self.agree(world, closed, text="The opposite", corrects=first)

    def test_asks_and_what_was_entered_for_others_count_on_the_day_people_met(self, world: World) -> None:
        gathering = hold(world)
        self.ask(world, gathering)
        self.worry(world, gathering, entered_for_a_member=True)
        self.worry(world, gathering)
        met, typed = MAY.date(), THE_DAY_AFTER.date()
        asks, worries = Ask.objects.within(world.collaborative), Dissent.objects.within(world.collaborative)
        assert [asks.made_between(day, day).count() for day in (met, typed)] == [1, 0]
        assert [worries.raised_between(day, day).count() for day in (met, typed)] == [1, 1]

    def test_an_ask_is_changed_until_it_is_answered(self, world: World) -> None:
        ask, by = self.ask(world, hold(world)), after(world)
        words: dict[str, Any] = {"text": "May we use the hall?", "to_whom": "The council"}
        assert actions.change_ask(within=world.collaborative, by=by, ask=ask, **words).text == words["text"]
        actions.answer_ask(within=world.collaborative, by=by, ask=ask, answer="Yes")
        with pytest.raises(actions.CannotAdd, match="has its answer"):
            actions.change_ask(within=world.collaborative, by=by, ask=ask, **words)

    def test_an_ask_is_answered_and_the_answer_can_be_corrected(self, world: World) -> None:
        ask = self.ask(world, hold(world), by_when=THE_DAY_AFTER.date())
        for words in ("Yes", "Yes, and Mondays"):
            actions.answer_ask(within=world.collaborative, by=after(world), ask=ask, answer=words)
        kept = Ask.everywhere.get()
        assert (kept.answer, kept.is_answered, kept.version) == ("Yes, and Mondays", True, 3)

    def test_an_ask_is_not_needed_before_it_is_asked(self, world: World) -> None:
        with pytest.raises(actions.CannotAdd, match="before the gathering"):
            self.ask(world, hold(world), by_when=datetime(2026, 5, 13, tzinfo=UTC).date())

    def test_the_day_of_an_ask_is_the_places_own_day(self, world: World) -> None:
        late = datetime(2026, 5, 14, 23, 30, tzinfo=UTC)  # half past midnight on the 15th in Britain
        met = hold(world, starts_at=late, ends_at=late + timedelta(hours=1))
        with pytest.raises(actions.CannotAdd, match="before the gathering"):
            self.ask(world, met, by_when=date(2026, 5, 14))
        assert self.ask(world, met, by_when=date(2026, 5, 15)).by_when == date(2026, 5, 15)

    def test_an_ask_is_not_answered_without_words(self, world: World) -> None:
        ask = self.ask(world, hold(world))
        with pytest.raises(actions.CannotAnswer):
            actions.answer_ask(within=world.collaborative, by=after(world), ask=ask, answer="")
        assert not Ask.everywhere.get().is_answered


def test_two_answers_at_once_leave_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose_the_race(row: DissentAnswer, refusal: type[Exception]) -> None:
        monkeypatch.setattr("collaboratives.actions.said.keep", come_after_the_first)
        raise IntegrityError("a_worry_is_answered_once")

    def come_after_the_first(row: DissentAnswer, refusal: type[Exception]) -> None:
        DissentAnswer.everywhere.create(
            scope=row.scope, group=row.group, dissent=row.dissent, words="x", answered_at=MAY
        )
        keep(row, refusal)

    worry = TestWhatWasSaid().worry(world, hold(world))
    monkeypatch.setattr("collaboratives.actions.said.keep", lose_the_race)
    with pytest.raises(actions.CannotAnswer, match="answered this worry already"):
        actions.answer_worry(within=world.collaborative, by=after(world), dissent=worry, words="Second")
    assert not DissentAnswer.everywhere.exists()
