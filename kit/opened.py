"""What somebody has opened, so that it is offered no more, on whichever device they come next.

A mark stands in the cache and goes by itself: nobody keeps who read what. If it is lost, the thing is offered
once more.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import TypeVar

from django.core.cache import cache
from django.db import models

RowT = TypeVar("RowT", bound=models.Model)


def note_opened(row: models.Model, person: models.Model, *, keep: timedelta) -> None:
    """Note that `person` opened `row`; `keep` is how long it is offered at most."""
    cache.set(_mark(row, person), "opened", keep.total_seconds())


def not_opened(rows: Sequence[RowT], person: models.Model) -> list[RowT]:
    """Return those of `rows` that `person` has not opened."""
    opened = cache.get_many([_mark(row, person) for row in rows])
    return [row for row in rows if _mark(row, person) not in opened]


def _mark(row: models.Model, person: models.Model) -> str:
    """Name the mark so that a list of the cache's keys alone does not say who opened what."""
    return "opened:" + sha256(f"{row.pk}:{person.pk}".encode()).hexdigest()
