"""What a snapshot holds: safe figures, texts by reference, and nothing that moves afterwards."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from collaboratives import actions as said
from kit.actions import Actor
from kit.models import At
from kit.scope import opened
from kit.small_numbers import Kind, people, presence, share, things
from programmes import actions as programmes
from programmes.stages import Period
from reports.actions.editions import edition_of
from reports.actions.snapshots import _without_people
from reports.models import Report, Snapshot
from tests.collaboratives.gatherings import MAY, hold
from tests.reports.reporting import SPRING, again, make, page_of, release, sections_of
from tests.vision.whys import WORDS, adopted
from tests.world import World
from vision import actions as why

SECRETS: dict[str, Any] = {
    "people_came": 97,
    "totals": {"lived_experience": 64, "carer": 7, "statutory": 6, "manager": 83},
}
"""Counts that stand nowhere else on these pages."""


def text_of(report: Report) -> str:
    return json.dumps(sections_of(report), ensure_ascii=False)


def numbers_in(text: str) -> set[str]:
    without_names = re.sub(
        r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|<svg.*?</svg>", " ", text, flags=re.DOTALL
    )
    return set(re.findall(r"(?<![\w.:-])\d+(?![\w.:-])", without_names))


def shown_on_paths(world: World, report: Report) -> dict[str, str]:
    client = world.client("sam")
    paths = (page_of(report), page_of(report, "charts/journey.csv"), page_of(report, "charts/gatherings.csv"))
    return {path: client.get(path).content.decode() for path in (*paths, "/s/harbour-city/progress/")}


class TestWhatIsFrozen:
    def test_is_the_name_of_the_place_too(self, world: World) -> None:
        report = release(world, make(world))
        by, name = Actor(person=world.sam), "Harbour City & Hill"
        programmes.change_settings(at=world.harbour, by=by, name=name)
        page = re.sub(r"\s+", " ", world.client("sam").get(page_of(report)).content.decode()).split("<main")[
            1
        ]
        assert "Harbour City: progress report" in page
        assert "Harbour City &amp; Hill: progress report" not in page

    def test_page_table_and_paper_say_the_same_month_since_when(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC), tick=False):
            by = Actor(person=world.sam)
            programmes.set_stage(at=world.harbour, by=by, stage="together", state="growing")
        with time_machine.travel(datetime(2026, 6, 3, 12, tzinfo=UTC), tick=False):
            words = {"state": "growing", "why_early": "The council asked."}
            programmes.set_stage(at=world.harbour, by=Actor(person=world.sam), stage="together", **words)
        report = make(world)
        with opened(world.harbour):
            edition = edition_of(world.harbour, report)
        of_paper = {stage["name"]: stage["since"] for stage in edition.journey}
        rows = {row[0].partition(" ")[2]: row[2] for row in edition.charts["journey"].rows}
        assert of_paper["Come together"] == date(2026, 5, 20), (
            "since it grows, not since the reason was added"
        )
        assert rows == {name: f"{day:%B %Y}" if day else "\N{EN DASH}" for name, day in of_paper.items()}
        assert rows["Governance"] == "\N{EN DASH}"


class TestSmallNumbersR1:
    def test_no_count_as_typed_is_in_the_snapshot(self, world: World) -> None:
        hold(world, **SECRETS)
        kept = text_of(make(world))
        assert not {"97", "64", "83"} & numbers_in(kept)
        assert set(re.findall(r'"figure": (\d+)', kept)) == {"0", "1", "8", "65", "85", "95"}

    def test_no_count_as_typed_is_on_a_page_or_in_a_file(self, world: World) -> None:
        hold(world, **SECRETS)
        for path, text in shown_on_paths(world, release(world, make(world))).items():
            words = re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", text, flags=re.DOTALL))
            assert not {"97", "64", "83"} & numbers_in(words), path
        page = world.client("sam").get(page_of(Report.objects.at(world.harbour).get())).content.decode()
        assert "about 95" in page
        assert "fewer than 8" in page

    def test_no_count_as_typed_is_in_a_drawing(self, world: World) -> None:
        hold(world, **SECRETS)
        page = world.client("sam").get(page_of(make(world))).content.decode()
        for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
            assert not {"97", "64", "83"} & set(re.findall(r">(\d+)<", drawing))

    def test_two_rooms_that_differ_by_one_read_alike(self, world: World) -> None:
        hold(world, people_came=46, totals={"carer": 3})
        one = make(world)
        hold(world, people_came=47, totals={"carer": 4}, starts_at=MAY + timedelta(days=1))
        each = sections_of(again(make(world)))[0]["each"]
        assert {key: each[0][key] for key in ("people", "perspectives")} == {
            key: each[1][key] for key in ("people", "perspectives")
        }
        assert sections_of(again(one))[0]["each"][0]["people"] == each[0]["people"]


class TestWorriesR9:
    def test_count_as_people_do_since_each_is_somebodys(self, world: World) -> None:
        pages = []
        for days in (0, 1):
            said.add_worry(
                within=world.collaborative,
                by=Actor(person=world.amara, now=MAY + timedelta(days=1)),
                gathering=hold(world, starts_at=MAY + timedelta(days=days)),
                words="Who pays?",
            )
            pages.append(world.client("sam").get(page_of(make(world))).content.decode())
            assert "worries raised, fewer than 8 answered" in pages[-1]
        one, two = (re.search(r"<dd>([^<]*)</dd><dt>worries raised", page) for page in pages)
        assert one and two and one.group(1) == two.group(1) == "fewer than 8"  # noqa: PT018 - for mypy

    def test_are_left_out_while_the_months_run(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 6, 30, 22, tzinfo=UTC)):
            hold(world)
            page = world.client("sam").get(page_of(make(world))).content.decode()
        assert "worries raised" not in page
        assert "gathering of the Collaborative" in page

    def test_read_so_in_a_snapshot_from_when_they_counted_as_things(self, world: World) -> None:
        hold(world)
        report = make(world)
        kept = sections_of(report)
        for section in kept:
            if section["kind"] == "around_the_table":
                section["worries"] = {"raised": things(1).to_json(), "answered": things(0).to_json()}
        page = self._with(world, report, kept)
        assert "<dd>fewer than 8</dd><dt>worries raised, fewer than 8 answered</dt>" in page
        kept[-1]["still_runs"] = True
        assert "worries raised" not in self._with(world, report, kept)

    def _with(self, world: World, report: Report, sections: list[dict[str, Any]]) -> str:
        old = Snapshot.everywhere.create(
            scope=world.harbour, first_day=report.first_day, last_day=report.last_day,
            made_at=MAY, sections=sections, digest="",
        )  # fmt: skip
        Report.everywhere.filter(pk=report.pk).update(snapshot=old)
        return world.client("sam").get(page_of(report)).content.decode()


FIGURES = st.one_of(
    st.integers(0, 300).map(people),
    st.integers(0, 300).map(things),
    st.integers(0, 40).map(lambda part: share(part, 80)),
    st.integers(0, 30).map(lambda few: presence({"carer": few}, of_people=10)["carer"]),
).map(lambda shown: shown.to_json())
SECTIONS = st.recursive(
    FIGURES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner)
)


def kinds_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        own = {value["kind"]} if "kind" in value else set()
        return own | {kind for inner in value.values() for kind in kinds_in(inner)}
    return {kind for inner in value for kind in kinds_in(inner)} if isinstance(value, list) else set()


class TestAQuarterThatStillRunsR4:
    @given(SECTIONS)
    def test_keeps_counts_of_things_and_no_figure_about_people(self, section: Any) -> None:
        assert kinds_in(_without_people(section)) <= {Kind.EXACTLY.value, Kind.NOT_SHOWN.value}

    def test_leaves_people_out_of_snapshot_and_page(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 6, 30, 22, tzinfo=UTC)):
            hold(world, **SECRETS)
            report = make(world)
            page = world.client("sam").get(page_of(report)).content.decode()
        assert kinds_in(sections_of(report)[0]) == {"around_the_table", "exactly", "not shown"}
        assert "These months are not over" in page
        assert "April to June 2026, so far" in page
        assert "about 45" not in page

    def test_shows_them_once_it_is_over(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 7, 1, 0, 30, tzinfo=UTC)):
            hold(world, **SECRETS)
            report = make(world)
            page = world.client("sam").get(page_of(report)).content.decode()
        assert "about 95" in page
        assert "These months are not over" not in page
        assert "2026, so far" not in page


class TestASnapshot:
    def test_stays_when_records_change_afterwards(self, world: World) -> None:
        gathering = hold(world)
        report = release(world, make(world))
        before, path = text_of(report), "/s/harbour-city/progress/"
        was = {
            url: world.client("sam").get(url).content for url in (path, page_of(report, "charts/journey.csv"))
        }
        said.add_agreement(
            within=world.collaborative, by=Actor(person=world.sam), gathering=gathering,
            text="We begin with tea.", how_reached="Round the room",
        )  # fmt: skip
        hold(world, starts_at=MAY + timedelta(days=2), title="Another one")
        programmes.set_stage(at=world.harbour, by=Actor(person=world.sam), stage="together", state="growing")
        assert text_of(again(report)) == before
        page = world.client("sam").get(path).content.decode()
        assert "reached" in page
        assert strip(was[path].decode()) == strip(page)
        assert (
            world.client("sam").get(page_of(report, "charts/journey.csv")).content
            == was[page_of(report, "charts/journey.csv")]
        )

    def test_cannot_be_reached_without_its_place(self) -> None:
        assert isinstance(Report.__dict__["objects"], At)

    def test_names_texts_and_copies_none(self, world: World) -> None:
        adopted(world)
        programmes.set_stage(
            at=world.harbour, by=Actor(person=world.sam, now=MAY), stage="design", state="growing",
            why_early="The money had to be spent before April.",
        )  # fmt: skip
        report = make(world)
        kept = text_of(report)
        for words in (
            WORDS,
            "Kindness",
            "We notice",
            "call back",
            "Spring gathering",
            "money had to be spent",
        ):
            assert words not in kept, words
        page = world.client("sam").get(page_of(report)).content.decode()
        for words in (WORDS, "Kindness", "We notice", "call back", "money had to be spent"):
            assert words in page, words

    def test_keeps_the_vision_that_stood_then(self, world: World) -> None:
        adopted(world)
        report = make(world)
        draft = why.start_draft(at=world.harbour, by=Actor(person=world.sam), why_changed="Broader")
        why.write_draft(
            at=world.harbour, by=Actor(person=world.sam), vision=draft, statement="Quite other words."
        )
        page = world.client("sam").get(page_of(report)).content.decode()
        assert WORDS in page
        assert "Quite other words." not in page

    def test_says_when_a_place_had_no_words_yet(self, world: World) -> None:
        page = world.client("sam").get(page_of(make(world))).content.decode()
        assert "Harbour City was still finding its words." in page

    def test_dates_a_change_by_the_day_here(self, world: World) -> None:
        midnight = Actor(person=world.sam, now=datetime(2026, 6, 1, 23, 30, tzinfo=UTC))
        programmes.set_stage(at=world.harbour, by=midnight, stage="together", state="growing")
        stages = next(part for part in sections_of(make(world)) if part["kind"] == "journey")["stages"]
        assert stages[0]["changes"] == [{"on": "2026-06-02", "state": "growing"}]

    def test_knows_nothing_of_what_came_after_the_period(self, world: World) -> None:
        later = Actor(person=world.sam, now=datetime(2026, 7, 2, 9, tzinfo=UTC))
        programmes.set_stage(at=world.harbour, by=later, stage="together", state="growing")
        stages = next(part for part in sections_of(make(world)) if part["kind"] == "journey")["stages"]
        assert stages[0]["state"] == "not_begun"

    def test_of_a_neighbour_holds_nothing_of_ours(self, world: World) -> None:
        hold(world)
        theirs = Period(date(2026, 4, 1), date(2026, 6, 30))
        assert sections_of(make(world, theirs))[0]["gatherings"] == things(1).to_json()
        report = world.client("nadia").get("/s/thornbridge/reports/")
        assert report.status_code == 200
        assert b"Released" not in report.content
        assert b"No reports yet" in report.content


def strip(page: str) -> str:
    """Leave out what is new on every page: tokens and the vision line's neighbourhood."""
    return re.sub(r'value="[^"]{20,}"', "", page)


class TestAFile:
    def test_reads_no_words_as_formulas(self, world: World) -> None:
        answer = world.client("sam").get(page_of(make(world, SPRING), "charts/journey.csv"))
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="journey.csv"'
        cells = re.findall(r'"([^"]*)"', answer.content.decode("utf-8-sig"))
        assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell]
        assert cells[:2] == ["Stage", "How it stands"]
