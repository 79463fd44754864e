"""Adding, changing, removing and ordering the values of the draft."""

from uuid import UUID

from django.db import models

from kit.actions import Actor, Stray, action, keep
from programmes.models import Site
from vision.actions.writing import CannotWrite, open_draft
from vision.models import Value, Vision

MOST_VALUES = 12
"""Four to seven is what most places keep in mind; nobody remembers more than these."""


@action
def add_value(
    *,
    at: Site,
    by: Actor,
    vision: Vision,
    name: str,
    meaning: str,
    we_would_see: str = "",
    we_would_not_see: str = "",
) -> Value:
    """Add a value to the draft, after the others.

    Raises:
        CannotWrite: the version was adopted (V3), has enough values, or has one with this name.
    """
    draft = open_draft(vision.pk)
    others = Value.objects.at(at).filter(vision=draft)
    if others.count() >= MOST_VALUES:
        raise CannotWrite(f"There are {MOST_VALUES} values already. Fewer are easier to keep in mind.")
    last = others.aggregate(last=models.Max("position"))["last"]
    value = Value(scope=at, vision=draft, position=0 if last is None else last + 1)
    return _say(value, name, meaning, we_would_see, we_would_not_see)


@action(edits="value")
def change_value(
    *,
    at: Site,
    by: Actor,
    value: Value,
    name: str,
    meaning: str,
    we_would_see: str = "",
    we_would_not_see: str = "",
) -> Value:
    """Change what a value of the draft says.

    Raises:
        CannotWrite: the version was adopted (V3), or another value has this name.
    """
    open_draft(value.vision_id)
    return _say(value, name, meaning, we_would_see, we_would_not_see)


def _say(value: Value, name: str, meaning: str, seen: str, not_seen: str) -> Value:
    value.name, value.meaning, value.we_would_see, value.we_would_not_see = name, meaning, seen, not_seen
    keep(value, CannotWrite)
    return value


@action
def remove_value(*, at: Site, by: Actor, value_id: UUID) -> Vision:
    """Take a value out of the draft; the versions before keep theirs.

    Raises:
        CannotWrite: the version was adopted (V3).
        Stray: the place has no such value.
    """
    value = Value.objects.at(at).filter(pk=value_id).first()
    if value is None:
        raise Stray("The place has no such value.")
    draft = open_draft(value.vision_id)
    value.delete()
    return draft


@action
def move_value(*, at: Site, by: Actor, value: Value, up: bool) -> Value:
    """Move a value of the draft one place up or down; the first and the last stay where they are.

    Raises:
        CannotWrite: the version was adopted (V3).
    """
    draft = open_draft(value.vision_id)
    values = list(draft.values.all())
    here = values.index(value)
    there = max(0, here - 1) if up else min(len(values) - 1, here + 1)
    values.insert(there, values.pop(here))
    for position, one in enumerate(values):
        one.position = position
    Value.everywhere.bulk_update(values, ["position"])
    return value
