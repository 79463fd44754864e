"""Planning a gathering, changing or cancelling the plan, and recording what happened."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from collaboratives.models import Gathering, PerspectiveTotal
from kit.actions import Actor, Question, Refused, action, keep
from kit.versions import locked
from programmes.models import Group
from programmes.roles import Perspective

FURTHEST_AHEAD = timedelta(days=3 * 366)
"""Nobody plans a gathering further ahead than this; a later date is a slip of the finger."""

SAME_PLAN = "A gathering of this name begins then already. Is this another one? Then press the button again."
TOO_FAR_AHEAD = "Check the year: that is more than three years from now."
MORE_THAN_CAME = "{kind}: no more people can bring this than came in all."
CLOSED = "The Collaborative decided something on this record, so it stays as it is."


class CannotPlan(Refused):
    """The gathering cannot be planned like this; the message says why, for the person planning it."""


class CannotCancel(Exception):
    """The gathering cannot be cancelled; the message says why."""


class CannotRecord(Refused):
    """The gathering cannot be recorded; the message says why, for the person recording it."""


@action
def plan_gathering(
    *,
    within: Group,
    by: Actor,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    access: str = "",
    purpose: str = "",
    sure: bool = True,
) -> Gathering:
    """Plan a gathering; one that has already been is planned too, and then recorded.

    Raises:
        CannotPlan: it ends before it starts, or its dates cannot be.
        Question: one of this name begins then already, and `sure` does not say that this is another.
    """
    same = Gathering.objects.within(within).filter(title=title, starts_at=starts_at)
    if not sure and same.exclude(state=Gathering.State.CANCELLED).exists():
        raise Question(SAME_PLAN, about="title")
    gathering = Gathering(scope=within.scope, group=within, title=title, starts_at=starts_at, ends_at=ends_at)
    gathering.place, gathering.access, gathering.purpose = place, access, purpose
    return _plan(gathering, by.now)


@action(edits="gathering")
def change_plan(
    *,
    within: Group,
    by: Actor,
    gathering: Gathering,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    access: str = "",
    purpose: str = "",
) -> Gathering:
    """Change the plan of a gathering, or correct where, when and as what it was held.

    Raises:
        CannotPlan: it is cancelled or closed, or its new dates cannot be.
    """
    if refused := why_plan_stays(gathering):
        raise CannotPlan(refused)
    if gathering.recorded_at is not None and starts_at > gathering.recorded_at:
        recorded = timezone.localtime(gathering.recorded_at)
        words = f"It was recorded on {recorded:%-d %B %Y}, so it cannot have been later."
        raise CannotPlan(words, field="on")
    gathering.title, gathering.starts_at, gathering.ends_at = title, starts_at, ends_at
    gathering.place, gathering.access, gathering.purpose = place, access, purpose
    return _plan(gathering, by.now)


def _plan(gathering: Gathering, now: datetime) -> Gathering:
    if gathering.starts_at > now + FURTHEST_AHEAD:
        raise CannotPlan(TOO_FAR_AHEAD, field="on")
    keep(gathering, CannotPlan)
    return gathering


@action(edits="gathering")
def cancel_gathering(*, within: Group, by: Actor, gathering: Gathering, reason: str) -> Gathering:
    """Cancel a planned gathering, and say why.

    Raises:
        CannotCancel: it is recorded or cancelled already, or no reason is given.
    """
    if refused := why_not_cancelled(gathering):
        raise CannotCancel(refused)
    gathering.state, gathering.cancelled_because = Gathering.State.CANCELLED, reason
    keep(gathering, CannotCancel)
    return gathering


@action(edits="gathering")
def record_gathering(
    *,
    within: Group,
    by: Actor,
    gathering: Gathering,
    people_came: int | None,
    totals: Mapping[str, int | None],
    notes: str = "",
) -> Gathering:
    """Record what happened and who was in the room, or correct the record.

    A record's counts are typed all together or not at all: without `people_came` they stay as they are, so
    that correcting the notes never shows one facilitator what another one counted.

    Raises:
        CannotRecord: it has not begun, is cancelled or closed, or the counts cannot be.
    """
    if refused := why_no_record(gathering, by.now):
        raise CannotRecord(refused)
    gathering.state, gathering.notes = Gathering.State.HELD, notes
    gathering.recorded_at = gathering.recorded_at or by.now
    counts = _counts(gathering, people_came, totals)
    if counts is not None:
        gathering.people_came, gathering.counted_by = people_came, by.person
    keep(gathering, CannotRecord)
    for perspective, people in (counts or {}).items():
        PerspectiveTotal.everywhere.update_or_create(
            scope=within.scope,
            group=within,
            gathering=gathering,
            perspective=perspective,
            defaults={"people": people},
        )
    return gathering


def why_plan_stays(gathering: Gathering) -> str:
    """Say why its plan cannot be changed; empty when it can."""
    if gathering.is_cancelled:
        return f"This gathering is cancelled, so its plan stays as it is. {gathering.cancelled_because}"
    return CLOSED if gathering.is_closed else ""


def why_not_cancelled(gathering: Gathering) -> str:
    """Say why it cannot be cancelled; empty when it can."""
    if gathering.is_held:
        return "This gathering took place and is recorded, so it cannot be cancelled."
    return "This gathering is cancelled already." if gathering.is_cancelled else ""


def why_no_record(gathering: Gathering, now: datetime) -> str:
    """Say why the gathering cannot be recorded at `now`; empty when it can."""
    if gathering.is_cancelled:
        return "This gathering was cancelled, so there is nothing to record."
    if gathering.is_closed:
        return CLOSED
    return "" if gathering.has_begun(now) else "A gathering can be recorded once it has begun."


def _counts(
    gathering: Gathering, people_came: int | None, totals: Mapping[str, int | None]
) -> dict[str, int] | None:
    """Return all totals as they were typed; None when the counts stay as they are."""
    if people_came is None:
        if gathering.people_came is None or any(count is not None for count in totals.values()):
            raise CannotRecord("Enter how many people came in all.", field="people_came")
        return None
    counts = {kind.value: totals.get(kind.value) or 0 for kind in Perspective}
    for kind in (kind for kind in Perspective if counts[kind.value] > people_came):
        raise CannotRecord(MORE_THAN_CAME.format(kind=kind.label), field=f"brought_{kind.value}")
    return counts


@action
def close_record(*, within: Group, by: Actor, gathering: Gathering) -> Gathering:
    """Close a gathering's record, because something was decided on its strength (V2).

    Raises:
        CannotRecord: it was never recorded.
        kit.versions.Stale: the record has changed since it was read.
    """
    current = locked(gathering, seen=gathering.version)
    if not current.is_held:
        raise CannotRecord("Record the gathering first.")
    current.closed_at = current.closed_at or by.now
    current.version = current.version + 1
    current.save()
    return current
