"""Programmes, their sites, and the localities of a site."""

from typing import Any, ClassVar, Self, cast

from django.db import models

from kit.models import At, Owned, Scope, Versioned


class Programme(Scope, Versioned):
    """A multi-site effort with a shared method; the tenant."""

    kept_because = "found by its address before a scope is open; a name and a purpose"

    name = models.CharField(max_length=120)
    slug = models.SlugField("short name", max_length=40, unique=True)
    purpose = models.TextField(max_length=600, blank=True, default="")

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        constraints = [models.CheckConstraint(name="a_programme_has_a_name", condition=~models.Q(name=""))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Scope.Kind.PROGRAMME
        self.pk = self.pk or self.id

    def __str__(self) -> str:
        return self.name


class SiteQuerySet(models.QuerySet["Site"]):
    """Reads of sites."""

    def with_programme(self) -> Self:
        """Read each site's programme in the same query."""
        return self.select_related("within__programme")

    def of(self, programme: Scope) -> Self:
        """Keep the sites of `programme`, in the order of their names: a list, never a ranking (rule X3)."""
        return self.filter(within_id=programme.pk).order_by("name", "id")


class Site(Scope, Versioned):
    """A place with its own Collaborative and vision. It may pause or leave; its record stays."""

    class Status(models.TextChoices):
        """Whether work goes on here."""

        ACTIVE = "active", "at work"
        PAUSED = "paused", "paused"
        LEFT = "left", "has left the programme"

    kept_because = "found by its address before a scope is open; a name, a state and public phone lines"

    name = models.CharField(max_length=120)
    slug = models.SlugField("short name", max_length=40, unique=True)
    status = models.CharField(max_length=6, choices=Status, default=Status.ACTIVE)
    status_reason = models.CharField(max_length=300, blank=True, default="")
    support_lines = models.JSONField(default=list, blank=True)
    contact_name = models.CharField(max_length=80, blank=True, default="")
    contact_phone = models.CharField(max_length=40, blank=True, default="")

    objects = SiteQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [models.CheckConstraint(name="a_site_has_a_name", condition=~models.Q(name=""))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = Scope.Kind.SITE
        self.pk = self.pk or self.id

    def __str__(self) -> str:
        return self.name

    @property
    def programme(self) -> Programme:  # type: ignore[override]
        """The programme that this site is part of."""
        return cast(Scope, self.within).programme

    @property
    def is_at_work(self) -> bool:
        """Whether people may change things here; a paused site and one that left can only be read."""
        return self.status == self.Status.ACTIVE

    @property
    def rests_in_words(self) -> str:
        """What everybody is told while nothing may be changed; empty while the place is at work."""
        return {
            self.Status.PAUSED: "This place is taking a pause",
            self.Status.LEFT: "This place has left the programme",
        }.get(self.Status(self.status), "")


class LocalityQuerySet(models.QuerySet["Locality"]):
    """Reads of localities; chain them after `at(site)`."""

    def by_name(self) -> Self:
        """Order by name."""
        return self.order_by("name", "id")


class Locality(Owned, Versioned):
    """A neighbourhood or sub-area of a site where a team works or may work next."""

    name = models.CharField(max_length=80)

    objects = At(LocalityQuerySet)

    class Meta:
        verbose_name_plural = "localities"
        constraints = [
            models.UniqueConstraint(fields=["scope", "name"], name="a_locality_is_named_once_in_a_site"),
        ]

    def __str__(self) -> str:
        return self.name


def site_of(scope: Scope) -> Site:
    """Return `scope` as the site it is; one query when only the scope is in hand."""
    return scope if isinstance(scope, Site) else Site.objects.with_programme().get(pk=scope.pk)


def place_of(scope: Scope) -> Programme | Site:
    """Return `scope` as the site or the programme it is, without a query when it was read along."""
    return scope.site if scope.kind == Scope.Kind.SITE else scope.programme
