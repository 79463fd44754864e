"""Releasing a report, and saying who may read it."""

from django.db import models

from kit.actions import Actor, action
from people.models import Person
from programmes.access import name_person, named_rows, unname_person
from programmes.models import Membership, Site
from reports.models import READ_REPORT, Report, ReportQuerySet


class CannotRelease(Exception):
    """The report cannot be released, or somebody cannot be named; the message says why."""


@action(edits="report")
def release_report(*, at: Site, by: Actor, report: Report, audience: str) -> Report:
    """Release the report to everybody here who may see reports, or only to the people who are named.

    Raises:
        CannotRelease: it has not been made yet.
    """
    if not report.is_made:
        raise CannotRelease("This report is not ready yet.")
    report.audience = audience
    report.released_at = report.released_at or by.now
    report.save()
    return report


@action
def name_reader(*, at: Site, by: Actor, report: Report, reader: Person) -> Report:
    """Let one person who belongs to this place read this report once it is released.

    Raises:
        CannotRelease: the person does not belong to this place or its programme.
    """
    known = Membership.objects.filter(person=reader, scope_id__in={at.pk, at.programme_id})
    if not known.exists():
        raise CannotRelease("Choose somebody who is part of this place.")
    name_person(reader, READ_REPORT, report)
    return report


@action
def unname_reader(*, at: Site, by: Actor, report: Report, reader: Person) -> Report:
    """Take a person off the list of readers; the page and the PDF close to them at once."""
    unname_person(reader, READ_REPORT, report)
    return report


def readable_by(person: Person, site: Site, *, makes: bool) -> ReportQuerySet:
    """Return the reports that `person` may read: all for whoever makes them; else the released ones that are
    for everybody here, and those that name this person.
    """
    everything = Report.objects.at(site)
    if makes:
        return everything
    named = named_rows(person, READ_REPORT, everything)
    return everything.released().filter(models.Q(audience=Report.Audience.PLACE) | models.Q(pk__in=named))
