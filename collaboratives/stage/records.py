"""What the records of a Collaborative say: its gatherings, and the state they suggest (ux.md 1.4)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, Min
from django.utils import timezone

from collaboratives.models import Agreement, Gathering
from programmes.models import Group, Site, StageState
from programmes.roles import SpaceKind
from programmes.stages import Progress, once

State = StageState.State

MET_OFTEN_ENOUGH = 3  # ux 1.4


def collaborative_of(site: Site) -> Group | None:
    """Return the site's Collaborative; None before it has one. One query."""
    return once(_collaborative_of, site)


def _collaborative_of(site: Site) -> Group | None:
    return Group.objects.of(site).filter(kind=SpaceKind.COLLABORATIVE).first()


def progress(site: Site) -> Progress:
    """Say how often people met, and suggest a state from figures that everybody may see."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return Progress(words="")
    held = held_at(site)
    if not held:
        return _before_the_first(is_planned=any(row.ends_at >= timezone.now() for row in planned_at(site)))
    return _after_the_first(held)


def held_at(site: Site) -> Sequence[Any]:
    """Return the gatherings held, newest first, with rooms; `agreed` says if ways of working were agreed."""
    return once(_held, site)


def planned_at(site: Site) -> Sequence[Gathering]:
    """Return the gatherings that are planned, or wait to be recorded."""
    return once(_planned, site)


def _planned(site: Site) -> Sequence[Gathering]:
    collaborative = collaborative_of(site)
    if collaborative is None:
        return ()
    return list(Gathering.objects.within(collaborative).filter(state=Gathering.State.PLANNED))


def _held(site: Site) -> Sequence[Any]:
    collaborative = collaborative_of(site)
    if collaborative is None:
        return ()
    agreed = Agreement.objects.within(collaborative).of_ways_of_working().standing()
    rows = Gathering.objects.within(collaborative).held()
    return list(rows.annotate(agreed=Exists(agreed)).with_totals())


def _before_the_first(*, is_planned: bool) -> Progress:
    if is_planned:
        return Progress("The first gathering is planned", State.GROWING, "the first gathering is planned")
    return Progress(words="")


def _after_the_first(held: Sequence[Any]) -> Progress:
    words = f"Met {_times(len(held))}"
    room = held[0].room
    if len(held) < MET_OFTEN_ENOUGH:
        return Progress(words, State.GROWING, f"the Collaborative has met {_times(len(held))}")
    if not room.a_third_brings_lived_experience:
        return Progress(words, State.GROWING, "more people with lived experience are needed in the room")
    if not held[0].agreed:
        return Progress(words, State.GROWING, "no ways of working are agreed yet")
    lived = "at least a third of the room brought" if room.is_counted else "the room had people with"
    because = f"people met {_times(len(held))}, {lived} lived experience, and ways of working are agreed"
    return Progress(words, State.ROOTED, because)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def begun_on(site: Site) -> date | None:
    """Return the day of the first recorded gathering; today while the first is only planned."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return None
    gatherings = Gathering.objects.within(collaborative)
    first = gatherings.held().aggregate(first=Min("starts_at"))["first"]
    if first is not None:
        return timezone.localtime(first).date()
    return timezone.localdate() if gatherings.ahead(timezone.now()).exists() else None
