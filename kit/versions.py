"""Two people, one thing: a stale save is noticed, and nothing that was typed is lost (ux W5, G36)."""

from typing import Any, TypeVar

from django.db import models

from kit.models import Versioned

VersionedT = TypeVar("VersionedT", bound=Versioned)


class Stale(Exception):
    """Somebody changed the row since this person read it; `row` is how it stands now.

    `form` is the form that was sent, once the action knows it.
    """

    def __init__(self, row: Versioned) -> None:
        super().__init__("Somebody changed this while you were writing.")
        self.row = row
        self.form: Any = None


def locked(row: VersionedT, *, seen: int | None) -> VersionedT:
    """Read `row` afresh and hold it until the transaction ends.

    Raises:
        Stale: the row's version is no longer the one that the person had `seen`.
    """
    current = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if current.version != seen:
        raise Stale(current)
    return current


def raised(row: Versioned) -> None:
    """Raise the row's version by one, in the table and in hand."""
    type(row)._default_manager.filter(pk=row.pk).update(version=models.F("version") + 1)
    row.version += 1
