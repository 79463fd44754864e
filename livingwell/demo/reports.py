"""The demo's reports: made by the same steps that the worker takes, then released to different readers."""

from typing import cast

from django.utils import timezone

from kit import jobs
from kit import scope as scopes
from kit.actions import Actor
from kit.models import Job
from livingwell.demo.under_way import FilledPlace
from people.models import Person
from programmes.models import Membership
from programmes.stages import Period
from reports import actions
from reports.forms import periods_until
from reports.models import Report

Asked = list[tuple[FilledPlace, Report]]


def ask(places: list[FilledPlace]) -> Asked:
    """Ask for the reports of the last quarters, the oldest first."""
    past = periods_until(timezone.localdate())[1:]
    return [
        (place, _ask(place, period)) for place in places for period in reversed(past[: place.demo.reports])
    ]


def _ask(place: FilledPlace, period: Period) -> Report:
    return actions.ask_for_report(at=place.site, by=Actor(person=place.facilitator), period=period)


def make_and_release(asked: Asked) -> None:
    """Make each report and release all but the newest of a place, the first of them to named readers only."""
    newest = {place.demo.slug: report.pk for place, report in asked}
    for place, report in asked:
        jobs.do(cast(Job, report.job).pk)
        if len([one for one, _ in asked if one is place]) == 1 or report.pk != newest[place.demo.slug]:
            _release(place, report)


def _release(place: FilledPlace, report: Report) -> None:
    with scopes.opened(place.site):
        made = Report.objects.at(place.site).get(pk=report.pk)
    by = Actor(person=place.facilitator)
    first = made.edition == 1 and not _released(place)
    actions.release_report(at=place.site, by=by, report=made, audience="named" if first else "place")
    if first:
        for reader in _readers(place):
            actions.name_reader(at=place.site, by=by, report=made, reader=reader)


def _released(place: FilledPlace) -> bool:
    with scopes.opened(place.site):
        return Report.objects.at(place.site).released().exists()


def _readers(place: FilledPlace) -> list[Person]:
    """Return two members, and whoever leads and coaches: the programme's page leads them to reports."""
    across = Membership.objects.of(place.site.programme).people()
    return [*place.members[:2], *across]
