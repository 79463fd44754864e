"""Releasing a report, and saying who may read it."""

from django.db.models import Q, QuerySet

from kit import scope as scopes
from kit.actions import Actor, action
from kit.models import Scope
from people.models import Person
from programmes.access import (
    GRANTS,
    Permission,
    Standing,
    name_person,
    named_rows,
    standing_of,
    unname_person,
)
from programmes.models import Membership, Site
from programmes.roles import SpaceKind
from reports.actions.telling import tell_reader, untell_reader
from reports.models import READ_REPORT, Report, ReportQuerySet, ReportReader

SCOPES = {SpaceKind.SITE, SpaceKind.PROGRAMME}


class CannotRelease(Exception):
    """The report cannot be released, or somebody cannot be named; the message says why."""


@action(edits="report")
def release_report(*, at: Site, by: Actor, report: Report, audience: str) -> Report:
    """Release the report to everybody here who may see reports, or only to the people who are named.

    The people who are named get a letter at its first release.

    Released again, it changes who may read it; the day of release stays the first one.

    Raises:
        CannotRelease: it has not been made yet, or was put away.
    """
    if not report.is_made:
        raise CannotRelease("This report is not ready yet.")
    if report.is_put_away:
        raise CannotRelease("This report was put away. Bring it back first.")
    is_new = not report.is_released
    report.audience = audience
    report.released_at = report.released_at or by.now
    report.save(update_fields=["audience", "released_at"])
    for named in report.readers.select_related("user") if is_new else ():
        tell_reader(at, report, named.user, by.now)
    return report


@action
def name_reader(*, at: Site, by: Actor, report: Report, reader: Person) -> Report:
    """Let one person who may see reports here read this one, once it is released; then they are told.

    Raises:
        CannotRelease: the person may not see reports here, so that naming them would open nothing.
    """
    if not standing_of(reader, at).may(Permission.SEE_REPORTS):
        raise CannotRelease("Choose somebody who may see reports here.")
    was_named = report.readers.filter(user=reader).exists()
    name_person(reader, READ_REPORT, report)
    if report.is_released and not was_named:
        tell_reader(at, report, reader, by.now)
    return report


@action
def unname_reader(*, at: Site, by: Actor, report: Report, reader: Person) -> Report:
    """Take a person off the list of readers; the page and the PDF close to them at once."""
    unname_person(reader, READ_REPORT, report)
    untell_reader(at, reader, report)
    return report


def possible_readers(site: Site) -> "QuerySet[Person]":
    """Return who may be named to read a report, by name: who may see reports here, and does not make them."""
    offered = _may(site, Permission.SEE_REPORTS).exclude(pk__in=_may(site, Permission.MAKE_REPORT))
    return offered.order_by("name", "pk")


def who_may_see_reports() -> str:
    """Name the roles of a place that see its reports, in words."""
    roles = (
        role.label
        for (held_in, role), granted in GRANTS.items()
        if held_in is not SpaceKind.PROGRAMME and Permission.SEE_REPORTS in granted
    )
    return "; ".join(dict.fromkeys(roles))


def _may(site: Site, right: Permission) -> "QuerySet[Person]":
    held = Q()
    for (held_in, role), granted in GRANTS.items():
        if right in granted:
            held |= _rows_of(site, held_in) & Q(role=role)
    return Person.objects.filter(pk__in=Membership.objects.filter(held).values("person_id"))


def _rows_of(site: Site, held_in: SpaceKind) -> Q:
    if held_in in SCOPES:
        return Q(scope_id=site.pk if held_in is SpaceKind.SITE else site.programme_id, group=None)
    return Q(scope_id=site.pk, group__kind=held_in)


def readable_by(standing: Standing, site: Site) -> ReportQuerySet:
    """Return the reports of `site` that a person may read.

    Whoever makes or releases reports reads all of them; anybody else of the place reads the released ones
    that are for everybody here, and those that name them. Who leads or coaches the programme is not of the
    place: they read what names them.
    """
    everything = Report.objects.at(site)
    if standing.hats(Permission.MAKE_REPORT) or standing.hats(Permission.RELEASE_REPORT):
        return everything  # a place that rests is still read by whoever runs it, so this asks for hats
    theirs = Q(pk__in=named_rows(standing.person, READ_REPORT, everything))
    if _is_of_the_place(standing):
        theirs |= Q(audience=Report.Audience.PLACE)
    return everything.released().filter(theirs)


def _is_of_the_place(standing: Standing) -> bool:
    return any(
        held_in is not SpaceKind.PROGRAMME and Permission.SEE_REPORTS in GRANTS.get((held_in, role), ())
        for held_in, role, _ in standing.held
    )


def forget_reader(*, at: Scope, person: Person) -> None:
    """Take somebody who leaves off the lists of readers: coming back opens nothing anew.

    Who leaves a programme leaves the lists of all its places, except where they still see reports as somebody
    of the place.
    """
    for site in Site.objects.filter(Q(pk=at.pk) | Q(within_id=at.pk)):
        if _is_of_the_place(standing_of(person, site)):
            continue
        with scopes.opened(site):
            ReportReader.objects.filter(user=person, content_object__scope_id=site.pk).delete()
            untell_reader(site, person)
