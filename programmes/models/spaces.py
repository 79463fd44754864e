"""Groups, the smaller spaces inside a site or programme, and the lock on what a group owns."""

from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import uuid4

from django.db import models

from kit.models import Kept, Owned, Scope, Versioned
from programmes.models.places import Site, site_of
from programmes.roles import GROUP_KINDS, SpaceKind

QuerySetT = TypeVar("QuerySetT", bound="models.QuerySet[Any]")


class GroupQuerySet(models.QuerySet["Group"]):
    """Reads of groups."""

    def of(self, scope: Scope) -> Self:
        """Keep the groups of `scope`, the Collaborative first, then by name."""
        first = models.Case(models.When(kind=SpaceKind.COLLABORATIVE, then=0), default=1)
        return self.filter(scope_id=scope.pk).order_by(first, "name", "id")


class Group(Versioned):
    """Some people of a site or programme who do one part of the work together."""

    kept = Kept.DIRECTORY
    kept_because = "rights are asked of it before its scope is open; a name and a purpose"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.label) for kind in GROUP_KINDS])
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=400, blank=True, default="")

    objects = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "name"], name="a_group_is_named_once_in_a_scope"),
            models.UniqueConstraint(
                fields=["scope"],
                name="a_site_has_one_collaborative",
                condition=models.Q(kind="collaborative"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def site(self) -> Site:
        """The site that this group belongs to."""
        return site_of(self.scope)


class Within(Generic[QuerySetT]):
    """The `objects` of what a group owns. It offers one thing: `within(group)`."""

    def __init__(self, queryset: type[QuerySetT], model: type[models.Model] | None = None) -> None:
        self._queryset = queryset
        self._model = model

    def __get__(self, instance: object, model: type[models.Model]) -> "Within[QuerySetT]":
        return type(self)(self._queryset, model)

    def within(self, group: Group) -> QuerySetT:
        """Return the rows that `group` owns."""
        if self._model is None:
            raise TypeError("Ask a model: Gathering.objects.within(collaborative).")
        return self._queryset(self._model).filter(scope_id=group.scope_id, group_id=group.pk)


class GroupOwned(Owned):
    """A row of one group: its people reach it, nobody else does because of their rank (README 2.7)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="+", editable=False)

    everywhere: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        abstract = True
