"""Telling named readers that a report waits for them: by letter, and as a step on their home."""

from datetime import datetime, timedelta

from django.urls import reverse

from kit.outbox import owe_letter
from people.models import Person
from programmes.access import Permission, Standing, named_rows
from programmes.models import ContactCard, Site
from reports.models import READ_REPORT, Report

WAITS_FOR = timedelta(days=31)
"""How long a report is offered to those who are named to read it."""


def tell_reader(site: Site, report: Report, reader: Person, now: datetime) -> None:
    """Owe a letter to somebody who wants to hear by e-mail; it names the place, not what the report says."""
    address = _address_of(reader, site)
    if address:
        path = reverse("reports:report", args=[site.slug, report.pk])
        facts = {"place": site.name, "path": path}
        owe_letter(kind="report", to=reader, address=address, scope=site, facts=facts, now=now)


def _address_of(reader: Person, site: Site) -> str:
    card = ContactCard.objects.at(site).of_person(reader.pk).first()
    if not reader.is_active or (card is not None and card.way != ContactCard.Way.EMAIL):
        return ""
    return (card.email if card is not None else "") or reader.email or ""


def waits_for(standing: Standing, site: Site, now: datetime) -> Report | None:
    """Return the newest report released lately that names this person; None for those who make reports."""
    makes = standing.hats(Permission.MAKE_REPORT) or standing.hats(Permission.RELEASE_REPORT)
    if makes or not standing.may(Permission.SEE_REPORTS):
        return None
    lately = Report.objects.at(site).released().filter(released_at__gt=now - WAITS_FOR)
    return named_rows(standing.person, READ_REPORT, lately).order_by("-released_at", "id").first()
