"""Who reads a report: before and after its release, named and not named, and by which address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import pdf
from kit.actions import Actor
from people.models import Person
from programmes.actions import remove_person
from programmes.models import Membership
from reports.models import Report
from tests.programmes.inviting import comes_in
from tests.reports.reporting import (
    MAY_SEE_REPORTS,
    OF_THE_PROGRAMME,
    SPRING,
    WINTER,
    ask,
    make,
    name,
    page_of,
    release,
    unname,
)
from tests.vision.whys import WORDS, adopted
from tests.world import World

HERE_WITHOUT_REPORTS = {"omar", "ines", "leo"}
MOST_QUERIES = 12


def parts(report: Report) -> Iterator[str]:
    for part in ("", "pdf/", "charts/journey.csv"):
        yield page_of(report, part)


def coach(world: World, person: Person) -> None:
    comes_in(world.programme, world.priya, person, "coach")


def who_opens(world: World, report: Report) -> set[str]:
    """Everybody whom all three addresses let in; refuses to let one address differ from the others."""
    found = set()
    for person in world.people:
        client = world.client(person)
        answers = {client.get(path).status_code for path in parts(report)}
        assert len(answers) == 1, (person, answers)
        expected = {403} if person in HERE_WITHOUT_REPORTS else {200, 404}
        assert answers <= expected, (person, answers)
        found |= {person} if answers == {200} else set()
    return found


class TestAReport:
    def test_before_its_release_is_for_those_who_make_reports(self, world: World, report: Report) -> None:
        assert who_opens(world, report) == {"sam"}

    def test_released_to_the_place_is_for_everybody_who_may_see_reports(
        self, world: World, report: Report
    ) -> None:
        release(world, report)
        assert who_opens(world, report) == MAY_SEE_REPORTS

    def test_released_to_named_readers_is_for_those_who_make_reports_until_somebody_is_named(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        assert who_opens(world, report) == {"sam"}
        name(world, report, world.grace)
        name(world, report, world.ruth)
        assert who_opens(world, report) == {"sam", "grace", "ruth"}

    def test_opens_to_a_named_reader_only_once_it_is_released(self, world: World, report: Report) -> None:
        name(world, report, world.grace)
        assert who_opens(world, report) == {"sam"}
        release(world, report, "named")
        assert who_opens(world, report) == {"sam", "grace"}

    @pytest.mark.parametrize("person", sorted(OF_THE_PROGRAMME))
    def test_opens_to_whoever_leads_or_coaches_the_programme_only_if_it_names_them(
        self, world: World, report: Report, person: str
    ) -> None:
        release(world, report)
        assert not OF_THE_PROGRAMME & who_opens(world, report)
        name(world, report, world.people[person])
        assert OF_THE_PROGRAMME & who_opens(world, report) == {person}

    def test_is_reached_by_a_coach_from_the_page_of_all_places(self, world: World, report: Report) -> None:
        release(world, report, "named")
        name(world, report, world.kit)
        kit = world.client("kit")
        assert 'href="/s/harbour-city/reports/"' in kit.get("/p/north/").content.decode()
        assert page_of(report) in kit.get("/s/harbour-city/reports/").content.decode()

    def test_closes_at_the_next_request_to_somebody_taken_off_the_list(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        name(world, report, world.grace)
        grace = world.client("grace")
        assert grace.get(page_of(report)).status_code == 200
        unname(world, report, world.grace)
        assert {grace.get(path).status_code for path in parts(report)} == {404}

    def test_closes_when_its_readers_become_fewer(self, world: World, report: Report) -> None:
        amara = world.client("amara")
        release(world, report)
        assert amara.get(page_of(report)).status_code == 200
        release(world, report, "named")
        assert amara.get(page_of(report)).status_code == 404

    def test_closes_to_a_named_reader_who_left_the_place(self, world: World, report: Report) -> None:
        release(world, report, "named")
        name(world, report, world.grace)
        grace = world.client("grace")
        assert grace.get(page_of(report)).status_code == 200
        Membership.objects.filter(person=world.grace).delete()
        assert {grace.get(path).status_code for path in parts(report)} == {404}

    def test_stays_closed_to_a_named_reader_who_left_and_was_added_anew(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        name(world, report, world.grace)
        by = Actor(person=world.sam)
        remove_person(at=world.harbour, by=by, person_id=world.grace.pk)
        comes_in(world.harbour, world.sam, world.grace, "commissioner")
        assert world.client("grace").get(page_of(report)).status_code == 404
        name(world, report, world.grace)
        assert world.client("grace").get(page_of(report)).status_code == 200

    def test_stays_closed_to_a_named_coach_who_stopped_and_began_again_unless_they_stayed_in_the_place(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        by, both = Actor(person=world.priya), (world.kit, world.two_hats)
        coach(world, world.two_hats)
        for person in both:
            name(world, report, person)
            remove_person(at=world.programme, by=by, person_id=person.pk)
            coach(world, person)
        assert world.client("kit").get(page_of(report)).status_code == 404
        assert world.client("two_hats").get(page_of(report)).status_code == 200

    def test_leads_whoever_has_not_signed_in_to_the_sign_in_page(self, client, report: Report) -> None:
        for path in parts(report):
            assert client.get(path).headers["Location"].startswith("/in/")

    def test_of_another_place_is_not_there(self, world: World, report: Report) -> None:
        release(world, report)
        for path in parts(report):
            elsewhere = path.replace("harbour-city", "thornbridge")
            assert world.client("nadia").get(elsewhere).status_code == 404
            assert world.client("nadia").get(path).status_code == 404

    def test_of_a_place_that_rests_is_still_read_and_not_made(self, world: World, report: Report) -> None:
        world.harbour.status = "paused"
        world.harbour.save()
        sam = world.client("sam")
        assert {sam.get(path).status_code for path in parts(report)} == {200}
        assert sam.get("/s/harbour-city/reports/new/").status_code == 403

    def test_that_is_not_made_has_neither_file_nor_table(self, world: World) -> None:
        waiting = ask(world, WINTER)
        assert [world.client("sam").get(path).status_code for path in parts(waiting)] == [200, 404, 404]


class TestTheFile:
    def test_is_what_was_made(self, world: World, report: Report, paper: bytes) -> None:
        answer = world.client("sam").get(page_of(report, "pdf/"))
        assert answer.content == paper
        assert answer.headers["Content-Type"] == "application/pdf"
        assert "harbour-city-2026-04-edition-1.pdf" in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]

    def test_that_is_missing_on_the_disk_is_not_found(
        self, world: World, report: Report, files: Path
    ) -> None:
        (files / report.pdf_name).unlink()
        assert world.client("sam").get(page_of(report, "pdf/")).status_code == 404
        assert world.client("sam").get(page_of(report)).status_code == 200

    def test_with_a_wrong_id_is_not_found(self, world: World, report: Report) -> None:
        sam = world.client("sam")
        assert sam.get(page_of(report, "pdf/").replace(str(report.pk), str(uuid4()))).status_code == 404
        assert sam.get(page_of(report, "charts/nothing.csv")).status_code == 404

    def test_has_no_address_without_the_platform(self, world: World, report: Report) -> None:
        for path in (f"/static/{report.pdf_name}", f"/{report.pdf_name}", f"/files/{report.pdf_name}"):
            assert world.client("sam").get(path).status_code == 404


class TestTheList:
    def listed(self, world: World, person: str) -> list[Report]:
        return list(world.client(person).get("/s/harbour-city/reports/").context["page"])

    def test_shows_what_one_may_read_and_nothing_else(self, world: World) -> None:
        first, second, third = make(world, WINTER), make(world), make(world)
        release(world, first)
        release(world, second, "named")
        name(world, second, world.grace)
        assert self.listed(world, "sam") == [third, second, first]
        assert self.listed(world, "grace") == [second, first]
        assert self.listed(world, "amara") == [first]

    def test_progress_shows_the_newest_that_is_released_to_one(self, world: World) -> None:
        first, second = make(world, WINTER), make(world)
        progress = {
            person: world.client(person).get("/s/harbour-city/progress/") for person in ("sam", "amara")
        }
        assert {answer.context["report"] for answer in progress.values()} == {None}
        assert "No report has been released to you yet" in progress["amara"].content.decode()
        release(world, first)
        release(world, second, "named")
        assert world.client("sam").get("/s/harbour-city/progress/").context["report"] == second
        assert world.client("amara").get("/s/harbour-city/progress/").context["report"] == first

    def test_progress_opens_with_the_vision_of_that_time(self, world: World) -> None:
        adopted(world)
        release(world, make(world))
        page = world.client("grace").get("/s/harbour-city/progress/").content.decode()
        main = page[page.index("<main") :]
        assert 0 < main.index(WORDS) < main.index("At a glance")

    @pytest.mark.parametrize("person", ["sam", "grace"])
    def test_asks_the_database_as_often_for_thirty_as_for_one(self, world: World, person: str) -> None:
        release(world, make(world))
        one = self.queries(world, person)
        for _ in range(29):
            release(world, make(world))
        assert self.queries(world, person) == one <= MOST_QUERIES

    @pytest.mark.parametrize("path", ["progress/", "reports/new/", "reports/{}/", "reports/{}/readers/"])
    def test_and_each_page_stay_below_the_limit(self, world: World, path: str) -> None:
        report = release(world, make(world))
        with CaptureQueriesContext(connection) as asked:
            answer = world.client("sam").get(f"/s/harbour-city/{path.format(report.pk)}")
        assert answer.status_code == 200
        assert len(selects(asked)) <= MOST_QUERIES

    def queries(self, world: World, person: str) -> int:
        client = world.client(person)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/s/harbour-city/reports/").status_code == 200
        return len(selects(asked))


def selects(asked: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in asked if query["sql"].startswith("SELECT")]


def test_a_report_says_when_no_pdf_could_be_made(world: World) -> None:
    page = world.client("sam").get(page_of(make(world, SPRING))).content.decode()
    assert "There is no PDF of this report" in page


def test_only_a_screen_says_how_to_move_a_picture(
    world: World, paper: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    def render(html: str, **about: Any) -> bytes:
        printed.append(html)
        return paper

    monkeypatch.setattr(pdf, "render", render)
    page = world.client("sam").get(page_of(make(world))).content.decode()
    assert '<p class="lw-not-on-paper">Time runs from left to right.' in page
    assert "Where we are on our path" in printed[0]
    assert "sideways" not in printed[0]
