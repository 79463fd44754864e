"""Asking for a report: editions, double presses, stops, and what cannot be asked."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from kit import jobs
from kit.actions import Actor
from kit.models import Job
from programmes.models import Site
from programmes.stages import Period
from reports import actions
from reports.models import Report, Snapshot
from tests.reports.reporting import WINTER, again, ask, make, page_of, release
from tests.world import World


class TestAsking:
    def test_owes_one_job_and_makes_the_first_edition(self, world: World) -> None:
        report = ask(world)
        assert report.edition == 1
        assert list(Job.objects.about(report)) == [report.job]

    def test_again_after_it_was_made_counts_the_editions_up(self, world: World) -> None:
        assert [make(world).edition, make(world).edition, make(world, WINTER).edition] == [1, 2, 1]

    def test_while_it_is_being_made_is_refused(self, world: World) -> None:
        ask(world)
        with pytest.raises(actions.CannotAsk, match="being made already"):
            ask(world)
        assert ask(world, WINTER).edition == 1

    def test_at_the_same_moment_as_somebody_else_is_refused_too(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def too_late(report: Report) -> None:
            monkeypatch.undo()
            monkeypatch.setattr("reports.actions.asking.first_day_of", after_somebody_else)
            raise IntegrityError("one_report_per_period_and_edition")

        def after_somebody_else(site: Site) -> None:
            monkeypatch.undo()
            ask(world)

        monkeypatch.setattr(Report, "save", too_late)
        with pytest.raises(actions.CannotAsk, match="being made already"):
            ask(world)
        assert not Job.objects.exists()

    def test_about_days_that_have_not_come_is_refused(self, world: World) -> None:
        today = timezone.localdate()
        later = Period(today + timedelta(days=1), today + timedelta(days=90))
        with pytest.raises(actions.CannotAsk, match="not come yet"):
            ask(world, later)
        assert ask(world, Period(today, today + timedelta(days=90))).edition == 1

    def test_begins_with_the_day_here_and_not_in_greenwich(self, world: World) -> None:
        just_after_midnight_in_summer = datetime(2026, 6, 30, 23, 10, tzinfo=UTC)
        summer = Period(date(2026, 7, 1), date(2026, 9, 30))
        with time_machine.travel(just_after_midnight_in_summer, tick=False):
            assert ask(world, summer).edition == 1


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 1), date(2026, 6, 30), "April to June 2026"),
        (date(2026, 4, 1), date(2026, 6, 29), "1 April 2026 to 29 June 2026"),
        (date(2026, 4, 2), date(2026, 6, 30), "2 April 2026 to 30 June 2026"),
        (date(2025, 10, 1), date(2026, 6, 30), "1 October 2025 to 30 June 2026"),
        (date(2026, 4, 1), date(2026, 4, 30), "1 April 2026 to 30 April 2026"),
    ],
)
def test_whole_months_of_one_year_are_said_as_such(first: date, last: date, words: str) -> None:
    assert str(Period(first, last)) == words


class TestThePage:
    def press(self, world: World, **body: str) -> str:
        client = world.client("sam")
        answer = client.post("/s/harbour-city/reports/new/", {"period": "2026-04-01", **body})
        return answer.headers.get("Location", str(answer.status_code))

    def form_key(self, world: World) -> str:
        page = world.client("sam").get("/s/harbour-city/reports/new/")
        return str(page.context["form"]["form_key"].value())

    def test_pressed_twice_makes_one_report(self, world: World) -> None:
        key = self.form_key(world)
        with time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC)):
            places = {self.press(world, form_key=key), self.press(world, form_key=key)}
        assert places == {page_of(Report.objects.at(world.harbour).get()) + "?watch=yes"}

    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_offers_eight_quarters_and_says_which_one_still_runs(self, world: World) -> None:
        choices = (
            world.client("sam").get("/s/harbour-city/reports/new/").context["form"].fields["period"].choices
        )
        assert choices[0] == ("2026-07-01", "July to September 2026, so far")
        assert choices[1] == ("2026-04-01", "April to June 2026")
        assert len(choices) == 8

    @pytest.mark.parametrize("period", ["", "2026-04-02", "1999-01-01", "x", "2026-10-01", "\x00"])
    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_takes_no_other_period(self, world: World, period: str) -> None:
        assert self.press(world, form_key=self.form_key(world), period=period) == "422"

    @pytest.mark.parametrize("period", ["2026-10-01", "2024-04-01"])
    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_says_of_months_to_come_and_long_past_only_what_is_true(self, world: World, period: str) -> None:
        body = {"period": period, "form_key": self.form_key(world)}
        page = world.client("sam").post("/s/harbour-city/reports/new/", body).content.decode()
        assert "Choose one of these." in page
        assert "was not here" not in page

    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_says_why_it_refuses(self, world: World) -> None:
        ask(world)
        body = {"period": "2026-04-01", "form_key": self.form_key(world)}
        answer = world.client("sam").post("/s/harbour-city/reports/new/", body)
        assert "being made already" in answer.content.decode()


class TestAnotherEdition:
    PAGE = "/s/harbour-city/reports/new/"

    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_is_asked_about_once_and_sent_twice_it_is_one(self, world: World) -> None:
        make(world)
        sam, body = world.client("sam"), {"period": "2026-04-01", "form_key": str(uuid4())}
        asked = sam.post(self.PAGE, body)
        assert (asked.status_code, Report.objects.at(world.harbour).count()) == (422, 1)
        page = asked.content.decode()
        assert "Edition 1 about these months was made on 20 July 2026" in page
        assert "<title>Question: Make a report" in page
        assert ("Error:" in page, 'class="lw-asks"' in page) == (False, True), "a question is no error"
        wrong = sam.post(self.PAGE, {"form_key": str(uuid4())}).content.decode()
        assert ("Error:" in wrong, 'class="lw-asks"' in wrong) == (True, False)
        sure = {**body, "asked": asked.context["form"]["asked"].value()}
        assert [sam.post(self.PAGE, sure).status_code for _ in range(2)] == [302, 302]
        assert Report.objects.at(world.harbour).count() == 2

    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_of_other_months_is_asked_about_anew(self, world: World) -> None:
        make(world), make(world, WINTER)
        sam = world.client("sam")
        asked = sam.post(self.PAGE, {"period": "2026-04-01", "form_key": str(uuid4())})
        token = asked.context["form"]["asked"].value()
        body = {"period": "2026-01-01", "form_key": str(uuid4()), "asked": token}
        assert sam.post(self.PAGE, body).status_code == 422

    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    def test_is_asked_about_although_one_after_it_stopped(self, world: World) -> None:
        made, stopped = make(world), ask(world)
        Job.objects.about(stopped).update(state=Job.State.STOPPED, reason="x", finished_at=timezone.now())
        asked = world.client("sam").post(self.PAGE, {"period": "2026-04-01", "form_key": str(uuid4())})
        assert f"Edition {made.edition} about these months" in asked.content.decode()

    def test_is_named_by_the_older_one_to_whom_may_read_it(self, world: World) -> None:
        first, second = make(world), make(world)
        release(world, first)
        link = f'href="{page_of(second)}"'
        assert link in world.client("sam").get(page_of(first)).content.decode()
        assert link not in world.client("sam").get(page_of(second)).content.decode()
        assert "newer edition" not in world.client("grace").get(page_of(first)).content.decode()
        release(world, second)
        assert link in world.client("grace").get(page_of(first)).content.decode()

    def test_says_so_far_of_months_that_were_not_over(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 6, 20, 9, tzinfo=UTC)):
            early = make(world)
        assert str(early) == "April to June 2026, so far, edition 1"
        assert str(make(world)) == "April to June 2026, edition 2"

    def test_says_so_far_while_it_is_being_made(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 6, 20, 9, tzinfo=UTC)):
            waits = ask(world)
            page = world.client("sam").get(page_of(waits)).content.decode()
        assert "April to June 2026, so far, edition 1" in page


class TestAfterAStop:
    def stopped(self, world: World) -> Report:
        report = ask(world)
        Job.objects.update(state=Job.State.STOPPED, reason="The ink ran out.", finished_at=timezone.now())
        return again(report)

    def test_the_page_says_why_and_offers_to_try_again(self, world: World) -> None:
        page = world.client("sam").get(page_of(self.stopped(world))).content.decode()
        assert "The ink ran out." in page
        assert "Try again" in page

    def test_trying_again_makes_the_same_report(self, world: World) -> None:
        report = self.stopped(world)
        assert report.job is not None
        world.client("sam").post(page_of(report, "again/"), {"form_key": "0" * 32})
        jobs.do(report.job.pk)
        made = again(report)
        assert (made.is_made, made.edition) == (True, 1)

    def test_trying_again_before_a_stop_is_refused(self, world: World) -> None:
        report = ask(world)
        with pytest.raises(actions.CannotAsk, match="has not stopped"):
            actions.try_again(at=world.harbour, by=Actor(person=world.sam), report=report)

    def test_another_may_be_asked_for(self, world: World) -> None:
        self.stopped(world)
        assert ask(world).edition == 2


class TestMaking:
    def test_twice_makes_one_snapshot(self, world: World) -> None:
        report = make(world)
        assert report.job is not None
        jobs.do(report.job.pk)
        assert Snapshot.objects.at(world.harbour).count() == 1

    def test_shows_how_far_it_is(self, world: World) -> None:
        report = ask(world)
        Job.objects.update(percent=40, phase="drawing the charts")
        page = world.client("sam").get(page_of(report)).content.decode()
        assert "40 per cent: drawing the charts" in page
        assert "refresh" not in page

    def test_looks_again_by_itself_until_told_to_stop(self, world: World) -> None:
        sam, report = world.client("sam"), ask(world)
        watching = sam.get(page_of(report) + "?watch=yes").content.decode()
        assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in watching
        assert f'hx-get="{page_of(report)}?watch=yes"' in watching
        assert f'<a href="{page_of(report)}">Stop looking again by itself</a>' in watching
        stopped = sam.get(page_of(report)).content.decode()
        assert "refresh" not in stopped
        assert "hx-get" not in stopped

    @pytest.mark.parametrize("state", ["made", "stopped"])
    def test_looks_again_no_more_once_there_is_nothing_to_wait_for(self, world: World, state: str) -> None:
        report = make(world) if state == "made" else ask(world)
        if state == "stopped":
            Job.objects.update(state=Job.State.STOPPED, reason="No ink.", finished_at=timezone.now())
        page = world.client("sam").get(page_of(report) + "?watch=yes").content.decode()
        assert "refresh" not in page
        assert "hx-get" not in page

    def test_with_scripts_the_whole_page_comes_when_it_is_made(self, world: World) -> None:
        report, sam = ask(world), world.client("sam")
        waiting = sam.get(page_of(report) + "?watch=yes", headers={"HX-Request": "true"})
        assert 'id="making"' in waiting.content.decode()
        assert report.job is not None
        jobs.do(report.job.pk)
        done = sam.get(page_of(report) + "?watch=yes", headers={"HX-Request": "true"})
        assert done.headers["HX-Redirect"] == page_of(report)

    def test_leaves_nothing_when_it_breaks(self, world: World, files, paper, monkeypatch) -> None:
        def tears(*_, **__):
            raise OSError("no space left")

        monkeypatch.setattr("reports.actions.making._keep", tears)
        report = ask(world)
        jobs.do(Job.objects.get().pk)
        assert not again(report).is_made
        assert Job.objects.get().state == Job.State.QUEUED
        assert not [path for path in files.rglob("*") if path.is_file()]

    def test_delivers_the_file_with_the_row(self, world: World, files, paper: bytes) -> None:
        report = make(world)
        assert (files / report.pdf_name).read_bytes() == paper
        assert [path for path in files.rglob("*") if path.is_file()] == [files / report.pdf_name]
