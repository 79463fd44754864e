"""When the Collaborative comes together, and who was in the room as totals."""

from datetime import UTC, date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from collaboratives.models.room import Room, room_of
from kit.models import Versioned
from kit.small_numbers import people
from programmes.models import GroupOwned, Within
from programmes.roles import Perspective

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LARGEST_ROOM = 2000
"""More people than this in one room is a slip of the finger."""


class GatheringQuerySet(models.QuerySet["Gathering"]):
    """Reads of gatherings; chain them after `within(collaborative)`."""

    def what_is_ahead_first(self, now: datetime) -> Self:
        """Order by what comes next, soonest first; then what has been, latest first."""
        is_ahead = Q(ends_at__gte=now) & ~Q(state=Gathering.State.HELD)
        return self.annotate(
            is_ahead=models.ExpressionWrapper(is_ahead, models.BooleanField()),
            soonest=models.Case(models.When(is_ahead, then=F("starts_at"))),
        ).order_by("-is_ahead", F("soonest").asc(nulls_last=True), "-starts_at", "id")

    def ahead(self, now: datetime) -> Self:
        """Keep the planned ones that have not ended by `now`, soonest first."""
        return self.filter(state=Gathering.State.PLANNED, ends_at__gte=now).order_by("starts_at", "id")

    def held(self) -> Self:
        """Keep the recorded ones, latest first."""
        return self.filter(state=Gathering.State.HELD).order_by("-starts_at", "id")

    def held_between(self, first: date, last: date) -> Self:
        """Keep the recorded ones of these days, first and last day included, earliest first."""
        return self.held().filter(starts_at__date__range=(first, last)).order_by("starts_at", "id")

    def with_totals(self) -> Self:
        """Read who was in each room in one more query."""
        return self.prefetch_related("totals")


class Gathering(GroupOwned, Versioned):
    """One meeting of the Collaborative, where people work side by side."""

    class State(models.TextChoices):
        """What became of it."""

        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"

    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    access = models.TextField(max_length=400, blank=True, default="")
    purpose = models.TextField(max_length=600, blank=True, default="")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True, default="")
    people_came = models.PositiveSmallIntegerField(null=True, blank=True)
    notes = models.TextField(max_length=8000, blank=True, default="")
    recorded_at = models.DateTimeField(null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = Within(GatheringQuerySet)

    class Meta:
        indexes = [models.Index(fields=["group", "starts_at"], name="gathering_by_group_and_start")]
        constraints = [
            models.CheckConstraint(
                name="gathering_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="A gathering must end after it starts.",
            ),
            models.CheckConstraint(
                name="gathering_has_a_title_and_a_place", condition=~Q(title="") & ~Q(place="")
            ),
            models.CheckConstraint(
                name="gathering_starts_in_our_time",
                condition=Q(starts_at__gte=EARLIEST),
                violation_error_message="Check the year of the gathering.",
            ),
            models.CheckConstraint(
                name="a_held_gathering_says_when_it_was_recorded_and_how_many_came",
                condition=Q(state="held", recorded_at__isnull=False, people_came__isnull=False)
                | (~Q(state="held") & Q(recorded_at__isnull=True, people_came__isnull=True)),
            ),
            models.CheckConstraint(
                name="gathering_is_recorded_after_it_begins",
                condition=Q(recorded_at__isnull=True) | Q(recorded_at__gte=F("starts_at")),
                violation_error_message="A gathering can be recorded once it has begun.",
            ),
            models.CheckConstraint(
                name="a_held_gathering_had_people_in_the_room",
                condition=Q(people_came__isnull=True) | Q(people_came__range=(1, LARGEST_ROOM)),
                violation_error_message=f"Enter how many people came, from 1 to {LARGEST_ROOM}.",
            ),
            models.CheckConstraint(
                name="a_cancelled_gathering_says_why",
                condition=(Q(state="cancelled") & ~Q(cancelled_because=""))
                | (~Q(state="cancelled") & Q(cancelled_because="")),
                violation_error_message="Say why it is cancelled.",
            ),
            models.CheckConstraint(
                name="only_a_held_gathering_is_closed",
                condition=Q(closed_at__isnull=True) | Q(state="held"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_planned(self) -> bool:
        """Whether it is neither recorded nor cancelled."""
        return self.state == self.State.PLANNED

    @property
    def is_held(self) -> bool:
        """Whether it took place and was recorded."""
        return self.state == self.State.HELD

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == self.State.CANCELLED

    @property
    def is_closed(self) -> bool:
        """Whether something was decided on the strength of its record, so that the record stays."""
        return self.closed_at is not None

    def has_begun(self, now: datetime) -> bool:
        """Whether people have come together by `now`."""
        return self.starts_at <= now

    def is_over(self, now: datetime) -> bool:
        """Whether it has ended by `now`, as far as its plan says."""
        return self.ends_at < now

    def counts(self) -> dict[str, int]:
        """Return the totals as typed, by perspective; for whoever typed them, and for no other page (C2)."""
        return {total.perspective: total.people for total in self.totals.all()}

    @property
    def had_lived_experience(self) -> bool:
        """Whether somebody with lived experience was in the room (V2)."""
        return self.counts().get(Perspective.LIVED_EXPERIENCE, 0) > 0

    @property
    def people_in_words(self) -> str:
        """How many came, safe to show: "about 40"; empty until it is recorded."""
        return "" if self.people_came is None else people(self.people_came).words

    @property
    def room(self) -> Room | None:
        """Who was in the room, safe to show; None until the gathering is recorded."""
        return None if self.people_came is None else room_of(self.people_came, self.counts())


class PerspectiveTotal(GroupOwned):
    """How many people in one room brought one perspective: a typed total, never a list of people (C2).

    One person may bring several, so the totals of a room add up to more than the people in it.
    """

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="totals")
    perspective = models.CharField(max_length=16, choices=Perspective)
    people = models.PositiveSmallIntegerField(default=0)

    objects = Within(models.QuerySet["PerspectiveTotal"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "perspective"], name="one_total_per_perspective_and_room"
            ),
            models.CheckConstraint(
                name="a_perspective_total_is_0_to_a_full_room", condition=Q(people__range=(0, LARGEST_ROOM))
            ),
        ]

    def __str__(self) -> str:
        return f"total {self.pk}"
