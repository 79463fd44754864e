"""Whom to call when somebody is not safe: each place's own lines, England's where it has set none.

Checked at every release, since they differ between nations. Source: ux.md 4.3, trust.md G47.
"""

from dataclasses import dataclass

from people.models import Person
from programmes.models import Membership, Site


@dataclass(frozen=True)
class SupportLine:
    """One way to reach help: what it is for, what to show, and the link that opens it (`tel:` or `sms:`)."""

    what_for: str
    number: str
    link: str


ENGLAND = [
    SupportLine("If someone’s life is at risk", "999", "tel:999"),
    SupportLine("NHS mental health help, day or night: call and choose option 2", "111", "tel:111"),
    SupportLine("Samaritans, to talk at any time", "116 123", "tel:116123"),
    SupportLine("Text SHOUT, free and at any time", "85258", "sms:85258?body=SHOUT"),
]
"""The crisis lines of England; static error pages carry the same four."""


def lines_of(site: Site | None) -> list[SupportLine]:
    """Return the lines that `site` has set, or England's."""
    own = site.support_lines if site is not None else []
    return [SupportLine(**line) for line in own] or ENGLAND


def lines_for(person: Person) -> list[SupportLine]:
    """Return the lines of all places that `person` is in, each once, or England's; one query."""
    theirs = Membership.objects.filter(person=person).values("scope_id")
    places = Site.objects.filter(pk__in=theirs).order_by("name", "pk")
    return list(dict.fromkeys(line for site in places for line in lines_of(site))) or ENGLAND
