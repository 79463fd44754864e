"""Putting away a report that nobody needs, and bringing it back."""

from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from kit.actions import Actor, Stray
from kit.models import Job
from reports import actions
from reports.models import Report
from tests.reports.reporting import MAY_SEE_REPORTS, WINTER, again, ask, make, page_of, release
from tests.world import World

LIST = "/s/harbour-city/reports/"


def put_away(world: World, report: Report) -> Report:
    actions.put_away(at=world.harbour, by=Actor(person=world.sam), report=report)
    return again(report)


def stopped(world: World) -> Report:
    report = ask(world)
    Job.objects.about(report).update(state=Job.State.STOPPED, reason="No ink.", finished_at=timezone.now())
    return again(report)


def listed(world: World, where: str = LIST) -> list[Report]:
    return list(world.client("sam").get(where).context["page"])


class TestPuttingAway:
    def test_takes_it_off_the_list_and_bringing_back_undoes_it(self, world: World, report: Report) -> None:
        other = make(world, WINTER)
        put_away(world, report)
        assert (listed(world), listed(world, LIST + "?put-away=yes")) == ([other], [report])
        actions.bring_back(at=world.harbour, by=Actor(person=world.sam), report=report)
        assert (listed(world), listed(world, LIST + "?put-away=yes")) == ([report, other], [report, other])

    def test_loses_nothing(self, world: World, report: Report) -> None:
        put_away(world, report)
        sam = world.client("sam")
        assert "This report was put away" in sam.get(page_of(report)).content.decode()
        assert sam.get(page_of(report, "pdf/")).status_code == 200

    def test_twice_is_refused_and_keeps_the_first_day(self, world: World, report: Report) -> None:
        first = put_away(world, report).put_away_at
        with pytest.raises(actions.CannotPutAway, match="put away already"):
            put_away(world, report)
        assert again(report).put_away_at == first is not None

    def test_bringing_back_twice_is_refused(self, world: World, report: Report) -> None:
        put_away(world, report)
        actions.bring_back(at=world.harbour, by=Actor(person=world.sam), report=report)
        with pytest.raises(actions.CannotPutAway, match="on the list already"):
            actions.bring_back(at=world.harbour, by=Actor(person=world.sam), report=report)
        assert not again(report).is_put_away

    def test_of_a_stopped_one_is_welcome_and_it_is_not_tried_again_before_it_is_back(
        self, world: World
    ) -> None:
        report = stopped(world)
        sam, button = world.client("sam"), page_of(report, "again/")
        assert put_away(world, report).is_put_away
        assert button not in sam.get(page_of(report)).content.decode()
        with pytest.raises(actions.CannotAsk, match="Bring it back first"):
            actions.try_again(at=world.harbour, by=Actor(person=world.sam), report=report)
        actions.bring_back(at=world.harbour, by=Actor(person=world.sam), report=report)
        assert button in sam.get(page_of(report)).content.decode()
        actions.try_again(at=world.harbour, by=Actor(person=world.sam), report=report)
        assert again(report).is_under_way

    def test_is_refused_while_it_is_made_and_once_it_is_released(self, world: World, report: Report) -> None:
        release(world, report)
        for one in (report, ask(world, WINTER)):
            with pytest.raises(actions.CannotPutAway, match="stays on the list"):
                put_away(world, one)
            assert not again(one).is_put_away

    def test_closes_the_way_to_releasing_it(self, world: World, report: Report) -> None:
        away = put_away(world, report)
        with pytest.raises(actions.CannotRelease, match="Bring it back first"):
            release(world, away)
        actions.bring_back(at=world.harbour, by=Actor(person=world.sam), report=report)
        assert release(world, again(report)).is_released

    def test_and_releasing_exclude_each_other_in_the_table_too(self, world: World, report: Report) -> None:
        put_away(world, report)
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.everywhere.filter(pk=report.pk).update(released_at=timezone.now())

    def test_by_another_place_is_no_such_row(self, world: World, report: Report) -> None:
        for act in (actions.put_away, actions.bring_back):
            with pytest.raises(Stray):
                act(at=world.thornbridge, by=Actor(person=world.nadia), report=report)

    def test_counts_the_editions_on_and_asks_nothing(self, world: World, report: Report) -> None:
        put_away(world, report)
        sam = world.client("sam")
        form_key = sam.get(f"{LIST}new/").context["form"]["form_key"].value()
        with time_machine.travel("2026-07-20 09:00Z"):
            answer = sam.post(f"{LIST}new/", {"period": "2026-04-01", "form_key": str(form_key)})
        assert answer.status_code == 302
        assert sorted(Report.objects.at(world.harbour).values_list("edition", flat=True)) == [1, 2]

    def test_hides_it_from_the_older_edition(self, world: World, report: Report) -> None:
        newer = make(world)
        sam = world.client("sam")
        assert "There is a newer edition" in sam.get(page_of(report)).content.decode()
        put_away(world, newer)
        assert "There is a newer edition" not in sam.get(page_of(report)).content.decode()


class TestThePage:
    def press(self, world: World, report: Report, part: str) -> str:
        sam, key = world.client("sam"), str(uuid4())
        answers = [sam.post(page_of(report, part), {"form_key": key}) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        return sam.get(answers[0].headers["Location"]).content.decode()

    def test_has_a_button_for_each_way_and_pressing_twice_does_no_harm(
        self, world: World, report: Report
    ) -> None:
        sam = world.client("sam")
        assert page_of(report, "put-away/") in sam.get(page_of(report)).content.decode()
        page = self.press(world, report, "put-away/")
        assert "is put away. You find it under this list." in page
        assert "Reports that were put away" in page
        away = sam.get(page_of(report)).content.decode()
        assert page_of(report, "bring-back/") in away
        assert page_of(report, "release/") not in away
        assert "is back on the list" in self.press(world, report, "bring-back/")

    def test_says_nothing_untrue_when_a_form_from_before_is_sent_again(
        self, world: World, report: Report
    ) -> None:
        sam, form = world.client("sam"), {"form_key": str(uuid4())}
        sam.post(page_of(report, "put-away/"), form)
        assert "is put away" in sam.get(LIST).content.decode()
        self.press(world, report, "bring-back/")
        sam.post(page_of(report, "put-away/"), form)
        assert not again(report).is_put_away
        assert "is put away" not in sam.get(LIST).content.decode()

    def test_says_so_when_all_were_put_away(self, world: World, report: Report) -> None:
        assert "No reports yet" in world.client("nadia").get("/s/thornbridge/reports/").content.decode()
        put_away(world, report)
        page = world.client("sam").get(LIST).content.decode()
        assert "All reports were put away." in page
        assert "No reports yet" not in page

    def test_offers_nothing_once_it_is_released_and_says_so_to_a_late_press(
        self, world: World, report: Report
    ) -> None:
        release(world, report)
        assert page_of(report, "put-away/") not in world.client("sam").get(page_of(report)).content.decode()
        assert "stays on the list" in self.press(world, report, "put-away/")

    @pytest.mark.parametrize("part", ["put-away/", "bring-back/"])
    def test_is_for_whoever_makes_reports(self, world: World, report: Report, part: str) -> None:
        for person in MAY_SEE_REPORTS - {"sam"}:
            assert world.client(person).post(page_of(report, part)).status_code == 403
        assert world.client("nadia").post(page_of(report, part)).status_code == 404

    def test_says_nothing_of_it_to_who_may_only_read(self, world: World, report: Report) -> None:
        put_away(world, report)
        grace = world.client("grace")
        assert "put away" not in grace.get(LIST).content.decode()
        answer = grace.get(LIST + "?put-away=yes")
        assert (list(answer.context["page"]), "put away" in answer.content.decode()) == ([], False)
        assert grace.get(page_of(report)).status_code == 404
