"""Versions of a place's vision: one draft at most, one adopted at most, and all those before."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from collaboratives.models import Gathering
from kit.models import At, Frozen, Owned, Versioned
from vision.models.wording import speaks_only_of_services

LIVING_FOR = timedelta(days=183)
"""After half a year without a look, a vision is flagged to the Collaborative (V4)."""


class VisionQuerySet(models.QuerySet["Vision"]):
    """Reads of versions; chain them after `at(site)`."""

    def adopted(self) -> Self:
        """Keep the one version that stands now, if any, with its values: two queries in all."""
        return self.filter(status=Vision.Status.ADOPTED).prefetch_related("values")

    def of_now(self) -> Self:
        """Keep what is worked with now: the version that stands, and the draft."""
        return self.filter(status__in=(Vision.Status.ADOPTED, Vision.Status.DRAFT))

    def drafts(self) -> Self:
        """Keep the draft, if there is one, with its values."""
        return self.filter(status=Vision.Status.DRAFT).prefetch_related("values")

    def not_put_away(self) -> Self:
        """Leave out the drafts that nobody goes on with."""
        return self.exclude(status=Vision.Status.PUT_AWAY)

    def put_away(self) -> Self:
        """Keep the drafts that nobody goes on with, with their values.

        Each says as `is_overtaken` whether a version was adopted since, so that it stays put away.
        """
        of_here = VisionQuerySet(self.model).filter(scope=OuterRef("scope"))
        later = Exists(of_here.written_down_since(OuterRef("retired_at")))
        away = self.filter(status=Vision.Status.PUT_AWAY)
        return away.annotate(is_overtaken=later).prefetch_related("values")

    def written_down_since(self, moment: datetime | OuterRef | None) -> Self:
        """Keep the versions whose adoption was recorded at `moment` or later."""
        return self.filter(written_down_at__gte=moment)

    def with_room(self) -> Self:
        """Read the values, and who was in the room where it was adopted, too."""
        return self.select_related("adopted_in").prefetch_related("values", "adopted_in__totals")

    def with_the_one_before(self) -> Self:
        """Say as `before` which version came before; None for the first."""
        agreed = self.model.everywhere.filter(scope=OuterRef("scope"), adopted_at__isnull=False)
        before = agreed.filter(number__lt=OuterRef("number")).order_by("-number")
        return self.annotate(before=Subquery(before.values("pk")[:1]))

    def newest_first(self) -> Self:
        """Order by number, latest first."""
        return self.order_by("-number")

    def agreed(self) -> Self:
        """Keep the versions that the Collaborative adopted at some time."""
        return self.filter(adopted_at__isnull=False)

    def last_number(self) -> int:
        """Return the highest number that a version has, adopted or not; 0 when there is none."""
        return self.aggregate(last=Max("number"))["last"] or 0

    def standing_on(self, day: date) -> Self:
        """Keep the version that stood at the end of `day`, if any."""
        not_yet_retired = Q(retired_at__isnull=True) | Q(retired_at__date__gt=day)
        return self.agreed().filter(not_yet_retired, adopted_at__date__lte=day)


class Vision(Owned, Versioned):
    """One version of the why that people of a place wrote together. An adopted one is never edited (V3).

    It gets its number when it is started, so a draft that was put away leaves a gap. That a draft is being
    written is no secret, its words are.
    """

    frozen_by = Frozen(
        state="status",
        while_="draft",
        columns=(
            "number",
            "statement",
            "plain",
            "why_changed",
            "adopted_at",
            "adopted_in_id",
            "how_agreed",
            "written_down_at",
        ),
    )

    class Status(models.TextChoices):
        """Where this version stands."""

        DRAFT = "draft", "Being written"
        ADOPTED = "adopted", "Ours now"
        RETIRED = "retired", "Before"
        PUT_AWAY = "put_away", "Put away"

    number = models.PositiveSmallIntegerField()
    statement = models.TextField(max_length=600, blank=True, default="")
    plain = models.TextField(max_length=600, blank=True, default="")
    why_changed = models.CharField(max_length=400, blank=True, default="")
    status = models.CharField(max_length=8, choices=Status, default=Status.DRAFT)
    drafted_at = models.DateTimeField()
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_in = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    how_agreed = models.TextField(max_length=600, blank=True, default="")
    written_down_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = At(VisionQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "number"], name="a_vision_number_is_used_once"),
            models.UniqueConstraint(
                fields=["scope"],
                name="one_draft_of_the_vision",
                condition=Q(status="draft"),
                violation_error_message="The next version is being written already.",
            ),
            models.UniqueConstraint(
                fields=["scope"], name="one_adopted_vision", condition=Q(status="adopted")
            ),
            models.CheckConstraint(name="vision_numbers_begin_at_1", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="an_adopted_vision_says_where_and_how",
                condition=Q(
                    status__in=("draft", "put_away"),
                    adopted_at__isnull=True,
                    adopted_in__isnull=True,
                    written_down_at__isnull=True,
                )
                | (
                    Q(status__in=("adopted", "retired"))
                    & Q(adopted_at__isnull=False, adopted_in__isnull=False, written_down_at__isnull=False)
                    & ~Q(statement="")
                    & ~Q(how_agreed="")
                ),
                violation_error_message="Say at which gathering it was adopted, and how you came to agree.",
            ),
            models.CheckConstraint(
                name="a_vision_that_is_over_says_since_when",
                condition=Q(status__in=("retired", "put_away"), retired_at__isnull=False)
                | Q(status__in=("draft", "adopted"), retired_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.status == self.Status.DRAFT

    @property
    def is_put_away(self) -> bool:
        """Whether it was a draft that nobody goes on with."""
        return self.status == self.Status.PUT_AWAY

    @property
    def is_agreed(self) -> bool:
        """Whether the Collaborative adopted it, now or before."""
        return self.adopted_at is not None

    @property
    def was_written_down_later(self) -> bool:
        """Whether somebody recorded on another day than that of the gathering that it was adopted."""
        days = [timezone.localtime(day).date() for day in (self.adopted_at, self.written_down_at) if day]
        return len(set(days)) > 1

    @property
    def is_adopted(self) -> bool:
        """Whether it stands now."""
        return self.status == self.Status.ADOPTED

    @property
    def line(self) -> str:
        """The vision in one line, for the top of every page."""
        return " ".join(self.statement.split())

    @property
    def words_digest(self) -> str:
        """The SHA-256, in hex, of all that is adopted with this version: its words and its values."""
        return sha256("\n\n".join([self.why_changed, *self.words]).encode()).hexdigest()

    @property
    def words(self) -> list[str]:
        """All that people live by with this version: the vision, the easy words, and each value, in order."""
        return [self.statement, self.plain, *(value.text for value in self.values.all())]

    @property
    def speaks_only_of_services(self) -> bool:
        """Whether to ask if it speaks for everyone who lives here (V7)."""
        return speaks_only_of_services(self.statement)

    def wants_a_look(self, now: datetime, looked_at: datetime | None = None) -> bool:
        """Whether half a year has passed since it was adopted or `looked_at` again (V4)."""
        seen = [moment for moment in (self.adopted_at, looked_at) if moment is not None]
        return self.is_adopted and bool(seen) and now - max(seen) > LIVING_FOR


class RevisitQuerySet(models.QuerySet["Revisit"]):
    """Reads of second looks; chain them after `at(site)`."""

    def newest_first(self) -> Self:
        """Order by moment, latest first."""
        return self.order_by("-looked_at", "id")


class Revisit(Owned):
    """A look at the adopted vision, in a gathering: does this still feel like ours? Only ever added (V4)."""

    only_added = True

    vision = models.ForeignKey(Vision, models.PROTECT, related_name="revisits")
    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="+")
    what_we_found = models.TextField(max_length=600)
    looked_at = models.DateTimeField()

    objects = At(RevisitQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_second_look_says_what_was_found", condition=~Q(what_we_found="")),
        ]

    def __str__(self) -> str:
        return f"look at {self.vision_id}"
