"""Telling named readers that a report waits for them: by letter, and on the pages they come to.

It is a step on their home, a notice on Progress and a mark in the list of reports. Whoever leads or coaches
the programme comes to the programme's own page, which knows nothing of reports: only the letter and the list
of the place's reports tell them.
"""

from datetime import datetime, timedelta

from django.urls import reverse

from kit.models import Letter
from kit.opened import not_opened, note_opened
from kit.outbox import call_back_letters, owe_letter
from people.models import Person
from programmes.access import Permission, Standing, named_rows
from programmes.models import ContactCard, Site
from reports.models import READ_REPORT, Report

WAITS_FOR = timedelta(days=31)
"""How long a report is offered to those who are named to read it."""


def tell_reader(site: Site, report: Report, reader: Person, now: datetime) -> None:
    """Owe a letter to somebody who can be told by e-mail; it names the place, not what the report says.

    While one about this report still waits to be sent, no other is owed.
    """
    address, path = _address_of(reader, site), _path_of(report, site)
    waiting = Letter.objects.waiting().filter(kind="report", to=reader, facts__path=path)
    if address and not waiting.exists():
        facts = {"place": site.name, "path": path}
        owe_letter(kind="report", to=reader, address=address, scope=site, facts=facts, now=now)


def untell_reader(site: Site, reader: Person, report: Report | None = None) -> None:
    """Call back what still waits to be sent to somebody who may not read `report`, or any of this place."""
    about = {} if report is None else {"facts__path": _path_of(report, site)}
    call_back_letters(to=reader, scope=site, kind="report", **about)


def _path_of(report: Report, site: Site) -> str:
    return reverse("reports:report", args=[site.slug, report.pk])


def _address_of(reader: Person, site: Site) -> str:
    card = ContactCard.objects.at(site).of_person(reader.pk).first()
    if not reader.is_active or (card is not None and card.way != ContactCard.Way.EMAIL):
        return ""
    return (card.email if card is not None else "") or reader.email or ""


def waits_for(standing: Standing, site: Site, now: datetime) -> Report | None:
    """Return the newest report released lately that names this person and that they have not opened yet.

    None for those who make reports.
    """
    makes = standing.hats(Permission.MAKE_REPORT) or standing.hats(Permission.RELEASE_REPORT)
    if makes or not standing.may(Permission.SEE_REPORTS):
        return None
    lately = Report.objects.at(site).released().filter(released_at__gt=now - WAITS_FOR)
    named = list(named_rows(standing.person, READ_REPORT, lately).order_by("-released_at", "id"))
    return next(iter(not_opened(named, standing.person)), None)


def mark_as_opened(report: Report, reader: Person) -> None:
    """Offer a report no more to somebody who has opened its page."""
    note_opened(report, reader, keep=WAITS_FOR)
