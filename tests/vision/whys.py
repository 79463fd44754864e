"""Drafts and adopted visions for tests. All invented."""

from datetime import timedelta
from typing import Any

from collaboratives.models import Gathering
from kit.actions import Actor
from tests.collaboratives.gatherings import MAY, THE_DAY_AFTER, hold
from tests.world import World
from vision import actions
from vision.models import Value, Vision, Voice

WORDS = "Everyone in Harbour City lives well, with people around them."


def sam(world: World, **later: float) -> Actor:
    return Actor(person=world.sam, now=THE_DAY_AFTER + timedelta(**later))


def draft(world: World, statement: str = WORDS) -> Vision:
    started = actions.start_draft(at=world.harbour, by=sam(world))
    return actions.write_draft(at=world.harbour, by=sam(world), vision=started, statement=statement)


def the_next(world: World, statement: str = "", **later: float) -> Vision:
    """Start the version after the one that stands, and write other words into it."""
    started = actions.start_draft(at=world.harbour, by=sam(world, **later))
    words = statement or f"{WORDS} Version {started.number}."
    return actions.write_draft(at=world.harbour, by=sam(world, **later), vision=started, statement=words)


def voice(world: World, *, lives_here: bool = True, **more: Any) -> Voice:
    words = {"text": "I want to be asked", "said_by": "a neighbour", **more}
    return actions.add_voice(at=world.harbour, by=sam(world), lives_here=lives_here, **words)


def value(world: World, vision: Vision, name: str = "Kindness", **more: Any) -> Value:
    words = {"meaning": "We notice", "we_would_see": "a call back\n\ntime to talk", **more}
    return actions.add_value(at=world.harbour, by=sam(world), vision=vision, name=name, **words)


def adopt(world: World, vision: Vision, gathering: Gathering | None = None, **later: float) -> Vision:
    return actions.adopt(
        at=world.harbour,
        by=sam(world, **later),
        vision=vision,
        gathering=gathering or hold(world, starts_at=MAY + timedelta(**later)),
        how_agreed="Read aloud twice, and everybody said where they stand",
    )


def adopted(world: World) -> Vision:
    vision = draft(world)
    voice(world)
    for name in ("Kindness", "Honesty", "Courage", "Patience"):
        value(world, vision, name)
    return adopt(world, vision)
