"""Where a place stands with each stage, and what its programme gets to know."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from kit.actions import Actor, Stray
from kit.scope import opened
from programmes import actions
from programmes.models import PlaceCard, StageState
from programmes.stages import Progress, the_method
from tests.programmes.sending import queries, send, text_of
from tests.world import World

STAGES = "/s/harbour-city/stages/"


def _set(world: World, stage: str, state: str, **words: str) -> StageState:
    return actions.set_stage(at=world.harbour, by=Actor(person=world.sam), stage=stage, state=state, **words)


def _state(world: World) -> StageState:
    with opened(world.harbour):
        return StageState.objects.at(world.harbour).get()


def _words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def _cards(world: World) -> list[PlaceCard]:
    with opened(world.programme):
        return list(PlaceCard.objects.at(world.programme))


class TestSayingWhereWeStand:
    def test_the_facilitator_says_so_and_the_programme_gets_a_card(self, world: World) -> None:
        answer = send(world.client("sam"), f"{STAGES}together/", state="growing", note="We met twice")
        assert answer.status_code == 302
        state = _state(world)
        assert (state.stage, state.state, state.note) == ("together", "growing", "We met twice")
        card = _cards(world)[0]
        assert (card.site, card.stage, card.state) == (world.harbour, "together", "growing")

    def test_the_note_stays_in_the_place(self, world: World) -> None:
        _set(world, "together", "growing", note="We met twice")
        assert "We met twice" not in text_of(world.client("kit").get("/p/north/"))

    def test_a_note_alone_gives_no_new_card(self, world: World) -> None:
        _set(world, "together", "growing")
        _set(world, "together", "growing", note="We met twice")
        assert len(_cards(world)) == 1
        _set(world, "together", "rooted")
        assert len(_cards(world)) == 2

    def test_an_early_start_says_why(self, world: World) -> None:
        client = world.client("sam")
        answer = send(client, f"{STAGES}why/", state="growing")
        assert answer.status_code == 422
        assert "have not begun yet" in text_of(answer)
        answer = send(client, f"{STAGES}why/", state="growing", why_early="The young people asked")
        assert answer.status_code == 302
        assert _state(world).why_early == "The young people asked"

    def test_the_reason_is_asked_for_only_where_something_before_has_not_begun(self, world: World) -> None:
        client = world.client("sam")
        assert "Why this comes early" in text_of(client.get(f"{STAGES}why/"))
        assert "Why this comes early" not in text_of(client.get(f"{STAGES}together/"))
        _set(world, "why", "growing", why_early="The young people asked")
        for stage in ("together", "listen"):
            _set(world, stage, "growing")
        assert "The young people asked" in text_of(client.get(f"{STAGES}why/"))

    def test_nothing_is_ticked_before_anything_was_said(self, world: World) -> None:
        client = world.client("sam")
        assert " checked" not in text_of(client.get(f"{STAGES}together/"))
        _set(world, "together", "rooted")
        page = text_of(client.get(f"{STAGES}together/"))
        assert page.count(" checked") == 1
        assert 'value="rooted"' in page.partition(" checked")[0].rpartition("<input")[2]

    @pytest.mark.parametrize("state", ["not_begun", "coming_back"])
    def test_only_a_start_needs_a_reason(self, world: World, state: str) -> None:
        assert _set(world, "why", state).state == state

    def test_in_the_method_s_order_no_reason_is_needed(self, world: World) -> None:
        for stage in the_method():
            assert _set(world, stage.slug, "growing").why_early == ""

    def test_what_the_records_suggest_stands_beside_the_question(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stage = replace(
            the_method()[0], progress=lambda site: Progress("", "growing", "two gatherings were held")
        )
        monkeypatch.setattr("programmes.views.stages.stage_called", lambda slug: stage)
        page = text_of(world.client("sam").get(f"{STAGES}together/"))
        assert "suggests “Growing”, because two gatherings were held" in page

    def test_the_same_form_twice_is_one_change(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            assert send(client, f"{STAGES}together/", key=key, state="growing").status_code == 302
        assert _state(world).version == 1
        assert len(_cards(world)) == 1

    def test_a_stale_change_shows_both(self, world: World) -> None:
        client = world.client("sam")
        _set(world, "together", "growing", note="First note")
        send(client, f"{STAGES}together/", seen_version=1, state="growing", note="Second note")
        answer = send(client, f"{STAGES}together/", seen_version=1, state="rooted", note="Third note")
        assert answer.status_code == 409
        assert "Second note" in text_of(answer)
        assert "Third note" in text_of(answer)

    def test_two_first_words_at_once_are_noticed(self, world: World) -> None:
        _set(world, "together", "growing")
        answer = send(world.client("sam"), f"{STAGES}together/", state="rooted")
        assert answer.status_code == 409

    def test_a_stage_that_the_method_does_not_have(self, world: World) -> None:
        assert world.client("sam").get(f"{STAGES}strategy/").status_code == 404
        with pytest.raises(Stray):
            _set(world, "strategy", "growing")

    @pytest.mark.parametrize(
        ("name", "status"), [("amara", 403), ("kit", 403), ("grace", 403), ("nadia", 404)]
    )
    def test_nobody_else_may(self, world: World, name: str, status: int) -> None:
        assert send(world.client(name), f"{STAGES}together/", state="growing").status_code == status
        with opened(world.harbour):
            assert not StageState.objects.at(world.harbour).exists()


class TestAStageToCome:
    def test_it_says_what_belongs_there_and_that_the_tools_come_later(self, world: World) -> None:
        page = text_of(world.client("amara").get("/s/harbour-city/governance/"))
        assert "come in a later version" in page
        assert "Comes last" in page
        assert "Not begun" in text_of(world.client("amara").get("/s/harbour-city/practice/"))
        assert "Say where we stand" not in page

    def test_it_shows_what_the_facilitator_said_and_lets_them_say_more(self, world: World) -> None:
        _set(world, "governance", "growing", note="A first talk <b>", why_early="The council asked")
        page = text_of(world.client("sam").get("/s/harbour-city/governance/"))
        assert "A first talk &lt;b&gt;" in page
        assert "The council asked" in page
        assert "Say where we stand" in page


class TestTheProgrammesPlaces:
    def test_x3_places_stand_by_name_in_words_without_figures(self, world: World) -> None:
        _set(world, "together", "rooted")
        page = text_of(world.client("kit").get("/p/north/"))
        assert page.index("Harbour City") < page.index("Thornbridge")
        main = page.partition("<main")[2].partition("</main>")[0]
        assert "Come together: Well rooted, since" in _words(main)
        assert "Listen: Not begun" in _words(main)
        assert "Our why: Not said yet" in _words(main), "it keeps records, which stay in the place"
        assert "Governance: Comes last" in _words(main)
        assert "lw-tag" not in main, "a tag has a colour, and beside another place's a colour rates"
        for word in ("%", "score", "rank"):
            assert word not in main

    def test_the_newest_word_counts(self, world: World) -> None:
        _set(world, "together", "growing")
        _set(world, "together", "coming_back")
        main = _words(text_of(world.client("kit").get("/p/north/")).partition("<main")[2])
        assert "Coming back to it, since" in main
        assert "Growing, since" not in main

    def test_an_early_start_is_read_with_its_reason(self, world: World) -> None:
        _set(world, "design", "growing", why_early="The young people asked")
        assert "Came early: The young people asked" in text_of(world.client("kit").get("/p/north/"))

    def test_another_programme_s_places_are_not_there(self, world: World) -> None:
        assert "Farfield" not in text_of(world.client("kit").get("/p/north/"))
        assert world.client("kit").get("/p/south/").status_code == 404

    @pytest.mark.parametrize("name", ["sam", "amara", "grace", "olive", "stranger"])
    def test_a_place_s_own_people_do_not_look_over_the_programme(self, world: World, name: str) -> None:
        assert world.client(name).get("/p/north/").status_code == 404

    def test_it_asks_as_few_questions_for_thirty_more_places(self, world: World) -> None:
        client = world.client("priya")
        few = queries(client, "/p/north/")
        for number in range(24):
            site = type(world.harbour).objects.create(
                within=world.programme, name=f"Place {number}", slug=f"place-{number}"
            )
            actions.set_stage(at=site, by=Actor(person=world.sam), stage="together", state="growing")
        assert queries(client, "/p/north/") == few
        assert few <= 12

    def test_a_place_that_pauses_says_so(self, world: World) -> None:
        actions.rest_site(
            at=world.thornbridge, by=Actor(person=world.nadia), status="paused", status_reason="Snow"
        )
        page = text_of(world.client("kit").get("/p/north/"))
        assert "taking a pause" in page
        assert "Snow" in page
