"""What an edition shows: the snapshot's sections with their texts looked up at this moment, and its charts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.text import slugify

from programmes.models import Site
from programmes.stages import Period
from reports.models import Report


@dataclass(frozen=True)
class Edition:
    """One report, ready to be put on a page or on paper; both are made from this."""

    title: str
    place: str
    programme: str
    period: Period
    number: int
    made_at: datetime
    sections: Mapping[str, Mapping[str, Any]]
    charts: Mapping[str, Any] = field(default_factory=dict)


def edition_of(site: Site, report: Report) -> Edition:
    """Return the edition that was made of `report`; call it inside the site's scope."""
    assert report.snapshot is not None
    return edition_from(site, report, report.snapshot.sections)


def edition_from(site: Site, report: Report, sections: list[dict[str, Any]]) -> Edition:
    """Return the edition that `sections` make; texts are looked up by reference and version."""
    by_kind = {section["kind"]: section for section in sections}
    made_at = parse_datetime(by_kind["about"]["made_at"])
    assert made_at is not None
    return Edition(
        title=f"{site.name}: progress report",
        place=site.name,
        programme=site.programme.name,
        period=Period(report.first_day, report.last_day),
        number=report.edition,
        made_at=made_at,
        sections=by_kind,
    )


def file_name(site: Site, report: Report) -> str:
    """Return the name under which the PDF is saved: place, period and edition."""
    first: date = report.first_day
    return f"{slugify(site.name)}-{first:%Y-%m}-edition-{report.edition}.pdf"
