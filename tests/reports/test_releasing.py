"""Releasing a report, and naming who may read it."""

from uuid import uuid4

import pytest
from django.test import Client

from kit.actions import Actor, Stray
from reports import actions
from reports.models import Report
from tests.reports.reporting import (
    MAY_SEE_REPORTS,
    OF_THE_PROGRAMME,
    WINTER,
    ask,
    make,
    name,
    page_of,
    release,
)
from tests.world import World


class TestNaming:
    def test_offers_who_may_see_reports_and_is_not_named_and_makes_none(
        self, world: World, report: Report
    ) -> None:
        def offered() -> set[str]:
            field = world.client("sam").get(page_of(report, "readers/")).context["form"].fields["reader"]
            return {str(name).lower().replace(" ", "_") for key, name in field.choices if key}

        assert offered() == (MAY_SEE_REPORTS | OF_THE_PROGRAMME) - {"sam"}
        name(world, report, world.grace)
        assert offered() == (MAY_SEE_REPORTS | OF_THE_PROGRAMME) - {"sam", "grace"}

    def test_sent_twice_is_answered_alike(self, world: World, report: Report) -> None:
        sam, body = world.client("sam"), {"reader": str(world.grace.pk), "form_key": str(uuid4())}
        assert [sam.post(page_of(report, "readers/"), body).status_code for _ in range(2)] == [302, 302]
        again = {**body, "form_key": str(uuid4())}
        assert sam.post(page_of(report, "readers/"), again).status_code == 302
        assert report.readers.count() == 1

    @pytest.mark.parametrize("person", ["omar", "ned", "nadia", "stranger"])
    def test_somebody_who_may_not_see_reports_is_refused(
        self, world: World, report: Report, person: str
    ) -> None:
        with pytest.raises(actions.CannotRelease, match="may see reports here"):
            name(world, report, world.people[person])
        name(world, report, world.grace)

    def test_happens_on_the_page(self, world: World, report: Report) -> None:
        sam, path = world.client("sam"), page_of(report, "readers/")
        key = sam.get(path).context["form"]["form_key"].value()
        answer = sam.post(path, {"reader": str(world.grace.pk), "form_key": str(key)})
        assert answer.status_code == 302
        assert "Grace" in sam.get(path).content.decode()

    def test_ends_on_the_page_and_pressing_twice_does_no_harm(self, world: World, report: Report) -> None:
        release(world, report, "named")
        name(world, report, world.grace)
        sam, press = world.client("sam"), {"form_key": str(uuid4())}
        for _ in range(2):
            assert sam.post(page_of(report, f"readers/{world.grace.pk}/end/"), press).status_code == 302
        assert not report.readers.exists()

    def test_of_a_stranger_or_a_neighbour_on_the_page_is_refused(self, world: World, report: Report) -> None:
        sam, path = world.client("sam"), page_of(report, "readers/")
        for person in (world.ned, world.stranger, world.omar):
            body = {"reader": str(person.pk), "form_key": str(uuid4())}
            assert sam.post(path, body).status_code == 422
        assert not report.readers.exists()

    @pytest.mark.parametrize("part", ["release/", "readers/", "again/"])
    def test_and_releasing_are_for_whoever_runs_the_place(
        self, world: World, report: Report, part: str
    ) -> None:
        release(world, report)
        for person in MAY_SEE_REPORTS - {"sam"}:
            assert world.client(person).post(page_of(report, part)).status_code == 403
        assert world.client("nadia").post(page_of(report, part)).status_code == 404


class TestReleasing:
    def test_is_refused_before_it_is_made(self, world: World) -> None:
        with pytest.raises(actions.CannotRelease, match="not ready"):
            release(world, ask(world))
        assert release(world, make(world, WINTER)).is_released

    def test_again_keeps_the_day(self, world: World, report: Report) -> None:
        first = release(world, report).released_at
        assert release(world, report, "named").released_at == first

    def test_by_another_place_is_no_such_row(self, world: World, report: Report) -> None:
        by = Actor(person=world.nadia)
        with pytest.raises(Stray):
            actions.release_report(at=world.thornbridge, by=by, report=report, audience="place")

    def test_on_the_page_says_who_reads_it(self, world: World, report: Report) -> None:
        sam, path = world.client("sam"), page_of(report, "release/")
        assert self.press(sam, path, "place") == page_of(report)
        assert "everybody here who may see reports" in sam.get(page_of(report)).content.decode()

    def test_to_named_readers_leads_to_naming_them_and_again_says_saved(
        self, world: World, report: Report
    ) -> None:
        sam, path = world.client("sam"), page_of(report, "release/")
        assert self.press(sam, path, "named") == page_of(report, "readers/")
        assert "The report is released." in sam.get("/s/harbour-city/reports/").content.decode()
        name(world, report, world.grace)
        assert "Change who may read it" in sam.get(path).content.decode()
        assert self.press(sam, path, "named") == page_of(report)
        assert "Saved." in sam.get("/s/harbour-city/reports/").content.decode()

    def press(self, client: Client, path: str, audience: str) -> str:
        form = client.get(path).context["form"]
        keys = {part: str(form[part].value()) for part in ("form_key", "seen_version")}
        return client.post(path, {**keys, "audience": audience}).headers["Location"]

    def test_what_somebody_else_has_just_released_shows_both(self, world: World, report: Report) -> None:
        sam, path = world.client("sam"), page_of(report, "release/")
        form = sam.get(path).context["form"]
        keys = {part: str(form[part].value()) for part in ("form_key", "seen_version")}
        actions.release_report(at=world.harbour, by=Actor(person=world.sam), report=report, audience="named")
        assert sam.post(path, {**keys, "audience": "place"}).status_code == 409
