"""Whose a row is. Every table says: owned by a scope, in the directory, or in the queue.

One request acts in one place. A *scope* is that place: a site, which also knows its programme, or a
programme. An owned row carries its scope in a column of its own, so that one equality keeps places apart in
every query, in every database policy and in every foreign key. Reaching a row's scope through its parent was
rejected: the database could not have held it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import models

QuerySetT = TypeVar("QuerySetT", bound="models.QuerySet[Any]")


class Kept(StrEnum):
    """The three kinds of table; a test lists every table with its kind."""

    OWNED = "owned"
    DIRECTORY = "directory"
    QUEUE = "queue"


class Scope(models.Model):
    """One site or one programme, seen as the owner of rows."""

    class Kind(models.TextChoices):
        """What sort of place owns the rows."""

        PROGRAMME = "programme", "programme"
        SITE = "site", "place"

    kept = Kept.DIRECTORY
    kept_because = "found by address before any scope is open; holds no content"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=9, choices=Kind, editable=False)
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_site_is_within_a_programme",
                condition=models.Q(kind="programme", within__isnull=True)
                | models.Q(kind="site", within__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def programme_id(self) -> UUID:
        """The programme whose own rows can be read here: a site's programme, or the programme itself."""
        return self.within_id or self.pk


class At(Generic[QuerySetT]):
    """The `objects` of an owned model. It offers one thing: `at(scope)`."""

    def __init__(self, queryset: type[QuerySetT], model: type[models.Model] | None = None) -> None:
        self._queryset = queryset
        self._model = model

    def __get__(self, instance: object, model: type[models.Model]) -> "At[QuerySetT]":
        return type(self)(self._queryset, model)

    def at(self, scope: Scope) -> QuerySetT:
        """Return the rows that `scope` itself owns."""
        return self._rows().filter(scope_id=scope.pk)

    def _rows(self) -> QuerySetT:
        if self._model is None:
            raise TypeError("Ask a model: Gathering.objects.at(site).")
        return self._queryset(self._model)


@dataclass(frozen=True)
class Frozen:
    """When rows stay: once the `state` of a row, or of the one that `of` points at, is no more `while_`.

    Only the named `columns` stay, where some are named; a row is not removed in any case.
    """

    state: str
    while_: str
    of: str = ""
    columns: tuple[str, ...] = ()


class Owned(models.Model):
    """A row of one scope. Reads go through `objects.at(scope)`; Django's own machinery uses `everywhere`.

    `released_upwards` marks the few tables of a programme into which a site may put a row, and which a site
    may read: what crosses sites is released on purpose, never looked up (README 2.6, rule X1). `frozen_by`
    says from when on the database itself refuses to change a row.
    """

    kept: ClassVar[Kept] = Kept.OWNED
    released_upwards: ClassVar[bool] = False
    only_added: ClassVar[bool] = False
    frozen_by: ClassVar[Frozen | None] = None

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+", editable=False)

    everywhere: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit. `version` rises by one with each saved change, so a stale save is noticed."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
