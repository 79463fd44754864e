"""Reports for tests: asked for, made by the worker's own function, released. All invented."""

from datetime import date
from typing import Any

from kit import jobs
from kit.actions import Actor
from kit.models import Job
from people.models import Person
from programmes.stages import Period
from reports import actions
from reports.models import Report
from tests.world import World

MAY_SEE_REPORTS = {"sam", "amara", "tomasz", "helen", "marcus", "grace", "ruth", "two_hats"}
OF_THE_PROGRAMME = {"priya", "kit"}

SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
WINTER = Period(date(2026, 1, 1), date(2026, 3, 31))


def ask(world: World, period: Period = SPRING, **who: Any) -> Report:
    return actions.ask_for_report(at=world.harbour, by=Actor(person=world.sam, **who), period=period)


def again(report: Report) -> Report:
    """Reads the row anew, with its job and its snapshot."""
    return Report.objects.at(report.scope).whole().get(pk=report.pk)


def make(world: World, period: Period = SPRING) -> Report:
    report = ask(world, period)
    assert report.job is not None
    jobs.do(report.job.pk)
    made = again(report)
    assert made.job is not None
    assert made.job.state == Job.State.DONE, made.job.reason
    return made


def release(world: World, report: Report, audience: str = "place") -> Report:
    return actions.release_report(
        at=world.harbour, by=Actor(person=world.sam), report=report, audience=audience
    )


def name(world: World, report: Report, reader: Person) -> None:
    actions.name_reader(at=world.harbour, by=Actor(person=world.sam), report=report, reader=reader)


def unname(world: World, report: Report, reader: Person) -> None:
    actions.unname_reader(at=world.harbour, by=Actor(person=world.sam), report=report, reader=reader)


def page_of(report: Report, part: str = "") -> str:
    return f"/s/harbour-city/reports/{report.pk}/{part}"


def sections_of(report: Report) -> list[dict[str, Any]]:
    assert report.snapshot is not None
    return list(report.snapshot.sections)
