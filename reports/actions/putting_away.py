"""Putting away a report that nobody needs, and bringing it back: nothing of it is lost."""

from kit.actions import Actor, action
from programmes.models import Site
from reports.models import Report


class CannotPutAway(Exception):
    """The report stays where it is; the message says why."""


@action
def put_away(*, at: Site, by: Actor, report: Report) -> Report:
    """Take a report off the list; whoever makes reports can still read it, and bring it back.

    Its edition is not given to another.

    Raises:
        CannotPutAway: it is released, so that others may have read it; or it is being made; or it was put
            away already.
    """
    found = Report.objects.at(at).locked(report)
    if found.is_put_away:
        raise CannotPutAway("This report was put away already.")
    if not found.can_be_put_away:
        raise CannotPutAway("This report is released, or is being made just now, so it stays on the list.")
    found.put_away_at = by.now
    found.save(update_fields=["put_away_at"])
    return found


@action
def bring_back(*, at: Site, by: Actor, report: Report) -> Report:
    """Put a report back on the list.

    Raises:
        CannotPutAway: it stands there already.
    """
    found = Report.objects.at(at).locked(report)
    if not found.is_put_away:
        raise CannotPutAway("This report is on the list already.")
    found.put_away_at = None
    found.save(update_fields=["put_away_at"])
    return found
