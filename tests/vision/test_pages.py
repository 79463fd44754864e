"""What each page of the why shows, and to whom."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from programmes.models import Membership, Site
from programmes.roles import Role
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, hold, plan
from tests.pages import led_to, main, page, queries, send
from tests.vision.whys import WORDS, adopt, adopted, draft, sam, the_next, value, voice
from tests.world import World
from vision import actions
from vision.models import Revisit, Value, Vision, Voice

AWKWARD = "<script>alert(1)</script> دعوة 🌱"


OF_A_VERSION = {"write", "add_value", "adopt", "put_away", "look_again"}


def url(page: str, **keys: Any) -> str:
    """Return the address of a page; of a version, unless one is named, the draft or else the latest."""
    if page in OF_A_VERSION and "vision" not in keys:
        versions = Vision.everywhere.filter(scope=Site.objects.get(slug="harbour-city"))
        open_now = versions.filter(status=Vision.Status.DRAFT).first()
        keys["vision"] = (open_now or versions.get(status=Vision.Status.ADOPTED)).pk
    return reverse(f"vision:{page}", kwargs={"site": "harbour-city", **keys})


class TestWhy:
    def test_a_place_is_finding_its_words(self, world: World) -> None:
        assert "Harbour City is finding its words" in main(world, "grace", url("why"))
        assert url("add_voice") in main(world, "amara", url("why"))
        assert url("start") in main(world, "sam", url("why"))
        assert url("start") not in main(world, "amara", url("why"))

    def test_shows_the_words_the_values_and_the_voices(self, world: World) -> None:
        adopted(world)
        for who in ("sam", "amara", "grace", "ruth"):
            shown = main(world, who, url("why"))
            for words in (WORDS, "Kindness", "time to talk", "I want to be asked", "a neighbour"):
                assert words in shown

    def test_v2_says_on_which_day_people_adopted_it(self, world: World) -> None:
        adopted(world)
        version = url("version", vision=Vision.everywhere.get().pk)
        for where in (url("why"), url("history"), version):
            assert "dopted on 14 May 2026" in main(world, "grace", where)

    def test_c2_says_who_was_in_the_room_in_safe_words_alone(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        adopt(world, vision, hold(world, people_came=43, totals={"lived_experience": 3, "statutory": 42}))
        shown = main(world, "grace", url("why"))
        assert "About 45 people were there" in shown
        assert "Fewer than 8 people each brought: lived experience; carer" in shown
        assert "People with lived experience were in the room" in shown

    def test_a_draft_is_for_the_people_who_write_it(self, world: World) -> None:
        draft(world, "Unfinished words")
        for who in ("grace", "ruth", "amara", "sam"):
            assert "Unfinished words" not in main(world, who, url("why"))
        for where in (url("draft"), url("write")):
            assert "Unfinished words" in page(world, "sam", where)
            assert world.client("amara").get(where).status_code == 403

    def test_leads_people_of_the_collaborative_to_the_gathering_and_its_worries(self, world: World) -> None:
        adopted(world)
        assert "worries that people raised there" in main(world, "amara", url("why"))
        assert "worries that people raised there" not in main(world, "grace", url("why"))

    def test_v4_asks_after_half_a_year_if_it_still_feels_like_ours(self, world: World) -> None:
        adopted(world)
        with time_machine.travel(THE_DAY_AFTER + timedelta(days=200)):
            assert "Does it still feel like ours?" in main(world, "amara", url("why"))
            assert "Does it still feel like ours?" not in main(world, "grace", url("why"))
        with time_machine.travel(THE_DAY_AFTER + timedelta(days=3)):
            assert "Does it still feel like ours?" not in main(world, "amara", url("why"))

    def test_words_are_escaped(self, world: World) -> None:
        vision = draft(world, AWKWARD)
        value(world, vision, AWKWARD[:60])
        voice(world, text=AWKWARD)
        adopt(world, vision)
        shown = page(world, "grace", url("why"))
        assert "<script>alert" not in shown
        assert "دعوة 🌱" in shown

    def test_asks_the_database_as_often_for_30_voices_and_12_values_as_for_1(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        value(world, vision, "First")
        client = world.client("amara")
        adopt(world, vision)
        one = queries(client, url("why"))
        after = actions.start_draft(at=world.harbour, by=sam(world, days=1))
        for number in range(29):
            voice(world, text=f"Voice {number}")
        for number in range(11):
            value(world, after, f"Value {number}")
        adopt(world, after, days=2)
        assert queries(client, url("why")) == one <= 12


class TestWriting:
    def test_a_facilitator_starts_and_writes_a_draft(self, world: World) -> None:
        assert world.client("sam").get(url("draft")).headers["Location"] == url("start")
        assert send(world, "sam", url("start"), why_changed="").url == url("write")
        assert send(world, "sam", url("write"), seen_version=1, statement=WORDS).status_code == 302
        assert Vision.everywhere.get().statement == WORDS

    def test_the_first_version_has_nothing_that_changed(self, world: World) -> None:
        assert "Start the first draft" in main(world, "sam", url("start"))
        assert "why_changed" not in main(world, "sam", url("start"))
        draft(world)
        assert "why_changed" not in main(world, "sam", url("write"))

    def test_from_the_second_on_it_is_asked_what_changed_and_why(self, world: World) -> None:
        adopted(world)
        assert "Why write a new version?" in main(world, "sam", url("start"))
        send(world, "sam", url("start"), why_changed="It left out the young ones")
        assert "It left out the young ones" in main(world, "sam", url("write"))
        again = {"seen_version": 1, "statement": WORDS, "why_changed": "The young ones are in it now"}
        assert send(world, "sam", url("write"), **again).status_code == 302
        assert Vision.everywhere.get(number=2).why_changed == "The young ones are in it now"

    def test_easy_words_are_emptied_only_on_purpose(self, world: World) -> None:
        draft(world)
        said = {"statement": WORDS, "plain": "We all live well."}
        assert send(world, "sam", url("write"), seen_version=2, **said).status_code == 302
        emptied = {**said, "plain": "", "seen_version": 3}
        assert send(world, "sam", url("write"), **emptied).status_code == 422
        assert Vision.everywhere.get().plain == "We all live well."
        assert send(world, "sam", url("write"), **emptied, asked="plain:").status_code == 302
        assert Vision.everywhere.get().plain == ""

    def test_whoever_starts_a_draft_that_is_open_is_led_to_it(self, world: World) -> None:
        draft(world)
        assert led_to(world, "sam", url("start"))[0] == url("draft")

    def test_whoever_comes_for_a_draft_that_is_not_there_is_led_to_where_one_is_started(
        self, world: World
    ) -> None:
        where, words = led_to(world, "sam", url("draft"))
        assert where == url("start")
        assert "Nobody is writing a new version. Start one first." in words
        assert world.client("amara").get(url("draft")).status_code == 403
        assert world.client("nadia").get(url("draft")).status_code == 404

    @pytest.mark.parametrize("name", ["write", "add_value", "adopt", "put_away"])
    def test_v3_whoever_comes_for_the_form_of_what_was_adopted_reads_why_there_is_none(
        self, world: World, name: str
    ) -> None:
        adopted(world)
        where, words = led_to(world, "sam", url(name))
        assert where == url("why")
        assert "This version was adopted, so it stays as it is" in words
        assert world.client("amara").get(url(name)).status_code == 403
        assert world.client("nadia").get(url(name)).status_code == 404
        elsewhere = url(name, vision=actions.start_draft(at=world.thornbridge, by=sam(world)).pk)
        assert world.client("sam").get(elsewhere).status_code == 404

    def test_a_second_draft_is_refused_in_words(self, world: World) -> None:
        draft(world)
        answer = send(world, "sam", url("start"), why_changed="")
        assert answer.status_code == 422
        assert "being written already" in answer.content.decode()

    def test_sending_twice_has_one_effect(self, world: World) -> None:
        client, twice = world.client("sam"), {"form_key": uuid4(), "why_changed": "New year"}
        assert [client.post(url("start"), twice).status_code for _ in range(2)] == [302, 302]
        assert Vision.everywhere.count() == 1

    def test_words_that_somebody_changed_meanwhile_are_shown_side_by_side(self, world: World) -> None:
        draft(world)
        answer = send(world, "sam", url("write"), seen_version=1, statement="My words")
        assert answer.status_code == 409
        assert "My words" in answer.content.decode()
        assert WORDS in answer.content.decode()
        assert Vision.everywhere.get().statement == WORDS

    @pytest.mark.parametrize("statement", ["", "   ", "x" * 601])
    def test_words_are_some_and_not_too_many(self, world: World, statement: str) -> None:
        draft(world)
        assert send(world, "sam", url("write"), seen_version=2, statement=statement).status_code == 422

    def test_v7_asks_if_words_about_services_speak_for_everyone(self, world: World) -> None:
        draft(world, "Better services for patients")
        assert "Does this speak for everyone who lives here?" in main(world, "sam", url("draft"))

    def test_v7_says_nothing_about_words_for_everyone(self, world: World) -> None:
        draft(world)
        assert "Does this speak for everyone who lives here?" not in main(world, "sam", url("draft"))

    @pytest.mark.parametrize("who", ["amara", "grace", "helen"])
    @pytest.mark.parametrize(
        "name", ["start", "draft", "write", "add_value", "adopt", "put_away", "look_again"]
    )
    def test_only_facilitators_write_and_record(self, world: World, who: str, name: str) -> None:
        draft(world)
        assert world.client(who).get(url(name)).status_code == 403
        assert send(world, who, url(name), statement="x").status_code == 403


class TestValues:
    def test_one_is_added_changed_moved_and_taken_out(self, world: World) -> None:
        vision = draft(world)
        for name in ("One", "Two"):
            answer = send(world, "sam", url("add_value"), name=name, meaning="We notice")
            assert answer.url == url("draft")
        first, second = Value.everywhere.order_by("position")
        send(world, "sam", url("move_value", value=second.pk), up="True")
        assert [one.name for one in vision.values.all()] == ["Two", "One"]
        send(world, "sam", url("move_value", value=second.pk), up="False")
        assert [one.name for one in vision.values.all()] == ["One", "Two"]
        said = {"name": "Uno", "meaning": "x"}
        assert (
            send(world, "sam", url("change_value", value=first.pk), seen_version=1, **said).status_code == 302
        )
        assert (
            send(world, "sam", url("change_value", value=first.pk), seen_version=1, **said).status_code == 409
        )
        send(world, "sam", url("remove_value", value=first.pk))
        assert [one.name for one in vision.values.all()] == ["Two"]

    def test_the_buttons_of_the_page_work_as_they_are(self, world: World) -> None:
        vision = draft(world)
        first, _ = value(world, vision, "One"), value(world, vision, "Two")
        shown = main(world, "sam", url("draft"))
        form = shown.split(f'action="{url("move_value", value=first.pk)}"')[1].split("</form>")[0]
        assert 'name="up" value="False"' in form
        assert "Move down" in form

    def test_a_move_without_a_key_moves_nothing(self, world: World) -> None:
        vision = draft(world)
        value(world, vision, "One")
        second = value(world, vision, "Two")
        assert world.client("sam").post(url("move_value", value=second.pk), {"up": "True"}).status_code == 302
        assert [one.name for one in vision.values.all()] == ["One", "Two"]

    def test_a_second_one_with_the_same_name_is_refused_in_words(self, world: World) -> None:
        value(world, draft(world))
        answer = send(world, "sam", url("add_value"), name="Kindness", meaning="x")
        assert answer.status_code == 422
        assert "value with this name already" in answer.content.decode()

    def test_v3_values_of_an_adopted_version_stay(self, world: World) -> None:
        kindness = adopted(world).values.all()[0]
        address = url("change_value", value=kindness.pk)
        assert send(world, "sam", address, seen_version=1, name="x", meaning="x").status_code == 422
        assert send(world, "sam", url("remove_value", value=kindness.pk)).status_code == 422
        assert send(world, "sam", url("move_value", value=kindness.pk), up="True").status_code == 302
        kindness.refresh_from_db()
        assert (kindness.name, kindness.position) == ("Kindness", 0)

    @pytest.mark.parametrize("name", ["change_value", "remove_value"])
    def test_v3_whoever_comes_to_change_an_adopted_one_reads_why_it_stays(
        self, world: World, name: str
    ) -> None:
        where, words = led_to(world, "sam", url(name, value=adopted(world).values.all()[0].pk))
        assert where == url("why")
        assert actions.STAYS in words

    def test_forged_ids_are_not_there(self, world: World) -> None:
        for name in ("change_value", "remove_value"):
            assert world.client("sam").get(url(name, value=uuid4())).status_code == 404
        assert send(world, "sam", url("move_value", value=uuid4()), up="True").status_code == 404
        assert world.client("sam").get(url("move_value", value=uuid4())).status_code == 405
        assert world.client("sam").get(url("take_back_voice", voice=uuid4())).status_code == 404


class TestNothingTypedIsLostBesideTheWords:
    def test_the_page_that_writes_them_leads_only_back(self, world: World) -> None:
        value(world, draft(world))
        voice(world)
        shown = main(world, "sam", url("write"))
        assert shown.count("<form") == shown.count("</button>") == 1
        links = [part.split('"')[0] for part in shown.split('href="')[1:]]
        assert links == [url("draft")]

    def test_saving_leads_to_the_draft_with_its_values_and_voices(self, world: World) -> None:
        vision = draft(world)
        one = value(world, vision)
        assert send(world, "sam", url("write"), seen_version=2, statement="We belong.").url == url("draft")
        shown = main(world, "sam", url("draft"))
        for found in (
            "We belong.",
            url("write"),
            url("add_value"),
            url("change_value", value=one.pk),
            url("add_voice"),
            url("adopt"),
        ):
            assert found in shown
        send(world, "sam", url("add_value"), name="Courage", meaning="We try")
        assert "Courage" in main(world, "sam", url("draft"))

    def test_a_draft_without_words_asks_for_them(self, world: World) -> None:
        actions.start_draft(at=world.harbour, by=sam(world))
        assert "No words yet." in main(world, "sam", url("draft"))


class TestOnesOwnVoices:
    SAID = {"said_by": "a neighbour", "lives_here": "on", "they_agree": "on"}

    def added(self, world: World, who: str, text: str) -> Voice:
        assert send(world, who, url("add_voice"), text=text, **self.SAID).status_code == 302
        found: Voice = Voice.everywhere.get(text=text)
        return found

    def test_are_read_and_taken_back_by_whoever_added_them_before_there_is_a_vision(
        self, world: World
    ) -> None:
        mine = self.added(world, "amara", "My own kitchen")
        self.added(world, "sam", "A bus on Sundays")
        shown = main(world, "amara", url("why"))
        assert "My own kitchen" in shown
        assert "A bus on Sundays" not in shown
        there = url("take_back_own_voice", voice=mine.pk)
        assert there in shown
        assert "My own kitchen" in main(world, "amara", there)
        assert send(world, "amara", there).status_code == 302
        assert "My own kitchen" not in main(world, "amara", url("why"))
        mine.refresh_from_db()
        assert mine.text == ""

    def test_of_others_are_not_there_to_take_back(self, world: World) -> None:
        theirs = self.added(world, "sam", "A bus on Sundays")
        there = url("take_back_own_voice", voice=theirs.pk)
        assert world.client("amara").get(there).status_code == 404
        assert send(world, "amara", there).status_code == 404
        assert world.client("grace").get(there).status_code == 404
        assert world.client("nadia").get(there).status_code == 404
        theirs.refresh_from_db()
        assert theirs.text == "A bus on Sundays"

    def test_stay_ones_own_when_one_is_something_else_here(self, world: World) -> None:
        mine = self.added(world, "amara", "My own kitchen")
        Membership.objects.filter(person=world.amara).update(role=Role.MANAGER, group=None)
        there = url("take_back_own_voice", voice=mine.pk)
        assert there in main(world, "amara", url("why"))
        assert send(world, "amara", there).status_code == 302
        mine.refresh_from_db()
        assert mine.text == ""

    def test_and_others_are_found_by_whoever_may_take_them_back_while_the_place_rests(
        self, world: World
    ) -> None:
        behind = self.added(world, "amara", "My own kitchen")
        draft(world)
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        there = url("take_back_voice", voice=behind.pk)
        assert there in main(world, "sam", url("why"))
        assert "My own kitchen" not in main(world, "omar", url("why"))
        assert send(world, "sam", there).status_code == 302

    def test_can_be_taken_back_while_the_place_rests_and_once_there_is_a_vision(self, world: World) -> None:
        mine = self.added(world, "amara", "My own kitchen")
        adopted(world)
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        there = url("take_back_own_voice", voice=mine.pk)
        assert there in main(world, "amara", url("why"))
        assert send(world, "amara", there).status_code == 302

    def test_waiting_ones_are_read_by_those_who_write_and_by_nobody_else(self, world: World) -> None:
        self.added(world, "amara", "My own kitchen")
        there = url("take_back_voice", voice=Voice.everywhere.get().pk)
        shown = main(world, "sam", url("why"))
        assert "My own kitchen" in shown
        assert there in shown
        for who in ("tomasz", "grace"):
            assert "My own kitchen" not in main(world, who, url("why"))
        draft(world)
        assert "My own kitchen" not in main(world, "sam", url("why")), "it stands on the draft now"
        assert "My own kitchen" in main(world, "sam", url("draft"))

    def test_ask_the_database_as_often_for_30_as_for_1(self, world: World) -> None:
        self.added(world, "amara", "Voice")
        client = world.client("amara")
        one = queries(client, url("why"))
        for number in range(29):
            self.added(world, "amara", f"Voice {number}")
        assert queries(client, url("why")) == one <= 12


class TestVoices:
    SAID = {"text": "I want to be asked", "said_by": "a neighbour", "lives_here": "on"}

    def test_a_member_adds_one_when_the_person_said_yes(self, world: World) -> None:
        assert send(world, "amara", url("add_voice"), **self.SAID).status_code == 422
        assert not Voice.everywhere.exists()
        assert send(world, "amara", url("add_voice"), **self.SAID, they_agree="on").status_code == 302
        assert Voice.everywhere.get().lives_here

    def test_a_word_of_ones_own_name_is_asked_about_once(self, world: World) -> None:
        said = {**self.SAID, "said_by": "Amara Street", "they_agree": "on"}
        asked = send(world, "amara", url("add_voice"), **said)
        words = asked.content.decode()
        assert (asked.status_code, "A question first" in words, Voice.everywhere.exists()) == (
            422,
            True,
            False,
        )
        sure = asked.context["form"]["asked"].value()
        assert send(world, "amara", url("add_voice"), **said, asked=sure).status_code == 302
        assert Voice.everywhere.get().said_by == "Amara Street"

    def test_one_can_name_a_gathering_of_this_place(self, world: World) -> None:
        said = {**self.SAID, "they_agree": "on"}
        held, planned = hold(world), plan(world)
        assert send(world, "amara", url("add_voice"), **said, gathering=planned.pk).status_code == 422
        assert send(world, "amara", url("add_voice"), **said, gathering=held.pk).status_code == 302
        assert Voice.everywhere.get().gathering == held

    def test_without_gatherings_it_is_not_asked_at_which_one(self, world: World) -> None:
        assert "Was it said at a gathering?" not in main(world, "amara", url("add_voice"))
        hold(world)
        assert "Was it said at a gathering?" in main(world, "amara", url("add_voice"))

    def test_gatherings_of_one_name_are_told_apart_by_their_day(self, world: World) -> None:
        hold(world)
        assert "Spring gathering, 14 May 2026" in main(world, "amara", url("add_voice"))

    def test_one_that_was_taken_back_is_not_taken_back_again(self, world: World) -> None:
        kept = voice(world)
        send(world, "sam", url("take_back_voice", voice=kept.pk))
        where, words = led_to(world, "sam", url("take_back_voice", voice=kept.pk))
        assert where == url("why")
        assert "taken back before" in words

    def test_a_commissioner_may_not(self, world: World) -> None:
        assert send(world, "grace", url("add_voice"), **self.SAID, they_agree="on").status_code == 403

    def test_one_is_taken_back_everywhere(self, world: World) -> None:
        adopted(world)
        kept = Voice.everywhere.get()
        assert world.client("amara").get(url("take_back_voice", voice=kept.pk)).status_code == 403
        assert send(world, "sam", url("take_back_voice", voice=kept.pk)).status_code == 302
        shown = main(world, "grace", url("why"))
        assert "I want to be asked" not in shown
        assert "have taken their words back" in shown

    def test_one_is_taken_back_while_the_place_rests_too(self, world: World) -> None:
        adopted(world)
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        there = url("take_back_voice", voice=Voice.everywhere.get().pk)
        assert there in page(world, "sam", url("why"))
        assert send(world, "sam", url("add_voice"), text="More", said_by="Me").status_code == 403
        assert send(world, "sam", there).status_code == 302
        assert Voice.everywhere.get().text == ""


class TestAdopting:
    def said(self, gathering: Any) -> dict[str, Any]:
        read = Vision.everywhere.get(status="draft").words_digest
        seen = {"seen_version": 2, "words_read": read}
        return {**seen, "gathering": gathering.pk, "how_agreed": "Round the room", "sure": "on"}

    def test_v1_v2_records_that_the_collaborative_adopted_it(self, world: World) -> None:
        draft(world)
        voice(world)
        assert send(world, "sam", url("adopt"), **self.said(hold(world))).url == url("why")
        assert Vision.everywhere.get().is_adopted
        assert WORDS in page(world, "grace", url("why"))

    def test_v1_says_kindly_that_voices_are_missing(self, world: World) -> None:
        draft(world)
        answer = send(world, "sam", url("adopt"), **self.said(hold(world)))
        assert answer.status_code == 422
        assert "voices of people who live here" in answer.content.decode()

    def test_v2_says_kindly_that_lived_experience_is_missing(self, world: World) -> None:
        draft(world)
        voice(world)
        answer = send(world, "sam", url("adopt"), **self.said(hold(world, totals={"manager": 4})))
        assert answer.status_code == 422
        assert "The vision is theirs too" in answer.content.decode()

    def test_v2_a_gathering_that_is_not_written_up_cannot_be_chosen(self, world: World) -> None:
        draft(world)
        voice(world)
        assert send(world, "sam", url("adopt"), **self.said(plan(world))).status_code == 422
        assert Vision.everywhere.get().is_draft

    def test_v2_without_any_recorded_gathering_it_says_so_and_leads_to_them(self, world: World) -> None:
        draft(world)
        shown = main(world, "sam", url("adopt"))
        assert "No gathering to choose from yet" in shown
        assert "/s/harbour-city/gatherings/" in shown

    def test_shows_all_that_is_about_to_be_adopted(self, world: World) -> None:
        hold(world)
        vision = draft(world)
        value(world, vision, we_would_not_see="a leaflet")
        send(world, "sam", url("write"), seen_version=2, statement=WORDS, plain="All live well.")
        shown = main(world, "sam", url("adopt"))
        for words in (WORDS, "All live well.", "Kindness", "a call back; time to talk", "a leaflet"):
            assert words in shown

    def test_v3_only_gatherings_since_the_version_before_are_offered(self, world: World) -> None:
        hold(world, title="Long ago", starts_at=MAY - timedelta(days=30))
        adopted(world)
        the_next(world, days=1)
        hold(world, title="Lately", starts_at=MAY + timedelta(days=2))
        shown = main(world, "sam", url("adopt"))
        assert ("Lately" in shown, "Long ago" in shown) == (True, False)

    def test_v4_a_gathering_before_the_last_look_is_not_offered(self, world: World) -> None:
        first, looked = adopted(world), hold(world, title="Looked again", starts_at=MAY + timedelta(days=200))
        hold(world, title="Before that", starts_at=MAY + timedelta(days=199))
        at, by = world.harbour, sam(world, days=210)
        actions.look_again(at=at, by=by, vision=first, gathering=looked, what_we_found="Still ours")
        the_next(world, days=210)
        shown = main(world, "sam", url("adopt"))
        assert ("Looked again" in shown, "Before that" in shown) == (True, False)

    def test_v4_only_what_stands_is_read_again_and_the_page_says_so(self, world: World) -> None:
        waiting = url("look_again", vision=draft(world).pk)
        where, words = led_to(world, "sam", waiting)
        assert where == url("why")
        assert "Only the vision that stands now can be looked at again" in words
        assert world.client("nadia").get(waiting).status_code == 404

    def test_v4_a_look_at_words_that_were_followed_meanwhile_is_not_kept_for_the_next(
        self, world: World
    ) -> None:
        page_of_the_first = url("look_again", vision=adopted(world).pk)
        second = adopt(world, the_next(world, days=1), days=2)
        said = {"gathering": second.adopted_in_id, "what_we_found": "Still ours"}
        answer = send(world, "sam", page_of_the_first, **said)
        assert (answer.status_code, Revisit.everywhere.exists()) == (422, False)
        assert "Still ours" in answer.content.decode()
        assert send(world, "sam", url("look_again"), **said).status_code == 302

    def test_what_is_not_right_is_said_above_the_words_and_once(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        hold(world)
        said = {"seen_version": vision.version, "words_read": vision.words_digest}
        shown = send(world, "sam", url("adopt"), **said).content.decode().split("<main")[1]
        assert shown.index("There is a problem") < shown.index(WORDS)
        assert shown.count("There is a problem") == 1

    def test_asks_to_be_sure(self, world: World) -> None:
        draft(world)
        voice(world)
        assert send(world, "sam", url("adopt"), **{**self.said(hold(world)), "sure": ""}).status_code == 422

    def test_words_that_changed_since_the_page_was_opened_are_not_adopted(self, world: World) -> None:
        draft(world)
        voice(world)
        answer = send(world, "sam", url("adopt"), **{**self.said(hold(world)), "seen_version": 1})
        assert answer.status_code == 409
        assert Vision.everywhere.get().is_draft

    def test_v4_a_second_look_is_kept(self, world: World) -> None:
        gathering = adopted(world).adopted_in
        assert gathering is not None
        said = {"gathering": gathering.pk, "what_we_found": "Still ours"}
        assert send(world, "sam", url("look_again"), **{**said, "what_we_found": ""}).status_code == 422
        assert send(world, "sam", url("look_again"), **said).status_code == 302
        assert Revisit.everywhere.get().what_we_found == "Still ours"
        assert "Still ours" in main(world, "grace", url("why"))


class TestEveryForm:
    @pytest.mark.parametrize("name", ["write", "add_value", "add_voice", "adopt"])
    def test_opens_empty_and_is_filled_in(self, world: World, name: str) -> None:
        hold(world)
        draft(world)
        assert "<form" in main(world, "sam", url(name))

    @pytest.mark.parametrize("name", ["change_value", "remove_value"])
    def test_of_a_value_opens(self, world: World, name: str) -> None:
        one = value(world, draft(world))
        assert "Kindness" in main(world, "sam", url(name, value=one.pk))

    def test_of_a_voice_and_of_a_second_look_open(self, world: World) -> None:
        adopted(world)
        one = Voice.everywhere.get()
        assert "I want to be asked" in main(world, "sam", url("take_back_voice", voice=one.pk))
        assert WORDS in main(world, "sam", url("look_again"))

    @pytest.mark.parametrize(
        ("name", "action", "refusal"),
        [
            ("write", "write_draft", actions.CannotWrite),
            ("add_voice", "add_voice", actions.CannotAdd),
            ("look_again", "look_again", actions.CannotLook),
        ],
    )
    def test_says_in_words_what_another_changed_in_the_same_moment(
        self,
        world: World,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        action: str,
        refusal: type[Exception],
    ) -> None:
        def refuse(**said: Any) -> None:
            raise refusal("Somebody was faster.")

        room = adopted(world).adopted_in
        assert room is not None
        stands = Vision.everywhere.get().pk
        actions.start_draft(at=world.harbour, by=sam(world, days=1))
        monkeypatch.setattr(actions, action, refuse)
        said = {**TestVoices.SAID, "they_agree": "on", "what_we_found": "x", "statement": "x"}
        gathering = {"gathering": room.pk}
        address = url(name, vision=stands) if name == "look_again" else url(name)
        answer = send(world, "sam", address, seen_version=1, **said, **gathering)
        assert answer.status_code == 422
        assert "Somebody was faster." in answer.content.decode()


class TestHistory:
    def two_versions(self, world: World) -> None:
        adopted(world)
        after = actions.start_draft(at=world.harbour, by=sam(world, days=9), why_changed="The young ones")
        by, words = sam(world), WORDS.replace("lives well", "belongs")
        why = "The young ones"
        actions.write_draft(at=world.harbour, by=by, vision=after, statement=words, why_changed=why)
        actions.remove_value(at=world.harbour, by=by, value_id=after.values.all()[0].pk)
        value(world, after, "Hope")

    def test_v3_every_version_is_kept_and_shown_newest_first(self, world: World) -> None:
        self.two_versions(world)
        adopt(world, Vision.objects.at(world.harbour).drafts().get(), days=10)
        shown = main(world, "grace", url("history"))
        assert shown.index("Version 2") < shown.index("Version 1")
        assert "The young ones" in shown
        assert WORDS in main(world, "grace", url("version", vision=numbered(1)))

    def test_shows_what_went_and_what_came(self, world: World) -> None:
        self.two_versions(world)
        adopt(world, Vision.objects.at(world.harbour).drafts().get(), days=10)
        shown = main(world, "grace", url("compare", was=numbered(1), now=numbered(2)))
        assert "<del>lives well,</del>" in shown
        assert "<ins>belongs,</ins>" in shown
        assert "Hope (new)" in shown
        assert "Kindness (taken out)" in shown

    def test_a_draft_can_be_compared_by_those_who_write_it_alone(self, world: World) -> None:
        self.two_versions(world)
        assert url("compare", was=numbered(1), now=numbered(2)) in main(world, "amara", url("history"))
        assert world.client("amara").get(url("compare", was=numbered(1), now=numbered(2))).status_code == 200
        assert url("compare", was=numbered(1), now=numbered(2)) not in main(world, "grace", url("history"))
        assert world.client("grace").get(url("compare", was=numbered(1), now=numbered(2))).status_code == 404

    def test_versions_that_are_not_there_answer_so(self, world: World) -> None:
        one = adopted(world).pk
        written = actions.start_draft(at=world.harbour, by=sam(world, days=9)).pk
        theirs = actions.start_draft(at=world.thornbridge, by=sam(world)).pk
        for address in (
            url("version", vision=uuid4()),
            url("version", vision=written),
            url("version", vision=theirs),
            url("compare", was=one, now=theirs),
            url("compare", was=uuid4(), now=one),
        ):
            assert world.client("sam").get(address).status_code == 404
        assert world.client("sam").get(url("version", vision=one)).status_code == 200
        assert world.client("sam").get(url("compare", was=one, now=written)).status_code == 200

    def test_a_version_beside_itself_has_not_changed(self, world: World) -> None:
        one = adopted(world).pk
        assert "stayed as they were" in main(world, "grace", url("compare", was=one, now=one))

    def test_an_empty_history_says_so(self, world: World) -> None:
        assert "No version yet" in main(world, "grace", url("history"))

    def test_asks_the_database_as_often_for_30_versions_as_for_1(self, world: World) -> None:
        adopted(world)
        client = world.client("amara")
        one = queries(client, url("history"))
        for number in range(1, 30):
            adopt(world, the_next(world, days=number), days=number)
        assert queries(client, url("history")) == one <= 12


def numbered(number: int) -> Any:
    return Vision.everywhere.get(number=number).pk
