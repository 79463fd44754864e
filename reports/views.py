"""Pages of a place's progress and reports."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from programmes.access import Permission
from programmes.forms import Press
from programmes.models import Site
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page
from reports import actions, forms
from reports.models import Report, ReportQuerySet

PER_PAGE = 25


def _readable(request: Request, site: Site) -> ReportQuerySet:
    return actions.readable_by(request.here.standing, site)


def _waiting(request: Request, site: Site) -> Report | None:
    return actions.waits_for(request.here.standing, site, timezone.now())


@page(Permission.SEE_PROGRESS)
def progress(request: Request, site: Site) -> Answer:
    """Show the newest released report's figures and path: what everybody may know, frozen."""
    newest = _readable(request, site).released().newest_first().whole().first()
    edition = actions.edition_of(site, newest) if newest else None
    return {"site": site, "report": newest, "edition": edition, "waiting": _waiting(request, site)}


@page(Permission.SEE_REPORTS)
def reports(request: Request, site: Site) -> Answer:
    """List the reports that this person may read, newest first; those that were put away on their own."""
    readable, waiting = _readable(request, site), _waiting(request, site)
    some_are_away = readable.away().exists()
    away = some_are_away and "put-away" in request.GET
    listed = Paginator((readable.away() if away else readable.at_hand()).newest_first(), PER_PAGE)
    shown = listed.get_page(request.GET.get("page"))
    cards = [_card(report, is_new=report == waiting) for report in shown]
    return {"site": site, "page": shown, "cards": cards, "away": away, "some_are_away": some_are_away}


def _card(report: Report, *, is_new: bool) -> dict[str, object]:
    """Return what the list says of a report: how far it is, and whether it waits for who looks."""
    about = {"report": report, "tag": "It waits for you" if is_new else ""}
    if report.released_at:
        return {**about, "text": f"Released on {_day(report.released_at)}", "tone": "leaf"}
    if report.put_away_at:
        return {**about, "text": f"Put away on {_day(report.put_away_at)}"}
    if report.is_made:
        return {**about, "text": "Ready to read, not released yet", "tone": "marigold"}
    if report.is_under_way and report.job:
        return {**about, "text": report.job.get_state_display().capitalize(), "tone": "teal"}
    return {**about, "text": "Could not be made", "tone": "coral"}


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"


@page(Permission.MAKE_REPORT)
def ask(request: Request, site: Site) -> Answer:
    """Ask which months the report is about; then owe it, and let the worker make it."""
    today, since = timezone.localdate(), actions.first_day_of(site)
    form = forms.AskForReport(request.POST or None, today=today, since=since)
    if form.is_valid():
        with Refusals(form, actions.CannotAsk, field="period"):
            asked = actions.ask_for_report(at=site, by=by(request, form), **form.cleaned_data)
            return redirect(_watching(site, asked))
    return {"site": site, "form": form}


@page(Permission.SEE_REPORTS)
def report(request: Request, site: Site, report: UUID) -> Answer:
    """Show one report; while it is being made, how far it is."""
    found = get_or_404(_readable(request, site).whole(), pk=report)
    if "HX-Request" in request.headers and not found.is_under_way:
        return HttpResponse(headers={"HX-Redirect": request.path})
    edition = actions.edition_of(site, found) if found.is_made else None
    if edition:
        actions.mark_as_opened(found, request.here.standing.person)
    watches = found.is_under_way and "watch" in request.GET
    newer = _readable(request, site).newer_than(found).first() if edition else None
    about = {"site": site, "report": found, "edition": edition, "newer": newer}
    return {**about, "press": Press(), "watches": watches}


@page(Permission.SEE_REPORTS)
def pdf(request: Request, site: Site, report: UUID) -> Answer:
    """Hand out the PDF copy; the right to it is asked at this moment (README 2.19)."""
    found = get_or_404(_readable(request, site), pk=report)
    kept = settings.FILES_DIR / found.pdf_name
    if not found.pdf_name or not kept.exists():
        raise Http404
    return _download(kept.read_bytes(), "application/pdf", actions.file_name(site, found))


@page(Permission.SEE_REPORTS)
def chart_csv(request: Request, site: Site, report: UUID, chart: str) -> Answer:
    """Hand out the table behind one chart."""
    found = get_or_404(_readable(request, site).whole(), pk=report, snapshot__isnull=False)
    drawn = actions.edition_of(site, found).charts.get(chart)
    if drawn is None:
        raise Http404
    return _download(drawn.csv(), "text/csv; charset=utf-8", drawn.file_name)


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@page(Permission.MAKE_REPORT, post_only=True)
def again(request: Request, site: Site, report: Report) -> Answer:
    """Queue the work once more."""
    now = _pressed(request, site, report, actions.try_again)
    if now is not None and now.is_under_way:
        messages.success(request, "It is being made once more.")
    return redirect(_watching(site, report))


@page(Permission.MAKE_REPORT, post_only=True)
def put_away(request: Request, site: Site, report: Report) -> Answer:
    """Take a report that nobody needs off the list."""
    now = _pressed(request, site, report, actions.put_away)
    if now is not None and now.is_put_away:
        messages.success(request, f"{report} is put away. You find it under this list.")
    return redirect("reports:reports", site=site.slug)


@page(Permission.MAKE_REPORT, post_only=True)
def bring_back(request: Request, site: Site, report: Report) -> Answer:
    """Put a report back on the list."""
    now = _pressed(request, site, report, actions.bring_back)
    if now is not None and not now.is_put_away:
        messages.success(request, f"{report} is back on the list.")
    return redirect("reports:report", site=site.slug, report=report.pk)


def _pressed(request: Request, site: Site, report: Report, act: Callable[..., Report]) -> Report | None:
    """Do what was pressed and return the report as it is now; None when nothing was done, which is then said.

    A form that is sent again does nothing new: what became of the report since then counts.
    """
    form = Press(request.POST)
    if not form.is_valid():
        return None
    try:
        act(at=site, by=by(request, form), report=report)
    except (actions.CannotAsk, actions.CannotPutAway) as reason:
        messages.error(request, str(reason))
        return None
    return Report.objects.at(site).whole().get(pk=report.pk)


def _watching(site: Site, report: Report) -> str:
    """Return the address of a report that looks again by itself until the report is made."""
    return f"{reverse('reports:report', args=[site.slug, report.pk])}?watch=yes"


@page(Permission.RELEASE_REPORT)
def release(request: Request, site: Site, report: Report) -> Answer:
    """Ask who may read it; then release it."""
    form = forms.ReleaseReport.of(report, request.POST or None)
    done = "Saved." if report.is_released else "The report is released."
    if form.is_valid():
        with Refusals(form, actions.CannotRelease):
            actions.release_report(at=site, by=by(request, form), report=report, **form.cleaned_data)
            messages.success(request, done)
            return redirect(_after_release(report, **form.cleaned_data), site=site.slug, report=report.pk)
    return {"site": site, "report": report, "form": form}


def _after_release(report: Report, audience: str) -> str:
    """Return the page that comes next: a report for named readers is read by nobody until one is named."""
    nobody_yet = audience == Report.Audience.NAMED and not report.readers.exists()
    return "reports:readers" if nobody_yet else "reports:report"


@page(Permission.RELEASE_REPORT)
def readers(request: Request, site: Site, report: Report) -> Answer:
    """Show and add the people who are named to read it."""
    form = forms.NameReader(request.POST or None, site=site, report=report)
    if form.is_valid():
        with Refusals(form, actions.CannotRelease, field="reader"):
            actions.name_reader(at=site, by=by(request, form), report=report, **form.cleaned_data)
            return redirect("reports:readers", site=site.slug, report=report.pk)
    named = report.readers.select_related("user").order_by("user__name", "user_id")
    shown = Paginator(named, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(reader, Press()) for reader in shown]
    return {"site": site, "report": report, "form": form, "page": shown, "rows": rows}


@page(Permission.RELEASE_REPORT, post_only=True)
def end_reader(request: Request, site: Site, report: Report, person: UUID) -> Answer:
    """Take one person off the list of readers; for somebody who is not on it nothing changes."""
    form = Press(request.POST)
    named = report.readers.select_related("user").filter(user_id=person).first()
    if named is not None and form.is_valid():
        actions.unname_reader(at=site, by=by(request, form), report=report, reader=named.user)
        messages.success(request, f"{named.user} is no longer named to read this report.")
    return redirect("reports:readers", site=site.slug, report=report.pk)
