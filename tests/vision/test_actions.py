"""How a why is written, grounded and adopted, and what is kindly refused."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from collaboratives import actions as collaborative_actions
from collaboratives.models import Gathering
from kit.actions import Actor, Question, Stray
from kit.models import Event
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, hold, plan
from tests.vision.whys import WORDS, adopt, adopted, draft, sam, the_next, value, voice
from tests.world import World
from vision import actions
from vision.models import Revisit, Value, Vision, VisionVoice, Voice


class TestStartDraft:
    def test_the_first_version_is_number_1(self, world: World) -> None:
        assert draft(world).number == 1

    def test_there_is_one_draft_at_most(self, world: World) -> None:
        draft(world)
        with pytest.raises(actions.CannotWrite, match="being written already"):
            draft(world)
        assert Vision.everywhere.count() == 1

    def test_a_neighbour_has_a_draft_of_their_own(self, world: World) -> None:
        draft(world)
        theirs = actions.start_draft(at=world.thornbridge, by=Actor(person=world.nadia, now=THE_DAY_AFTER))
        assert theirs.number == 1

    def test_v3_the_next_one_begins_with_the_words_values_and_voices_of_the_one_before(
        self, world: World
    ) -> None:
        before = adopted(world)
        late = voice(world, text="Ask the young ones too")
        after = actions.start_draft(at=world.harbour, by=sam(world, days=9), why_changed="The young ones")
        assert (after.number, after.statement) == (2, WORDS)
        threads = [list(vision.values.values_list("thread", flat=True)) for vision in (before, after)]
        assert threads[0] == threads[1]
        assert late in Voice.objects.at(world.harbour).behind(after)
        assert Voice.objects.at(world.harbour).behind(after).count() == 2

    def test_a_voice_that_waited_is_linked_to_the_first_draft(self, world: World) -> None:
        waiting = voice(world)
        assert waiting in Voice.objects.at(world.harbour).waiting()
        assert list(Voice.objects.at(world.harbour).behind(draft(world))) == [waiting]


class TestV3NobodyEditsAnAdoptedVersion:
    def test_neither_its_words(self, world: World) -> None:
        vision = adopted(world)
        with pytest.raises(actions.CannotWrite, match="stays as it is"):
            actions.write_draft(at=world.harbour, by=sam(world), vision=vision, statement="Other")
        assert Vision.everywhere.get().statement == WORDS

    def test_nor_its_values(self, world: World) -> None:
        vision = adopted(world)
        first = vision.values.all()[0]
        at, by = world.harbour, sam(world)
        for refused in (
            lambda: value(world, vision, "More"),
            lambda: actions.change_value(at=at, by=by, value=first, name="Other", meaning="Other"),
            lambda: actions.remove_value(at=at, by=by, value_id=first.pk),
            lambda: actions.move_value(at=at, by=by, value=first, up=False),
        ):
            with pytest.raises(actions.CannotWrite, match="stays as it is"):
                refused()
        assert [one.name for one in vision.values.all()] == ["Kindness", "Honesty", "Courage", "Patience"]

    def test_a_draft_can_be_edited(self, world: World) -> None:
        assert draft(world, "First words").statement == "First words"

    def test_the_one_before_is_kept_when_the_next_is_adopted(self, world: World) -> None:
        before = adopted(world)
        after = actions.start_draft(at=world.harbour, by=sam(world, days=9))
        actions.write_draft(at=world.harbour, by=sam(world), vision=after, statement="New words")
        adopt(world, after, days=10)
        before.refresh_from_db()
        assert (before.statement, before.status) == (WORDS, Vision.Status.RETIRED)
        assert Vision.objects.at(world.harbour).adopted().get() == after

    def test_the_database_keeps_one_adopted_version(self, world: World) -> None:
        before = adopted(world)
        with pytest.raises(DatabaseError), transaction.atomic():
            Vision.everywhere.create(
                scope=world.harbour,
                number=2,
                statement="x",
                how_agreed="x",
                status="adopted",
                drafted_at=THE_DAY_AFTER,
                adopted_at=THE_DAY_AFTER,
                adopted_in=before.adopted_in,
            )

    @pytest.mark.parametrize("column", ["statement", "plain", "why_changed", "how_agreed"])
    def test_the_database_itself_refuses_to_change_adopted_words(self, world: World, column: str) -> None:
        vision = adopted(world)
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            Vision.everywhere.filter(pk=vision.pk).update(**{column: "Other words"})
        open_draft = actions.start_draft(at=world.harbour, by=sam(world, days=1))
        assert Vision.everywhere.filter(pk=open_draft.pk).update(**{column: "Other words"}) == 1

    def test_the_database_itself_keeps_the_values_of_an_adopted_version(self, world: World) -> None:
        of_adopted = Value.everywhere.filter(vision=adopted(world))
        open_draft = actions.start_draft(at=world.harbour, by=sam(world, days=1))
        of_draft = Value.everywhere.filter(vision=open_draft)
        for refused in (
            lambda: of_adopted.update(name="Other"),
            lambda: of_adopted.filter(name="Kindness").update(vision=open_draft),
            lambda: of_adopted.delete(),
            lambda: of_draft.filter(name="Kindness").update(vision=of_adopted[0].vision),
        ):
            with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
                refused()
        assert of_draft.update(meaning="Other") == 4
        assert of_draft.filter(name="Courage").delete()[0] == 1

    def test_the_database_itself_keeps_every_adopted_version(self, world: World) -> None:
        vision = adopted(world)
        with (
            pytest.raises(DatabaseError, match="stays as it is"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("delete from vision_vision where id = %s", [as_kept(vision.pk)])

    @pytest.mark.parametrize("missing", ["adopted_at", "adopted_in"])
    def test_v2_the_database_wants_the_gathering_of_an_adopted_version(
        self, world: World, missing: str
    ) -> None:
        vision = adopted(world)
        with pytest.raises(DatabaseError), transaction.atomic():
            Vision.everywhere.filter(pk=vision.pk).update(**{missing: None})


def as_kept(key: UUID) -> UUID | str:
    """A key as the database keeps it."""
    return key if connection.features.has_native_uuid_field else key.hex


class TestAdopt:
    def test_v1_v2_adopts_words_with_voices_in_a_recorded_room(self, world: World) -> None:
        vision = adopted(world)
        assert vision.is_adopted
        assert Event.objects.at(world.harbour).get(did="adopt").about_id == vision.pk

    def test_v2_it_is_adopted_when_people_met_and_not_when_it_was_typed(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        assert adopt(world, vision, hold(world), days=30).adopted_at == MAY
        after = the_next(world, days=31)
        adopt(world, after, hold(world, starts_at=MAY + timedelta(days=20)), days=40)
        vision.refresh_from_db()
        assert vision.retired_at == MAY + timedelta(days=20)

    def test_v3_a_version_stands_for_a_while_before_the_next_one_comes(self, world: World) -> None:
        first = adopted(world)
        after = the_next(world, days=400)
        with pytest.raises(actions.CannotAdopt, match="came later"):
            adopt(world, after, Gathering.everywhere.get(), days=400)
        first.refresh_from_db()
        assert first.is_adopted

    def test_v2_refuses_a_gathering_before_that_of_the_version_before(self, world: World) -> None:
        adopted(world)
        after = the_next(world, days=1)
        with pytest.raises(actions.CannotAdopt, match="Version 1 was adopted on 14 May 2026"):
            adopt(world, after, hold(world, starts_at=MAY - timedelta(days=1)))

    def test_v1_refuses_without_voices(self, world: World) -> None:
        with pytest.raises(actions.CannotAdopt, match="voices of people who live here"):
            adopt(world, draft(world))

    def test_v1_refuses_when_no_voice_is_from_here(self, world: World) -> None:
        vision = draft(world)
        voice(world, lives_here=False)
        with pytest.raises(actions.CannotAdopt, match="voices of people who live here"):
            adopt(world, vision)

    def test_v1_refuses_when_the_only_voice_was_taken_back(self, world: World) -> None:
        vision = draft(world)
        actions.take_back_voice(at=world.harbour, by=sam(world), voice=voice(world))
        with pytest.raises(actions.CannotAdopt, match="voices of people who live here"):
            adopt(world, vision)

    def test_v2_refuses_a_gathering_that_is_not_written_up(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        with pytest.raises(actions.CannotAdopt, match="Record that gathering"):
            adopt(world, vision, plan(world))

    def test_v2_refuses_a_room_without_lived_experience(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        with pytest.raises(actions.CannotAdopt, match="The vision is theirs too"):
            adopt(world, vision, hold(world, totals={"commissioner": 30}))
        assert Vision.everywhere.get().is_draft

    def test_v2_one_person_with_lived_experience_is_enough(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        assert adopt(world, vision, hold(world, totals={"lived_experience": 1})).is_adopted

    def test_v2_refuses_another_group_than_the_collaborative(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        gathering = hold(world)
        Gathering.everywhere.filter(pk=gathering.pk).update(group=world.board)
        with pytest.raises(actions.CannotAdopt, match="Only the Collaborative"):
            adopt(world, vision, Gathering.everywhere.get(pk=gathering.pk))

    def test_v2_refuses_a_gathering_of_a_neighbouring_place(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        theirs = collaborative_actions.plan_gathering(
            within=world.neighbours_collaborative,
            by=Actor(person=world.nadia, now=THE_DAY_AFTER),
            title="Theirs",
            place="Theirs",
            starts_at=THE_DAY_AFTER,
            ends_at=THE_DAY_AFTER + timedelta(hours=1),
        )
        with pytest.raises(Stray):
            adopt(world, vision, theirs)

    def test_v2_the_record_it_stands_on_cannot_be_changed_afterwards(self, world: World) -> None:
        gathering = adopted(world).adopted_in
        assert gathering is not None
        with pytest.raises(collaborative_actions.CannotRecord, match="stays as it is"):
            collaborative_actions.record_gathering(
                within=world.collaborative,
                by=sam(world),
                gathering=Gathering.everywhere.get(pk=gathering.pk),
                people_came=2,
                totals={},
            )

    def test_refuses_a_draft_without_words(self, world: World) -> None:
        vision = actions.start_draft(at=world.harbour, by=sam(world))
        voice(world)
        with pytest.raises(actions.CannotAdopt, match="no words yet"):
            adopt(world, vision)

    def test_refuses_to_adopt_twice(self, world: World) -> None:
        with pytest.raises(actions.CannotAdopt, match="adopted before"):
            adopt(world, adopted(world))

    def test_refuses_without_saying_how_people_agreed(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        with pytest.raises(actions.CannotAdopt, match="how you came to agree"):
            actions.adopt(
                at=world.harbour, by=sam(world), vision=vision, gathering=hold(world), how_agreed=""
            )


class TestV4LivingVision:
    def test_half_a_year_later_it_wants_a_look(self, world: World) -> None:
        vision = adopted(world)
        assert vision.adopted_at is not None
        assert not vision.wants_a_look(vision.adopted_at + timedelta(days=183))
        assert vision.wants_a_look(vision.adopted_at + timedelta(days=184))

    def test_nobody_looked_again_before_it_was_adopted(self, world: World) -> None:
        vision = adopted(world)
        with pytest.raises(actions.CannotLook, match="ours since 14 May 2026"):
            actions.look_again(
                at=world.harbour,
                by=sam(world),
                vision=vision,
                gathering=hold(world, starts_at=MAY - timedelta(days=1)),
                what_we_found="Still ours",
            )

    def test_a_look_in_the_room_is_kept_and_counts(self, world: World) -> None:
        vision = adopted(world)
        revisit = actions.look_again(
            at=world.harbour,
            by=sam(world, days=200),
            vision=vision,
            gathering=hold(world, starts_at=MAY + timedelta(days=200)),
            what_we_found="Still ours",
        )
        assert not vision.wants_a_look(THE_DAY_AFTER + timedelta(days=210), revisit.looked_at)
        assert revisit.gathering.pk in Gathering.everywhere.filter(closed_at__isnull=False).values_list(
            "pk", flat=True
        ), "its day cannot change any more"

    def test_the_next_version_is_not_adopted_before_the_last_look(self, world: World) -> None:
        first, looked = adopted(world), hold(world, starts_at=MAY + timedelta(days=200))
        before = hold(world, starts_at=MAY + timedelta(days=199))
        at, by = world.harbour, sam(world, days=210)
        actions.look_again(at=at, by=by, vision=first, gathering=looked, what_we_found="Still ours")
        draft = the_next(world, days=210)
        with pytest.raises(actions.CannotAdopt, match="so it stood until then"):
            actions.adopt(at=at, by=by, vision=draft, gathering=before, how_agreed="Round")
        looked.refresh_from_db()
        draft.refresh_from_db()
        assert actions.adopt(at=at, by=by, vision=draft, gathering=looked, how_agreed="Round").is_adopted

    def test_a_look_needs_a_recorded_room_and_a_standing_vision(self, world: World) -> None:
        at, by, found = world.harbour, sam(world), "Still ours"
        with pytest.raises(actions.CannotLook, match="stands now"):
            actions.look_again(at=at, by=by, vision=draft(world), gathering=hold(world), what_we_found=found)
        vision = Vision.everywhere.get()
        voice(world)
        vision = adopt(world, vision)
        with pytest.raises(actions.CannotLook, match="recorded"):
            actions.look_again(at=at, by=by, vision=vision, gathering=plan(world), what_we_found=found)
        assert not Revisit.everywhere.exists()


class TestValues:
    def test_come_in_the_order_they_were_added_and_can_be_moved(self, world: World) -> None:
        vision = draft(world)
        values = [value(world, vision, name) for name in ("One", "Two", "Three")]
        at, by = world.harbour, sam(world)
        actions.move_value(at=at, by=by, value=values[2], up=True)
        actions.move_value(at=at, by=by, value=values[0], up=False)
        assert [one.name for one in Vision.everywhere.get().values.all()] == ["Three", "One", "Two"]

    def test_the_first_stays_first_and_the_last_stays_last(self, world: World) -> None:
        vision = draft(world)
        values = [value(world, vision, name) for name in ("One", "Two")]
        actions.move_value(at=world.harbour, by=sam(world), value=values[0], up=True)
        actions.move_value(at=world.harbour, by=sam(world), value=values[1], up=False)
        assert [one.name for one in vision.values.all()] == ["One", "Two"]

    def test_lines_are_read_one_by_one(self, world: World) -> None:
        assert value(world, draft(world)).seen == ["a call back", "time to talk"]

    def test_a_name_is_used_once_in_a_version(self, world: World) -> None:
        vision = draft(world)
        value(world, vision)
        with pytest.raises(actions.CannotWrite, match="value with this name"):
            value(world, vision)

    def test_a_value_is_changed_and_its_version_rises(self, world: World) -> None:
        kindness = value(world, draft(world))
        by = sam(world)
        changed = actions.change_value(at=world.harbour, by=by, value=kindness, name="Warmth", meaning="x")
        assert (changed.name, changed.version) == ("Warmth", 2)

    def test_a_value_is_taken_out_of_the_draft_and_stays_in_the_version_before(self, world: World) -> None:
        before = adopted(world)
        after = actions.start_draft(at=world.harbour, by=sam(world, days=9))
        actions.remove_value(at=world.harbour, by=sam(world), value_id=after.values.all()[0].pk)
        assert (before.values.count(), after.values.count()) == (4, 3)

    def test_nobody_keeps_more_than_twelve_in_mind(self, world: World) -> None:
        vision = draft(world)
        for number in range(12):
            value(world, vision, f"Value {number}")
        with pytest.raises(actions.CannotWrite, match="Fewer are easier"):
            value(world, vision, "One more")
        assert Value.everywhere.count() == 12


class TestVoices:
    def test_a_voice_is_linked_to_the_draft(self, world: World) -> None:
        vision = draft(world)
        kept = voice(world)
        assert list(Voice.objects.at(world.harbour).behind(vision)) == [kept]

    @pytest.mark.parametrize("said_by", ["Sam", "sam, a neighbour", "It is SAM", "Sam’s mother", "Ooi"])
    def test_c2_a_word_of_ones_own_name_is_asked_about(self, world: World, said_by: str) -> None:
        world.sam.name = "Sam O. Ooi"
        with pytest.raises(Question, match="Voices carry no names"):
            voice(world, said_by=said_by, sure=False)
        assert voice(world, said_by=said_by, sure=True).said_by == said_by

    @pytest.mark.parametrize("said_by", ["a Samaritan", "a mother of two", "o"])
    def test_c2_other_words_are_not_asked_about(self, world: World, said_by: str) -> None:
        world.sam.name = "Sam O. Ooi"
        assert voice(world, said_by=said_by, sure=False) in Voice.objects.at(world.harbour).standing()

    @pytest.mark.parametrize("missing", ["text", "said_by"])
    def test_a_voice_needs_words_and_who_says_them_in_general(self, world: World, missing: str) -> None:
        with pytest.raises(actions.CannotAdd):
            voice(world, **{missing: ""})  # type: ignore[arg-type]
        assert not Voice.everywhere.exists()

    def test_taking_back_empties_the_words_in_adopted_versions_too(self, world: World) -> None:
        vision = adopted(world)
        taken = actions.take_back_voice(at=world.harbour, by=sam(world), voice=Voice.everywhere.get())
        assert (taken.text, taken.said_by) == ("", "")
        assert not Voice.objects.at(world.harbour).behind(vision).exists()
        assert VisionVoice.everywhere.count() == 1

    def test_taking_back_twice_changes_nothing(self, world: World) -> None:
        one = voice(world)
        first = actions.take_back_voice(at=world.harbour, by=sam(world), voice=one).taken_back_at
        assert (
            actions.take_back_voice(at=world.harbour, by=sam(world, days=1), voice=one).taken_back_at == first
        )
