"""What each page of the Collaborative shows, and to whom."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from collaboratives import actions
from collaboratives.models import ANSWERED, Agreement, Ask, Dissent, DissentAnswer, Gathering
from kit.actions import Actor
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, from_now, hold, plan
from tests.pages import led_to, main, page, queries, send
from tests.world import World

AWKWARD = "<script>alert(1)</script> دعوة 🌱"


def url(page: str, row: Any = None, **keys: Any) -> str:
    keys = {"gathering": row.pk} if isinstance(row, Gathering) else keys
    return reverse(f"collaboratives:{page}", kwargs={"site": "harbour-city", **keys})


PLAN = {
    "title": "Summer",
    "on_day": "14",
    "on_month": "5",
    "on_year": "2026",
    "starts": "2pm",
    "ends": "4pm",
    "place": "Hall",
}


class TestGatherings:
    def test_says_what_is_ahead_first_soonest_first_then_what_has_been_latest_first(
        self, world: World
    ) -> None:
        for title, days in (("Later", 9), ("Sooner", 2), ("Long ago", -90), ("Lately", -5)):
            plan(world, title=title, starts_at=from_now(days=days))
        shown = page(world, "amara", url("gatherings"))
        places = [
            shown.index(title)
            for title in ("Coming up", "Sooner", "Later", "What has been", "Lately", "Long ago")
        ]
        assert places == sorted(places)

    def test_an_empty_list_invites_a_facilitator_to_plan(self, world: World) -> None:
        assert url("plan_gathering") in page(world, "sam", url("gatherings"))
        assert url("plan_gathering") not in page(world, "amara", url("gatherings"))
        assert "No gathering is planned yet" in page(world, "amara", url("gatherings"))

    def test_has_pages_of_25(self, world: World) -> None:
        for number in range(26):
            plan(world, title=f"Number {number}")
        assert page(world, "amara", url("gatherings")).count("lw-card__heading") == 25
        assert page(world, "amara", url("gatherings") + "?page=2").count("lw-card__heading") == 1

    def test_asks_the_database_as_often_for_30_as_for_1(self, world: World) -> None:
        client = world.client("amara")
        hold(world)
        one = queries(client, url("gatherings"))
        for number in range(29):
            hold(world, title=f"Number {number}")
        assert queries(client, url("gatherings")) == one <= 12

    def test_g_a_commissioner_gets_a_plain_no_and_a_neighbour_nothing(self, world: World) -> None:
        assert world.client("grace").get(url("gatherings")).status_code == 403
        assert world.client("nadia").get(url("gatherings")).status_code == 404
        assert world.client("amara").get(url("gatherings")).status_code == 200


class TestGathering:
    def test_before_it_says_what_to_expect(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=3), access="Step-free, soup at one")
        shown = page(world, "amara", url("gathering", gathering))
        assert "Step-free, soup at one" in shown
        assert url("cancel_gathering", gathering) not in shown
        assert url("cancel_gathering", gathering) in page(world, "sam", url("gathering", gathering))

    def test_c2_r1_after_it_totals_are_rounded_and_small_ones_hidden(self, world: World) -> None:
        gathering = hold(world, people_came=41, totals={"lived_experience": 13, "statutory": 26, "carer": 3})
        shown = " ".join(page(world, "amara", url("gathering", gathering)).split())
        assert "About 40 people were there" in shown
        assert 'Lived experience</dt><dd class="nhsuk-summary-list__value">About 15<' in shown
        assert "Fewer than 8 people each brought: carer; " in shown
        for count in ("41", "13", "26"):
            assert f">{count}<" not in shown

    def test_r7_a_small_room_says_who_is_represented_and_counts_nobody(self, world: World) -> None:
        gathering = hold(world, people_came=19, totals={"lived_experience": 9, "carer": 0, "manager": 11})
        for who in ("amara", "sam"):
            shown = " ".join(page(world, who, url("gathering", gathering)).split())
            assert 'Lived experience</dt><dd class="nhsuk-summary-list__value">Represented' in shown
            assert 'Carer</dt><dd class="nhsuk-summary-list__value">Not represented yet' in shown

    def test_one_that_is_over_and_not_recorded_says_so_and_asks_for_the_record(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=-1))
        for who in ("sam", "amara"):
            shown = main(world, who, url("gathering", gathering))
            assert "This gathering is over" in shown
            assert "It is not recorded yet." in shown
            assert "What to expect" not in shown
            assert (url("record_gathering", gathering) in shown) is (who == "sam")
        assert "Not recorded yet" in main(world, "amara", url("gatherings"))

    def test_one_that_is_ahead_or_recorded_is_not_called_over(self, world: World) -> None:
        for gathering in (plan(world, starts_at=from_now(days=1)), hold(world)):
            assert "This gathering is over" not in main(world, "sam", url("gathering", gathering))

    def test_one_that_goes_on_can_be_recorded(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(hours=-1))
        shown = main(world, "sam", url("gathering", gathering))
        assert "What to expect" in shown
        assert url("record_gathering", gathering) in shown
        assert url("record_gathering", gathering) not in main(world, "amara", url("gathering", gathering))

    def test_what_was_said_is_there_before_the_record_is(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=-1))
        send(world, "sam", url("add_agreement", gathering), text="Tea first", how_reached="Round")
        send(world, "amara", url("add_worry", gathering), words="Evenings shut carers out")
        shown = main(world, "amara", url("gathering", gathering))
        assert "Tea first" in shown
        assert "Evenings shut carers out" in shown

    def test_before_people_meet_only_worries_are_asked_for(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=1))
        send(world, "amara", url("add_worry", gathering), words="Evenings shut carers out")
        shown = main(world, "sam", url("gathering", gathering))
        assert "Evenings shut carers out" in shown
        assert url("add_worry", gathering) in shown
        assert url("add_agreement", gathering) not in shown
        assert "What we agreed" not in shown

    def test_c3_a_facilitator_sees_who_was_missing_last_time(self, world: World) -> None:
        hold(world, people_came=12, totals={"lived_experience": 12})
        gathering = plan(world, starts_at=from_now(days=3))
        assert "Who is missing from the room?" in page(world, "sam", url("gathering", gathering))
        assert "Who is missing from the room?" not in page(world, "amara", url("gathering", gathering))

    def test_what_people_typed_is_escaped_and_kept_as_typed(self, world: World) -> None:
        gathering = plan(world, title=AWKWARD, starts_at=from_now(days=3))
        shown = page(world, "amara", url("gathering", gathering))
        assert "<script>alert" not in shown
        assert "دعوة 🌱" in shown

    def test_a_cancelled_one_says_why(self, world: World) -> None:
        gathering = plan(world)
        who = Actor(person=world.sam, now=MAY)
        actions.cancel_gathering(within=world.collaborative, by=who, gathering=gathering, reason="Flood")
        shown = page(world, "amara", url("gathering", gathering))
        assert "Flood" in shown
        assert url("add_agreement", gathering) not in page(world, "sam", url("gathering", gathering))
        assert "What we agreed" not in shown

    def test_asks_the_database_as_often_for_30_worries_as_for_1(self, world: World) -> None:
        gathering = hold(world)
        client = world.client("sam")
        who = Actor(person=world.amara, now=THE_DAY_AFTER)

        def say(number: int) -> None:
            group, at = world.collaborative, gathering
            words = f"Words {number}"
            agreed = actions.add_agreement(within=group, by=who, gathering=at, text=words, how_reached=words)
            worry = actions.add_worry(within=group, by=who, gathering=at, words=words, agreement=agreed)
            actions.answer_worry(within=group, by=who, dissent=worry, words=words)
            actions.add_ask(within=group, by=who, gathering=at, text=words, to_whom="All")

        say(0)
        one = queries(client, url("gathering", gathering))
        for number in range(29):
            say(number + 1)
        assert queries(client, url("gathering", gathering)) == one <= 12

    @pytest.mark.parametrize(
        "name", ["gathering", "change_plan", "cancel_gathering", "record_gathering", "add_worry"]
    )
    def test_a_forged_id_and_a_neighbours_row_are_not_there(self, world: World, name: str) -> None:
        theirs = actions.plan_gathering(
            within=world.neighbours_collaborative,
            by=Actor(person=world.nadia, now=MAY),
            title="Theirs",
            place="Theirs",
            starts_at=MAY,
            ends_at=MAY + timedelta(hours=1),
        )
        assert world.client("sam").get(url(name, gathering=uuid4())).status_code == 404
        assert world.client("sam").get(url(name, theirs)).status_code == 404
        assert world.client("sam").get(url(name, plan(world))).status_code == 200


class TestPlanning:
    def test_a_facilitator_plans_one_and_lands_on_it(self, world: World) -> None:
        answer = send(world, "sam", url("plan_gathering"), **PLAN)
        gathering = Gathering.everywhere.get()
        assert answer.url == url("gathering", gathering)
        assert f"{gathering.starts_at:%Y-%m-%d %H:%M %Z}" == "2026-05-14 13:00 UTC"

    def test_a_member_may_not(self, world: World) -> None:
        assert send(world, "amara", url("plan_gathering"), **PLAN).status_code == 403
        assert not Gathering.everywhere.exists()

    def test_nothing_typed_is_lost_when_something_is_missing(self, world: World) -> None:
        answer = send(world, "sam", url("plan_gathering"), **{**PLAN, "place": ""})
        assert answer.status_code == 422
        assert "Summer" in answer.content.decode()
        assert "Enter where people meet" in answer.content.decode()

    def test_a_year_that_cannot_be_is_said_in_words(self, world: World) -> None:
        answer = send(world, "sam", url("plan_gathering"), **{**PLAN, "on_year": "2090"})
        assert answer.status_code == 422
        assert "more than three years" in answer.content.decode()

    def test_sending_twice_has_one_effect(self, world: World) -> None:
        client, twice = world.client("sam"), {"form_key": uuid4(), **PLAN}
        answers = [client.post(url("plan_gathering"), twice) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert Gathering.everywhere.count() == 1

    def test_the_same_key_with_other_words_shows_both(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        client.post(url("plan_gathering"), {"form_key": key, **PLAN})
        answer = client.post(url("plan_gathering"), {"form_key": key, **PLAN, "title": "Winter"})
        assert answer.status_code == 409
        assert Gathering.everywhere.get().title == "Summer"

    def test_changing_a_plan_that_somebody_changed_shows_both(self, world: World) -> None:
        gathering = plan(world)
        first = send(world, "sam", url("change_plan", gathering), seen_version=1, **PLAN)
        assert first.status_code == 302
        second = send(
            world, "sam", url("change_plan", gathering), seen_version=1, **{**PLAN, "title": "Winter"}
        )
        assert second.status_code == 409
        assert "Winter" in second.content.decode()
        assert Gathering.everywhere.get().title == "Summer"

    def test_the_form_to_change_it_holds_the_plan(self, world: World) -> None:
        gathering = plan(world, starts_at=MAY, ends_at=MAY + timedelta(minutes=90))
        shown = page(world, "sam", url("change_plan", gathering))
        assert 'value="2pm"' in shown
        assert 'value="3:30pm"' in shown

    def test_a_change_of_what_was_cancelled_meanwhile_says_so_and_keeps_what_was_typed(
        self, world: World
    ) -> None:
        gathering = plan(world)
        send(world, "sam", url("cancel_gathering", gathering), seen_version=1, reason="Flood")
        answer = send(world, "sam", url("change_plan", gathering), seen_version=1, **PLAN)
        assert answer.status_code == 422
        words = answer.content.decode()
        assert "This gathering is cancelled" in words
        assert "Flood" in words
        assert f'value="{PLAN["title"]}"' in words

    def test_cancelling_twice_with_one_form_is_one_effect_and_no_complaint(self, world: World) -> None:
        gathering, sent = plan(world), {"form_key": str(uuid4()), "seen_version": 1, "reason": "Flood"}
        answers = [world.client("sam").post(url("cancel_gathering", gathering), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]

    def test_the_name_of_a_held_one_is_corrected(self, world: World) -> None:
        gathering = hold(world)
        assert url("change_plan", gathering) in page(world, "sam", url("gathering", gathering))

        answer = send(world, "sam", url("change_plan", gathering), seen_version=2, **PLAN)
        assert answer.status_code == 302
        assert Gathering.everywhere.get().title == PLAN["title"]

    @pytest.mark.parametrize(
        ("name", "why"), [("cancel_gathering", "took place"), ("change_plan", "decided something")]
    )
    def test_whoever_comes_to_change_one_that_stays_is_led_back_with_a_word(
        self, world: World, name: str, why: str
    ) -> None:
        gathering = hold(world)
        if name == "change_plan":
            by = Actor(person=world.sam)
            actions.close_record(within=world.collaborative, by=by, gathering=gathering)
        where, words = led_to(world, "sam", url(name, gathering))
        assert where == url("gathering", gathering)
        assert why in words

    def test_cancelling_asks_why(self, world: World) -> None:
        gathering = plan(world)
        address = url("cancel_gathering", gathering)
        assert send(world, "sam", address, seen_version=1, reason="").status_code == 422
        assert send(world, "sam", address, seen_version=1, reason="Flood").status_code == 302
        assert send(world, "sam", address, seen_version=2, reason="Flood").status_code == 422
        assert Gathering.everywhere.get().is_cancelled


class TestRecording:
    def test_a_facilitator_records_one(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(hours=-3))
        answer = send(
            world,
            "sam",
            url("record_gathering", gathering),
            seen_version=1,
            people_came="12",
            brought_carer="4",
        )
        assert answer.url == url("gathering", gathering)
        assert Gathering.everywhere.get().is_held

    def test_not_before_it_begins(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(hours=3))
        answer = send(world, "sam", url("record_gathering", gathering), seen_version=1, people_came="12")
        assert answer.status_code == 422
        assert "once it has begun" in answer.content.decode()

    def test_whoever_comes_too_early_to_record_one_is_led_back_with_a_word(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(hours=3))
        where, words = led_to(world, "sam", url("record_gathering", gathering))
        assert where == url("gathering", gathering)
        assert "once it has begun" in words

    def test_a_member_may_not(self, world: World) -> None:
        assert send(world, "amara", url("record_gathering", plan(world)), people_came="3").status_code == 403

    def test_c2_only_the_person_who_typed_the_counts_sees_them_again(self, world: World) -> None:
        gathering = hold(world, people_came=33)
        assert 'value="33"' in page(world, "sam", url("record_gathering", gathering))
        Gathering.everywhere.filter(pk=gathering.pk).update(counted_by=world.amara)
        assert 'value="33"' not in page(world, "sam", url("record_gathering", gathering))

    def test_c2_a_stale_record_shows_both_texts_and_no_count_of_another(self, world: World) -> None:
        gathering = hold(world, people_came=37)
        Gathering.everywhere.filter(pk=gathering.pk).update(counted_by=world.amara)
        answer = send(
            world, "sam", url("record_gathering", gathering), seen_version=1, notes="Mine", people_came="21"
        )
        shown = answer.content.decode()
        assert answer.status_code == 409
        assert "Mine" in shown
        assert "We talked about the bus." in shown
        assert not re.search(r"\b37\b", shown.split("<main")[1].split("</main>")[0])

    def test_notes_are_emptied_only_on_purpose(self, world: World) -> None:
        gathering = hold(world)
        said = {"seen_version": gathering.version, "notes": ""}
        asked = send(world, "sam", url("record_gathering", gathering), **said)
        assert asked.status_code == 422
        assert "You emptied “What happened?”" in asked.content.decode()
        assert Gathering.everywhere.get().notes == "We talked about the bus."
        sure = {**said, "asked": asked.context["form"]["asked"].value()}
        assert send(world, "sam", url("record_gathering", gathering), **sure).status_code == 302
        assert Gathering.everywhere.get().notes == ""


class TestEveryForm:
    @pytest.mark.parametrize("name", ["plan_gathering", "add_agreement", "add_ask", "add_worry"])
    def test_opens_empty(self, world: World, name: str) -> None:
        gathering = None if name == "plan_gathering" else hold(world)
        assert "<form" in page(world, "sam", url(name, gathering))

    def test_of_an_answer_opens_with_what_it_answers(self, world: World) -> None:
        gathering = hold(world)
        send(world, "amara", url("add_worry", gathering), words="Evenings shut carers out")
        send(world, "sam", url("add_ask", gathering), text="Rooms on Fridays?", to_whom="Council")
        worry, ask = Dissent.everywhere.get(), Ask.everywhere.get()
        assert "Evenings shut carers out" in page(world, "sam", url("answer_worry", dissent=worry.pk))
        assert "Rooms on Fridays?" in page(world, "sam", url("answer_ask", ask=ask.pk))
        for address in (url("answer_worry", dissent=worry.pk), url("answer_ask", ask=ask.pk)):
            assert url("gathering", gathering) in main(world, "sam", address), "the way back"

    @pytest.mark.parametrize(
        ("action", "refusal"), [("add_worry", actions.CannotAdd), ("answer_ask", actions.CannotAnswer)]
    )
    def test_says_in_words_what_another_changed_in_the_same_moment(
        self, world: World, monkeypatch: pytest.MonkeyPatch, action: str, refusal: type[Exception]
    ) -> None:
        def refuse(**said: Any) -> None:
            raise refusal("Somebody was faster.")

        gathering = hold(world)
        send(world, "sam", url("add_ask", gathering), text="Rooms?", to_whom="Council")
        monkeypatch.setattr(actions, action, refuse)
        ask = url("answer_ask", ask=Ask.everywhere.get().pk)
        address = ask if action == "answer_ask" else url("add_worry", gathering)
        answer = send(world, "sam", address, seen_version=1, words="x", answer="x")
        assert answer.status_code == 422
        assert "Somebody was faster." in answer.content.decode()


class TestWhatWasSaid:
    def test_an_agreement_is_added(self, world: World) -> None:
        gathering = hold(world)
        address = url("add_agreement", gathering)
        assert send(world, "sam", address, text="", how_reached="Round").status_code == 422
        assert send(world, "sam", address, text="Tea first", how_reached="Round").status_code == 302
        assert Agreement.everywhere.get().text == "Tea first"
        assert send(world, "amara", address, text="x", how_reached="x").status_code == 403

    def test_an_agreement_is_corrected_and_its_first_words_can_be_read(self, world: World) -> None:
        gathering = hold(world)
        send(world, "sam", url("add_agreement", gathering), text="Tee first", how_reached="Round")
        address = url("correct_agreement", agreement=Agreement.everywhere.get().pk)
        assert "Tee first" in page(world, "sam", address)
        assert send(world, "amara", address, text="x", how_reached="x").status_code == 403
        assert send(world, "sam", address, text="Tea first", how_reached="Round").status_code == 302
        shown = main(world, "amara", url("gathering", gathering))
        assert "Read the earlier words" in shown
        assert "Tea first" in shown
        assert "Tee first" in shown
        where, words = led_to(world, "sam", address)
        assert (where, "corrected" in words) == (url("gathering", gathering), True)

    def test_an_ask_is_changed_until_it_is_answered(self, world: World) -> None:
        gathering = hold(world)
        send(world, "sam", url("add_ask", gathering), text="Roms?", to_whom="Council")
        address = url("change_ask", ask=Ask.everywhere.get().pk)
        assert address in main(world, "sam", url("gathering", gathering))
        said = {"text": "Rooms?", "to_whom": "Council"}
        assert send(world, "amara", address, seen_version=1, **said).status_code == 403
        assert send(world, "sam", address, seen_version=1, **said).status_code == 302
        assert Ask.everywhere.get().text == "Rooms?"
        send(world, "sam", url("answer_ask", ask=Ask.everywhere.get().pk), seen_version=2, answer="Yes")
        late = send(world, "sam", address, seen_version=2, **said)
        assert (late.status_code, "has its answer" in late.content.decode()) == (422, True)
        assert led_to(world, "sam", address)[0] == url("gathering", gathering)
        assert address not in main(world, "sam", url("gathering", gathering))

    def test_an_agreement_waits_until_people_met(self, world: World) -> None:
        gathering = plan(world, starts_at=from_now(days=1))
        for address, said in (
            (url("add_agreement", gathering), {"text": "x", "how_reached": "x"}),
            (url("add_ask", gathering), {"text": "x", "to_whom": "x"}),
        ):
            answer = send(world, "sam", address, **said)
            assert answer.status_code == 422
            assert "not begun yet" in answer.content.decode()
            where, words = led_to(world, "sam", address)
            assert (where, "not begun yet" in words) == (url("gathering", gathering), True)

    def test_a_day_of_an_ask_that_cannot_be_is_said_beside_its_box(self, world: World) -> None:
        address = url("add_ask", hold(world))
        ask = {"text": "Rooms?", "to_whom": "Council", "by_when_day": "1", "by_when_month": "5"}
        for year, words in (("2026", "before the gathering"), ("2999", "more than three years from now")):
            answer = send(world, "sam", address, **ask, by_when_year=year)
            assert answer.status_code == 422
            assert words in answer.context["form"].errors["by_when"][0]
        assert not Ask.everywhere.exists()
        assert send(world, "sam", address, **ask, by_when_year="2028").status_code == 302

    def test_an_ask_is_added_and_answered(self, world: World) -> None:
        gathering = hold(world)
        assert (
            send(world, "sam", url("add_ask", gathering), text="Rooms?", to_whom="Council").status_code == 302
        )
        ask = Ask.everywhere.get()
        address = url("answer_ask", ask=ask.pk)
        assert send(world, "sam", address, seen_version=1, answer="Yes").status_code == 302
        assert send(world, "sam", address, seen_version=1, answer="No").status_code == 409
        assert "Yes" in page(world, "amara", url("gathering", gathering))

    def test_an_answer_of_blanks_is_asked_again(self, world: World) -> None:
        gathering = hold(world)
        send(world, "sam", url("add_ask", gathering), text="Rooms?", to_whom="Council")
        ask = Ask.everywhere.get()
        assert (
            send(world, "sam", url("answer_ask", ask=ask.pk), seen_version=1, answer="  ").status_code == 422
        )

    def test_c4_any_member_adds_a_worry_and_no_name_is_shown(self, world: World) -> None:
        gathering = hold(world)
        assert send(world, "amara", url("add_worry", gathering), words=AWKWARD).status_code == 302
        shown = page(world, "sam", url("gathering", gathering))
        assert "Amara" not in shown
        assert "<script>alert" not in shown
        assert Dissent.everywhere.get().words == AWKWARD

    def test_a_worry_is_asked_which_agreement_it_is_about_once_there_is_one(self, world: World) -> None:
        gathering = hold(world)
        assert "one of these agreements" not in main(world, "amara", url("add_worry", gathering))
        send(world, "sam", url("add_agreement", gathering), text="Tea first", how_reached="Round")
        assert "one of these agreements" in main(world, "amara", url("add_worry", gathering))

    def test_c5_a_facilitator_enters_one_for_a_member(self, world: World) -> None:
        gathering = hold(world)
        send(world, "sam", url("add_worry", gathering), words="From paper", entered_for_a_member="on")
        assert Dissent.everywhere.get().said_by is None
        assert "Entered for a member" in page(world, "amara", url("gathering", gathering))

    def test_c5_a_member_cannot_pass_their_worry_off_as_entered(self, world: World) -> None:
        gathering = hold(world)
        send(world, "amara", url("add_worry", gathering), words="Mine", entered_for_a_member="on")
        assert Dissent.everywhere.get().said_by == world.amara

    def test_a_worry_cannot_name_another_gatherings_agreement(self, world: World) -> None:
        elsewhere, here = hold(world), hold(world)
        send(world, "sam", url("add_agreement", elsewhere), text="Tea", how_reached="Round")
        agreed = Agreement.everywhere.get()
        assert send(world, "amara", url("add_worry", here), words="x", agreement=agreed.pk).status_code == 422
        assert (
            send(world, "amara", url("add_worry", elsewhere), words="x", agreement=agreed.pk).status_code
            == 302
        )

    def test_c4_a_facilitator_answers_and_a_member_may_not(self, world: World) -> None:
        gathering = hold(world)
        send(world, "amara", url("add_worry", gathering), words="Evenings")
        address = url("answer_worry", dissent=Dissent.everywhere.get().pk)
        assert send(world, "amara", address, words="x").status_code == 403
        assert send(world, "sam", address, words="Noon then").status_code == 302
        assert send(world, "sam", address, words="Or not").status_code == 422
        assert DissentAnswer.everywhere.get().words == "Noon then"
        where, words = led_to(world, "sam", address)
        assert where == url("gathering", gathering)
        assert ANSWERED in words
        assert "Noon then" in page(world, "amara", url("gathering", gathering))

    def test_an_answer_is_corrected_and_its_first_words_can_be_read(self, world: World) -> None:
        gathering = hold(world)
        send(world, "amara", url("add_worry", gathering), words="Evenings")
        send(world, "sam", url("answer_worry", dissent=Dissent.everywhere.get().pk), words="Non then")
        address = url("correct_answer", answer=DissentAnswer.everywhere.get().pk)
        assert address in main(world, "sam", url("gathering", gathering))
        assert address not in main(world, "amara", url("gathering", gathering))
        assert "Non then" in page(world, "sam", address)
        assert send(world, "amara", address, words="x").status_code == 403
        assert send(world, "sam", address, words="Noon then").status_code == 302
        shown = main(world, "amara", url("gathering", gathering))
        assert "Noon then" in shown
        assert "Non then" in shown
        where, words = led_to(world, "sam", address)
        assert (where, "It says now: “Noon then”" in words) == (url("gathering", gathering), True)

    def test_c4_no_address_deletes_a_worry(self, world: World) -> None:
        gathering = hold(world)
        send(world, "amara", url("add_worry", gathering), words="Evenings")
        worry = Dissent.everywhere.get()
        for ending in ("delete/", "remove/", ""):
            address = f"/s/harbour-city/worries/{worry.pk}/{ending}"
            assert world.client("sam").post(address).status_code == 404

    def test_forged_worries_and_asks_are_not_there(self, world: World) -> None:
        assert world.client("sam").get(url("answer_worry", dissent=uuid4())).status_code == 404
        assert world.client("sam").get(url("answer_ask", ask=uuid4())).status_code == 404
