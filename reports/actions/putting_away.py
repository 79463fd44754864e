"""Putting away a report that nobody needs, and bringing it back: nothing of it is lost."""

from django.db.models import Q

from kit.actions import Actor, action
from kit.models import Job
from programmes.models import Site
from reports.models import Report

UNDER_WAY = Q(snapshot__isnull=True, job__state__in=(Job.State.QUEUED, Job.State.RUNNING))


class CannotPutAway(Exception):
    """The report stays on the list; the message says why."""


@action
def put_away(*, at: Site, by: Actor, report: Report) -> Report:
    """Take a report off the list; whoever makes reports can still read it, and bring it back.

    Its edition is not given to another. Putting it away again changes nothing.

    Raises:
        CannotPutAway: it is released, so that others may have read it; or it is being made.
    """
    found = Report.objects.at(at).filter(pk=report.pk)
    if found.put_away().exists():
        return report
    if not found.filter(~UNDER_WAY, released_at__isnull=True).update(put_away_at=by.now):
        raise CannotPutAway("This report is released, or is being made just now, so it stays on the list.")
    return report


@action
def bring_back(*, at: Site, by: Actor, report: Report) -> Report:
    """Put a report back on the list."""
    Report.objects.at(at).filter(pk=report.pk).update(put_away_at=None)
    return report
