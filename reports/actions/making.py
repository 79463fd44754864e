"""Makes a report, in the worker: freeze what the records say, close the scope, then render."""

import hashlib
import json
from datetime import datetime
from functools import partial
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from kit import events, parts, pdf
from kit import scope as scopes
from kit.jobs import CannotDo, Last, Progress
from kit.models import Job
from programmes.models import Site
from reports.actions import snapshots
from reports.actions.editions import Edition, edition_from
from reports.models import Report, Snapshot


def make_report(*, job: Job, progress: Progress) -> Last | None:
    """Make the report that `job` owes: one snapshot, and a PDF from it where PDFs can be made.

    Records are read in the place's scope, which is closed again before anything is rendered (README 2.13).

    Raises:
        CannotDo: the report is gone, or was made before.
    """
    site, now = _site_of(job), timezone.now()
    progress(10, "reading the place’s records")
    with scopes.opened(site):
        report = Report.objects.at(site).filter(job_id=job.pk, snapshot__isnull=True).first()
        if report is None:
            raise CannotDo("This report was made before, or is gone.")
        sections = snapshots.compose(site, report.period, edition=report.edition, now=now)
        edition = edition_from(site, report, sections)
    progress(40, "drawing the charts and setting the pages")
    digest = _print(job, report, edition, now)
    progress(90, "putting it on the shelf")
    return partial(_keep, site, report, sections, digest, now)


def _site_of(job: Job) -> Site:
    if job.scope_id is None:
        raise CannotDo("This report belongs to no place.")
    return Site.objects.with_programme().get(pk=job.scope_id)


def _name_of(report: Report) -> str:
    return f"reports/{report.pk}.pdf"


def _print(job: Job, report: Report, edition: Edition, now: datetime) -> str:
    """Write the PDF aside and return its digest; where PDFs cannot be made, return nothing."""
    if not pdf.PDF_AVAILABLE:
        return ""
    document = pdf.render(
        render_to_string("reports/print.html", {"edition": edition}),
        title=edition.title,
        attachments=[
            pdf.Attachment(name=f"{name}.csv", bytes=chart.csv(), description=chart.title)
            for name, chart in edition.charts.items()
        ],
        made_at=now,
        identifier=str(report.pk),
    )
    parts.file_for(job, _name_of(report)).write_bytes(document)
    return hashlib.sha256(document).hexdigest()


def _keep(site: Site, report: Report, sections: list[dict[str, Any]], digest: str, now: datetime) -> None:
    with scopes.opened(site):
        snapshot = Snapshot.everywhere.create(
            scope=site,
            first_day=report.first_day,
            last_day=report.last_day,
            made_at=now,
            sections=sections,
            digest=hashlib.sha256(json.dumps(sections, sort_keys=True).encode()).hexdigest(),
        )
        name = _name_of(report) if digest else ""
        Report.everywhere.filter(pk=report.pk).update(
            snapshot=snapshot, made_at=now, pdf_name=name, pdf_digest=digest
        )
        events.record(scope=site, did="make_report", at=now, system="worker", about=report)
