"""A place's home: its path, one next step for each role, the dance floor and the balcony."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from collaboratives import actions as said
from collaboratives.models import Ask, Gathering
from kit.actions import Actor
from programmes import actions
from programmes.models import Membership, Site
from programmes.roles import Role
from tests.collaboratives.gatherings import from_now, hold, plan
from tests.vision.whys import adopted
from tests.world import World

HOME = "/s/harbour-city/"
BALCONY = f"{HOME}?view=balcony"
MOST_QUERIES = 16
LANDS_ON_HOME = ("sam", "amara", "tomasz", "helen", "marcus", "omar", "ines", "leo", "two_hats")


def seen(client: Client, path: str = HOME) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer


def text(world: World, person: str, path: str = HOME) -> str:
    return str(seen(world.client(person), path).content.decode())


def past(world: World, days: int = 10, **more: Any) -> Gathering:
    return hold(world, starts_at=from_now(days=-days), **more)


def worry(world: World, gathering: Gathering, **more: Any) -> Any:
    now = more.pop("now", timezone.now())
    return said.add_worry(
        within=world.collaborative,
        by=Actor(person=world.amara, now=now),
        gathering=gathering,
        words="Who pays?",
    )


def set_stage(world: World, stage: str, state: str, **more: str) -> None:
    actions.set_stage(at=world.harbour, by=Actor(person=world.sam), stage=stage, state=state, **more)


class TestThePath:
    def test_has_eight_stages_that_have_not_begun_in_a_new_place(self, world: World) -> None:
        path = seen(world.client("amara")).context["path"]
        assert [place.words for place in path] == ["Not begun"] * 7 + ["Comes last"]

    def test_shows_what_the_facilitator_said(self, world: World) -> None:
        set_stage(world, "together", "growing")
        path = seen(world.client("amara")).context["path"]
        assert (path[0].state, path[0].words, path[0].is_here) == ("shoot", "Growing", True)
        assert [place.is_here for place in path[1:]] == [False] * 7

    def test_shows_the_facilitator_s_note_beside_what_the_records_say(self, world: World) -> None:
        past(world)
        set_stage(world, "together", "growing", note="We look for carers.")
        set_stage(world, "listen", "growing", note="First talks.")
        path = seen(world.client("amara")).context["path"]
        assert [place.about for place in path[:2]] == ["Met once. We look for carers.", "First talks."]

    def test_asks_no_reason_for_what_comes_after_a_stage_whose_records_show_that_it_began(
        self, world: World
    ) -> None:
        with pytest.raises(actions.CannotSetStage, match="Come together has not begun"):
            set_stage(world, "listen", "growing")
        past(world)
        page = world.client("sam").get("/s/harbour-city/stages/listen/").content.decode()
        assert "Not begun before this" not in page
        set_stage(world, "listen", "growing")
        set_stage(world, "together", "not_begun")
        with pytest.raises(actions.CannotSetStage, match="Come together and Our why"):
            set_stage(world, "design", "growing")

    @pytest.mark.parametrize(
        ("state", "picture"),
        [("not_begun", "seed"), ("growing", "shoot"), ("rooted", "tree"), ("coming_back", "loop")],
    )
    def test_has_a_picture_for_each_state(self, world: World, state: str, picture: str) -> None:
        set_stage(world, "together", state)
        assert seen(world.client("amara")).context["path"][0].state == picture

    def test_links_only_to_what_one_may_open(self, world: World) -> None:
        for person in LANDS_ON_HOME:
            client = world.client(person)
            for place in seen(client).context["path"]:
                if place.url:
                    assert client.get(place.url).status_code == 200, (person, place.url)

    def test_lets_whoever_sets_it_say_where_each_stage_stands_with_what_records_suggest(
        self, world: World
    ) -> None:
        past(world)
        page, sam = text(world, "sam"), world.client("sam")
        assert "Say where we stand" in page
        assert "The records suggest “Growing”, because the Collaborative has met once." in page
        for place in seen(sam).context["path"]:
            assert sam.get(place.set_url).status_code == 200

    def test_asks_where_a_stage_stands_that_has_records_and_no_word(self, world: World) -> None:
        past(world)
        sam = world.client("sam")
        step = next(s for s in seen(sam).context["more_steps"] if s.title.startswith("Say where"))
        assert step.title == "Say where we stand: Come together"
        assert sam.get(step.url).status_code == 200
        assert seen(world.client("amara")).context["path"][0].words == "Not said yet"
        set_stage(world, "together", "not_begun")
        page = seen(world.client("sam")).context
        assert page["path"][0].words == "Not begun"
        assert not any(s.title.startswith("Say where") for s in [page["next_step"], *page["more_steps"]])

    def test_says_in_words_where_the_work_is_now(self, world: World) -> None:
        assert "We are here" not in text(world, "amara")
        set_stage(world, "together", "growing")
        assert text(world, "amara").count("We are here") == 1

    def test_says_why_governance_comes_last_until_it_begins(self, world: World) -> None:
        assert "Why last?" in text(world, "amara")
        set_stage(world, "governance", "growing", why_early="The council asked.")
        assert "Why last?" not in text(world, "amara")

    def test_offers_that_to_nobody_else(self, world: World) -> None:
        past(world)
        assert "Say where we stand" not in text(world, "amara")
        assert "The records suggest" not in text(world, "amara")


class TestTheNextStep:
    def step(self, client: Client) -> str:
        step = seen(client).context["next_step"]
        return step.title if step else ""

    def test_of_a_new_place_is_a_gathering_for_the_facilitator_and_a_voice_for_a_member(
        self, world: World
    ) -> None:
        assert self.step(world.client("sam")) == "Plan the next gathering"
        assert self.step(world.client("amara")) == "Add a voice to our why"

    def test_of_somebody_who_begins_alone_is_to_let_people_in_and_say_whom_they_can_call(
        self, world: World
    ) -> None:
        by, new = Actor(person=world.olive), Site(within=world.programme, name="Seaview", slug="seaview")
        actions.add_site(at=new, by=by, facilitator_name="Fay")
        fay = Membership.objects.of(new).get().person
        client = Client()
        client.force_login(fay, backend="django.contrib.auth.backends.ModelBackend")
        page = seen(client, "/s/seaview/").context
        steps = [step.title for step in (page["next_step"], *page["more_steps"])]
        assert steps == ["Let people in", "Plan the next gathering", "Say whom people can call"]
        for step in (page["next_step"], *page["more_steps"]):
            assert client.get(step.url).status_code == 200
        by = Actor(person=fay)
        actions.add_person(at=new, by=by, name="Amy", roles=[Role.PRACTITIONER_VOLUNTARY])
        actions.change_settings(
            at=new, by=by, name="Seaview", contact_name="Fay", contact_phone="01632960001"
        )
        page = seen(client, "/s/seaview/").context
        assert page["next_step"].title == "Plan the next gathering"
        assert "Say whom people can call" not in [step.title for step in page["more_steps"]]

    def test_is_a_worry_before_anything_else_for_whoever_answers_it(self, world: World) -> None:
        worry(world, past(world))
        assert self.step(world.client("sam")) == "A worry waits for an answer"
        assert "worry" not in self.step(world.client("amara")).lower()

    def test_is_the_record_when_a_gathering_is_over(self, world: World) -> None:
        plan(world, starts_at=from_now(days=-1), now=from_now(days=-9), title="Tea")
        assert self.step(world.client("sam")) == "Record “Tea”"

    def test_is_the_day_we_meet_for_a_member(self, world: World) -> None:
        plan(world, starts_at=from_now(days=5), now=timezone.now())
        assert self.step(world.client("amara")).startswith("We meet on ")

    def test_is_none_for_somebody_whom_nothing_waits_for(self, world: World) -> None:
        assert self.step(world.client("omar")) == ""
        assert "Nothing waits for you" in text(world, "omar")

    def test_leads_to_a_page_that_opens(self, world: World) -> None:
        worry(world, past(world))
        for person in LANDS_ON_HOME:
            client = world.client(person)
            page = seen(client).context
            for step in [page["next_step"], *page["more_steps"]]:
                assert step is None or client.get(step.url).status_code == 200, (person, step)

    def test_is_one_with_two_more_at_most(self, world: World) -> None:
        worry(world, past(world))
        assert len(seen(world.client("sam")).context["more_steps"]) <= 2


@pytest.mark.parametrize(("person", "words"), [("omar", "Help names you"), ("ines", "keeps no stories yet")])
def test_a_lead_reads_what_the_pages_cannot_do_yet(world: World, person: str, words: str) -> None:
    assert words in text(world, person)
    assert words not in text(world, "amara")


class TestAsks:
    def ask(self, world: World, days_ago: int, **more: Any) -> None:
        said.add_ask(
            within=world.collaborative,
            by=Actor(person=world.sam, now=timezone.now() - timedelta(days=days_ago)),
            gathering=past(world, days_ago + 1),
            text="Rooms on Fridays?",
            to_whom="The council",
            **more,
        )

    def steps(self, world: World, person: str = "sam") -> list[str]:
        page = seen(world.client(person)).context
        return [step.title for step in (page["next_step"], *page["more_steps"]) if step]

    @pytest.mark.parametrize(("days_ago", "waits"), [(27, False), (29, True)])
    def test_wait_for_four_weeks_without_a_day(self, world: World, *, days_ago: int, waits: bool) -> None:
        self.ask(world, days_ago)
        assert ("An ask has no answer yet" in self.steps(world)) is waits
        assert "An ask has no answer yet" not in self.steps(world, "amara")

    @pytest.mark.parametrize(("in_days", "waits"), [(1, False), (0, True)])
    def test_wait_until_the_day_they_have(self, world: World, *, in_days: int, waits: bool) -> None:
        self.ask(world, 5, by_when=timezone.localdate() + timedelta(days=in_days))
        assert ("An ask has no answer yet" in self.steps(world)) is waits

    def test_are_one_step_however_many(self, world: World) -> None:
        for days in (30, 31, 32):
            self.ask(world, days)
        assert "3 asks have no answer yet" in self.steps(world)


class TestNotNow:
    def put_off(self, client: Client, step: str = "") -> None:
        answer = client.post(step or seen(client).context["not_now"])
        assert answer.headers["Location"] == HOME

    def test_hides_that_step_for_a_week_and_no_other(self, world: World) -> None:
        worry(world, past(world))
        sam = world.client("sam")
        titles = [step.title for step in (seen(sam).context["next_step"], *seen(sam).context["more_steps"])]
        self.put_off(sam)
        page = seen(sam).context
        assert [page["next_step"].title, *(step.title for step in page["more_steps"])][
            : len(titles) - 1
        ] == titles[1:]

    def test_ends_after_seven_days_and_no_sign_in_ends_it_sooner(self, world: World) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            first = seen(world.client("sam")).context["next_step"].title
            self.put_off(world.client("sam"))
            for days, is_hidden in ((6, True), (2, False)):
                clock.shift(timedelta(days=days))
                assert (seen(world.client("sam")).context["next_step"].title != first) is is_hidden

    def test_says_for_how_long_and_keeps_what_was_put_off_in_sight(self, world: World) -> None:
        amara = world.client("amara")
        self.put_off(amara)
        page = seen(amara).content.decode()
        for words in ("Put off for a week", "Nothing else waits for you", "Put off by you: 1"):
            assert words in page
        assert "Add a voice to our why" in page
        assert "Put off by you" not in text(world, "two_hats")

    def test_a_new_worry_is_shown_although_others_were_put_off(self, world: World) -> None:
        gathering, sam = past(world), world.client("sam")
        first, _ = worry(world, gathering), worry(world, gathering)
        self.put_off(sam)
        assert "worr" not in seen(sam).context["next_step"].title
        self.answer(world, first)
        assert "worr" not in seen(sam).context["next_step"].title, "one of them is done: no reason to ask"
        worry(world, gathering)
        assert seen(sam).context["next_step"].title == "2 worries wait for an answer"

    @pytest.mark.parametrize(
        ("days_ago", "fields", "comes_back"),
        [
            (0, {"by_when": 0}, True),
            (5, {"by_when": -1}, True),
            (29, {}, True),
            (20, {}, False),
            (5, {"by_when": 3}, False),
        ],
    )
    def test_an_ask_that_falls_due_is_shown_although_others_were_put_off(
        self, world: World, *, days_ago: int, fields: dict[str, int], comes_back: bool
    ) -> None:
        sam, asks, today = world.client("sam"), TestAsks(), timezone.localdate()
        for days in (31, 32):
            asks.ask(world, days)
        self.put_off_asks(sam)
        first = Ask.everywhere.order_by("asked_at")[0]
        said.answer_ask(within=world.collaborative, by=Actor(person=world.sam), ask=first, answer="Yes")
        assert self.titles(sam) == [], "one of them is done: no reason to ask"
        asks.ask(world, days_ago, **{name: today + timedelta(days=n) for name, n in fields.items()})
        assert bool(self.titles(sam)) is comes_back

    def titles(self, client: Client) -> list[str]:
        page = seen(client).context
        steps = (page["next_step"], *page["more_steps"])
        return [step.title for step in steps if step and "no answer yet" in step.title]

    def put_off_asks(self, client: Client) -> None:
        while self.titles(client):
            self.put_off(client)

    def answer(self, world: World, dissent: Any) -> None:
        by = Actor(person=world.sam)
        said.answer_worry(within=world.collaborative, by=by, dissent=dissent, words="We will see.")

    def test_is_for_oneself_alone(self, world: World) -> None:
        two_hats, amara = world.client("two_hats"), world.client("amara")
        self.put_off(two_hats)
        assert seen(amara).context["next_step"].title == "Add a voice to our why"
        assert seen(two_hats).context["next_step"] is None

    @pytest.mark.parametrize("key", ["", "nothing", "%00", "0" * 5000])
    def test_of_no_step_hides_nothing(self, world: World, key: str) -> None:
        amara = world.client("amara")
        self.put_off(amara, f"{HOME}not-now/?step={key}")
        assert seen(amara).context["next_step"].title == "Add a voice to our why"
        assert seen(amara).context["put_off"] == []

    def test_comes_by_a_press_and_not_by_a_link(self, world: World) -> None:
        assert world.client("amara").get(f"{HOME}not-now/").status_code == 405


class TestTheDanceFloor:
    def test_shows_what_comes_up_to_those_who_may_see_gatherings(self, world: World) -> None:
        plan(world, starts_at=from_now(days=40), now=timezone.now(), title="Soup and plans")
        adopted(world)
        page = seen(world.client("amara")).context
        assert "Soup and plans" in (page["coming_up"] or page["next_step"]).words
        assert "Soup and plans" in text(world, "amara")
        assert "Soup and plans" not in text(world, "helen")

    def test_shows_it_beside_something_more_urgent(self, world: World) -> None:
        worry(world, past(world))
        plan(world, starts_at=from_now(days=4), now=timezone.now(), title="Soup and plans")
        page = seen(world.client("sam")).context
        assert "Soup and plans" in page["coming_up"].words
        assert page["next_step"].title == "A worry waits for an answer"

    def test_says_nothing_of_what_has_been(self, world: World) -> None:
        past(world, title="Long over")
        assert "Long over" not in text(world, "amara")

    def test_leads_to_ones_own_card(self, world: World) -> None:
        assert 'href="/s/harbour-city/me/"' in text(world, "helen")


class TestTheBalcony:
    def patterns(self, world: World, person: str = "amara") -> list[str]:
        stages = seen(world.client(person), BALCONY).context["patterns"]
        return [words for stage in stages for words in stage.patterns]

    def test_of_a_new_place_shows_no_pattern(self, world: World) -> None:
        assert self.patterns(world) == []
        assert "Nothing to see from here yet" in text(world, "amara", BALCONY)

    def test_says_who_is_not_yet_in_the_room(self, world: World) -> None:
        past(world, people_came=12, totals={"lived_experience": 3, "carer": 1})
        when, there, not_yet = self.patterns(world)
        assert when == "The Collaborative last met a week ago."
        assert there == "In the room when people last met: lived experience; carer."
        assert not_yet.startswith("Not yet in the room when people last met: practitioner, statutory;")
        assert "carer" not in not_yet

    def test_says_nothing_about_a_small_number_in_a_large_room(self, world: World) -> None:
        past(world, people_came=40, totals={"lived_experience": 20, "carer": 1, "statutory": 30})
        assert self.patterns(world) == [
            "The Collaborative last met a week ago.",
            (
                "In the room when people last met: lived experience; practitioner, statutory. "
                "The others were too few to say, or not there."
            ),
        ]

    @time_machine.travel("2026-06-18 12:00Z", tick=False)
    def test_says_since_when_worries_asks_and_records_wait(self, world: World) -> None:
        gathering = past(world, people_came=40)
        by = Actor(person=world.sam, now=from_now(days=-3))
        worry(world, gathering)
        ask = said.add_ask(
            within=world.collaborative, by=by, gathering=gathering, text="A room", to_whom="The council"
        )
        plan(world, starts_at=from_now(days=-2), now=from_now(days=-9), title="Tea")
        assert self.patterns(world)[2:] == [
            "A gathering has waited to be recorded since 16 June 2026.",
            "A worry has waited for an answer since 18 June 2026.",
            "An ask has waited for an answer since 15 June 2026.",
        ]
        worry(world, gathering)
        assert "2 worries wait for an answer, the first since 18 June 2026." in self.patterns(world)
        said.answer_ask(within=world.collaborative, by=by, ask=ask, answer="Yes")
        assert "ask" not in " ".join(self.patterns(world))

    @pytest.mark.parametrize(("days", "ago"), [(1, "less than a week"), (8, "a week"), (71, "10 weeks")])
    def test_says_how_long_ago_people_met(self, world: World, days: int, ago: str) -> None:
        past(world, days=days, people_came=40)
        assert self.patterns(world)[0] == f"The Collaborative last met {ago} ago."

    def test_shows_what_began_early_and_why(self, world: World) -> None:
        set_stage(world, "design", "growing", why_early="The money had to be spent.")
        assert self.patterns(world, "helen") == ["This began early: The money had to be spent."]
        assert "<h3" in text(world, "helen", BALCONY).partition("This began early")[0]

    def test_tells_nothing_of_the_collaborative_to_those_who_may_not_see_it(self, world: World) -> None:
        worry(world, past(world, days=70))
        assert self.patterns(world, "helen") == []

    def test_is_the_same_page_by_a_link(self, world: World) -> None:
        views = seen(world.client("amara"), BALCONY).context["views"]
        assert [(view["label"], view["is_current"]) for view in views] == [
            ("Dance floor", False),
            ("Balcony", True),
        ]


class TestQueries:
    def count(self, world: World, path: str) -> int:
        client = world.client("sam")
        seen(client, path)
        with CaptureQueriesContext(connection) as asked:
            seen(client, path)
        return len([query for query in asked if query["sql"].startswith("SELECT")])

    @pytest.mark.parametrize("path", [HOME, BALCONY])
    def test_are_as_many_with_thirty_rows_as_with_one(self, world: World, path: str) -> None:
        adopted(world)
        worry(world, past(world))
        plan(world, starts_at=from_now(days=5), now=timezone.now())
        set_stage(world, "together", "growing")
        plan(world, starts_at=from_now(days=-2), now=from_now(days=-9))
        one = self.count(world, path)
        for day in range(30):
            gathering = past(world, days=day + 11)
            worry(world, gathering)
            plan(world, starts_at=from_now(days=day + 6), now=timezone.now())
        assert self.count(world, path) == one <= MOST_QUERIES


class TestAPlaceThatRests:
    def test_says_so_and_offers_no_change(self, world: World) -> None:
        worry(world, past(world))
        plan(world, starts_at=from_now(days=5), now=timezone.now())
        assert "We meet on" in text(world, "amara")
        world.harbour.status, world.harbour.status_reason = "paused", "We rest over the winter."
        world.harbour.save()
        page = text(world, "sam")
        assert "We rest over the winter." in page
        assert "We meet on" not in text(world, "amara"), "nothing is planned while it rests"
        assert "Say where we stand" not in page
        assert seen(world.client("sam")).context["next_step"] is None
        assert world.client("sam").get(f"{HOME}gatherings/plan/").status_code == 403
        assert (
            "can be read, and nothing can be changed"
            in world.client("sam").get(f"{HOME}gatherings/plan/").content.decode()
        )
