"""What can be seen from the balcony: patterns in words, from what everybody who comes may know anyway."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from collaboratives.models import Dissent, Gathering, Room
from collaboratives.stage import collaborative_of
from kit.small_numbers import Kind
from livingwell.journey import Place
from programmes.access import Permission, Standing
from programmes.models import Group, Site
from programmes.roles import Perspective

A_WHILE = timedelta(weeks=8)
"""How long without a gathering is worth a word; about two of the usual gaps."""

WAS_THERE = {Kind.REPRESENTED, Kind.ABOUT}


def patterns(site: Site, standing: Standing, path: Sequence[Place], now: datetime) -> list[str]:
    """Return what stands out: stages begun early, who is in the room and who is not yet, what waits.

    What comes from the Collaborative is for those who may see its gatherings.
    """
    found = [f"{place.name} began early: {place.why_early}" for place in path if place.why_early]
    found += [words for place in path for words in place.stage.patterns(site)]
    group = collaborative_of(site) if standing.may(Permission.SEE_GATHERINGS) else None
    return [*found, *_of_the_collaborative(group, now)] if group is not None else found


def coming_up(site: Site, standing: Standing, now: datetime) -> Gathering | None:
    """Return the gathering that comes next, for those who may see gatherings."""
    group = collaborative_of(site) if standing.may(Permission.SEE_GATHERINGS) else None
    return None if group is None else Gathering.objects.within(group).ahead(now).first()


def _of_the_collaborative(group: Group, now: datetime) -> Iterator[str]:
    last = Gathering.objects.within(group).held().with_totals().first()
    if last is not None and last.room is not None:
        yield from _who_was_there(last.room)
        if now - last.starts_at > A_WHILE:
            yield f"The Collaborative last met {_how_long(now - last.starts_at)} ago."
    waiting = list(Dissent.objects.within(group).unanswered().in_order()[:100])
    if waiting:
        worries = "A worry waits" if len(waiting) == 1 else f"{len(waiting)} worries wait"
        yield f"{worries} for an answer, the oldest for {_how_long(now - waiting[0].raised_at)}."


def _who_was_there(room: Room) -> Iterator[str]:
    """Say who is met and who not yet, and nothing where a small number would show."""
    met = [str(kind.label) for kind in Perspective if room.perspectives[kind].kind in WAS_THERE]
    if met:
        yield f"In the room when we last met: {', '.join(met)}."
    if room.not_yet:
        yield f"Not yet in the room: {', '.join(room.not_yet)}."


def _how_long(time: timedelta) -> str:
    weeks = time // timedelta(weeks=1)
    return {0: "less than a week", 1: "a week"}.get(weeks, f"{weeks} weeks")
