"""What was done: events that are only ever added, and the seals that chain them."""

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from kit.models.scopes import At, Kept, Owned


class EventQuerySet(models.QuerySet["Event"]):
    """Reads of events; chain them after `at(scope)`."""

    def in_order(self) -> Self:
        """Order by moment, oldest first; equal moments keep a stable order."""
        return self.order_by("at", "id")

    def newest_first(self) -> Self:
        """Order by moment, latest first."""
        return self.order_by("-at", "-id")


class Event(Owned):
    """One thing that somebody did: who, what, when and where. Ids and facts, never anyone's words."""

    only_added = True

    at = models.DateTimeField()
    did = models.CharField(max_length=80)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    system = models.CharField(max_length=40, blank=True, default="")
    about_kind = models.CharField(max_length=80, blank=True, default="")
    about_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = At(EventQuerySet)

    class Meta:
        indexes = [models.Index(fields=["scope", "at"], name="event_by_scope_and_time")]
        constraints = [
            models.CheckConstraint(
                name="event_is_never_anonymous",
                condition=models.Q(person__isnull=False) | ~models.Q(system=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.did} at {self.at:%Y-%m-%d %H:%M:%S}"


class SealQuerySet(models.QuerySet["Seal"]):
    """Reads of seals; chain them after `at(scope)`."""

    def in_order(self) -> Self:
        """Order by position in the chain, first link first."""
        return self.order_by("position")


class Seal(Owned):
    """One link of a scope's chain: the digest covers the event and the digest before it (G30)."""

    only_added = True

    event = models.OneToOneField(Event, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    objects = At(SealQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "position"], name="one_seal_at_each_position"),
        ]

    def __str__(self) -> str:
        return f"seal {self.position}"


class Unsealed(models.Model):
    """An event that the sealer still has to chain; it leaves the queue when sealed."""

    kept = Kept.QUEUE
    kept_because = "the sealer looks here before it opens a scope; two ids, nothing else"

    event_id = models.UUIDField(primary_key=True)
    scope_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return str(self.event_id)
