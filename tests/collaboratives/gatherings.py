"""Gatherings for tests: planned, held, and said at. All invented."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from collaboratives import actions
from collaboratives.models import Gathering
from kit.actions import Actor
from tests.world import World

MAY = datetime(2026, 5, 14, 13, 0, tzinfo=UTC)
THE_DAY_AFTER = MAY + timedelta(days=1)
A_FULL_ROOM = {"lived_experience": 12, "carer": 9, "statutory": 14}


def plan(
    world: World, *, starts_at: datetime = MAY, title: str = "Spring gathering", **more: Any
) -> Gathering:
    plan = {"place": "Grove Street Hall", "ends_at": starts_at + timedelta(hours=2), **more}
    who = Actor(person=world.sam, now=more.pop("now", starts_at))
    plan.pop("now", None)
    return actions.plan_gathering(
        within=world.collaborative, by=who, title=title, starts_at=starts_at, **plan
    )


def hold(
    world: World, *, people_came: int = 30, totals: dict[str, int] | None = None, **more: Any
) -> Gathering:
    gathering = plan(world, **more)
    return actions.record_gathering(
        within=world.collaborative,
        by=Actor(person=world.sam, now=gathering.ends_at),
        gathering=gathering,
        people_came=people_came,
        totals=A_FULL_ROOM if totals is None else totals,
        notes="We talked about the bus.",
    )


def from_now(**ahead: float) -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(**ahead)
