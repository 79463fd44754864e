"""Asking for a report, and asking again when making it stopped."""

from django.db import models
from django.utils import timezone

from kit import jobs
from kit.actions import Actor, Question, action
from kit.models import Job
from programmes.models import Site
from programmes.stages import Period
from reports.actions.days import first_day_of
from reports.models import Report

ALREADY = "This report is being made already. You can watch it on the list of reports."

ANOTHER = (
    "Edition {} about these months was made on {:%-d %B %Y}. Another one is worth making when something was "
    "recorded or corrected since. Is it? Then press the button again."
)


class CannotAsk(Exception):
    """The report cannot be asked for; the message says why, for the person who asked."""


@action
def ask_for_report(*, at: Site, by: Actor, period: Period, sure: bool = True) -> Report:
    """Owe the next edition of the report about `period`; the worker makes it.

    Raises:
        CannotAsk: the period has not begun, or was over before the place began, or this very report is being
            made already.
        Question: an edition about `period` was made, and `sure` does not say that another one is meant.
    """
    if period.first > timezone.localtime(by.now).date():
        raise CannotAsk("These days have not come yet. Choose a time that has begun.")
    since = first_day_of(at)
    if since is not None and period.last < since:
        raise CannotAsk(
            f"{at.name} began on {since:%-d %B %Y}. Choose months that hold this day or come later."
        )
    same = Report.objects.at(at).filter(first_day=period.first, last_day=period.last)
    if same.filter(job__state__in=(Job.State.QUEUED, Job.State.RUNNING)).exists():
        raise CannotAsk(ALREADY)
    if not sure:
        _ask_about_another(same.at_hand().filter(made_at__isnull=False).order_by("-edition").first())
    newest = same.aggregate(newest=models.Max("edition"))["newest"] or 0
    report = Report(
        scope=at, first_day=period.first, last_day=period.last, edition=newest + 1, asked_at=by.now
    )
    report.job = jobs.owe(kind="make_report", scope=at, row=report, owed_to=by.person, now=by.now)
    report.save()
    return report


def _ask_about_another(made: Report | None) -> None:
    if made is not None and made.made_at is not None:
        raise Question(ANOTHER.format(made.edition, timezone.localtime(made.made_at)), about="period")


@action
def try_again(*, at: Site, by: Actor, report: Report) -> Report:
    """Queue the work once more after it stopped.

    Raises:
        CannotAsk: the report was put away; or the work has not stopped, or somebody has tried again already.
    """
    found = Report.objects.at(at).locked(report)
    if found.is_put_away:
        raise CannotAsk("This report was put away. Bring it back first.")
    if found.job is None or not jobs.retry(found.job, now=by.now):
        raise CannotAsk("This report has not stopped.")
    return found
