"""Reports of a place: the frozen snapshot, the editions made from it, and the people named to read one."""

from typing import Self

from django.db import models
from django.utils import timezone
from guardian.models import UserObjectPermissionBase

from kit.models import At, Job, Kept, Owned, Versioned
from programmes.stages import Period

READ_REPORT = "read_report"
"""The permission that names a person as a reader of one report."""


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    """Reads of snapshots; chain them after `at(site)`."""


class Snapshot(Owned):
    """What a place's records said on one day: safe figures, and texts by reference and version.

    It is only ever added: page, PDF, tables and CSV of an edition all come from the same one, so that no two
    copies disagree. `sections` holds the stages' answers in the order of the method, then the path itself and
    how the figures were made.
    """

    only_added = True

    first_day = models.DateField()
    last_day = models.DateField()
    made_at = models.DateTimeField()
    sections = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = At(SnapshotQuerySet)

    def __str__(self) -> str:
        return f"snapshot of {self.made_at:%Y-%m-%d %H:%M}"


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports; chain them after `at(site)`."""

    def newest_first(self) -> Self:
        """Order by period and edition, latest first, each with how far its making is."""
        return self.select_related("job").order_by("-last_day", "-edition", "id")

    def whole(self) -> Self:
        """Read each with its snapshot and its job; a list does without, as snapshots are large."""
        return self.select_related("job", "snapshot")

    def at_hand(self) -> Self:
        """Leave out what was put away."""
        return self.filter(put_away_at__isnull=True)

    def away(self) -> Self:
        """Keep what was put away."""
        return self.filter(put_away_at__isnull=False)

    def locked(self, report: "Report") -> "Report":
        """Return `report` as it is now, and let nobody else change it before the transaction ends."""
        return self.select_for_update().get(pk=report.pk)

    def newer_than(self, report: "Report") -> Self:
        """Keep the editions at hand about the same months that were made after `report`, newest first."""
        same = self.at_hand().filter(
            first_day=report.first_day, last_day=report.last_day, snapshot__isnull=False
        )
        return same.filter(edition__gt=report.edition).order_by("-edition")

    def released(self) -> Self:
        """Keep what the place has released."""
        return self.filter(released_at__isnull=False)


class Report(Owned, Versioned):
    """One edition of a place's progress report for one period."""

    class Audience(models.TextChoices):
        """Who may read it once it is released; named readers may in either case."""

        PLACE = "place", "Everybody here who may see reports"
        NAMED = "named", "Only the people we name"

    first_day = models.DateField()
    last_day = models.DateField()
    edition = models.PositiveSmallIntegerField(default=1)
    audience = models.CharField(max_length=5, choices=Audience, default=Audience.NAMED)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    put_away_at = models.DateTimeField(null=True)
    job = models.OneToOneField(Job, models.PROTECT, null=True, related_name="+")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    pdf_name = models.CharField(max_length=60, blank=True, default="")
    pdf_digest = models.CharField(max_length=64, blank=True, default="")

    objects = At(ReportQuerySet)

    class Meta:
        permissions = [(READ_REPORT, "May read this report")]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "first_day", "last_day", "edition"], name="one_report_per_period_and_edition"
            ),
            models.CheckConstraint(
                name="report_ends_after_it_begins",
                condition=models.Q(last_day__gte=models.F("first_day")),
                violation_error_message="The last day must come after the first day.",
            ),
            models.CheckConstraint(
                name="only_a_made_report_is_released",
                condition=models.Q(released_at__isnull=True) | models.Q(snapshot__isnull=False),
            ),
            models.CheckConstraint(
                name="a_released_report_is_not_put_away",
                condition=models.Q(released_at__isnull=True) | models.Q(put_away_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months}, edition {self.edition}"

    @property
    def period(self) -> Period:
        """The days it is about."""
        return Period(self.first_day, self.last_day)

    @property
    def is_made(self) -> bool:
        """Whether there is something to read."""
        return self.snapshot_id is not None

    @property
    def months(self) -> str:
        """The days it is about, in words: "so far" when it was made, or asked for, before they were over."""
        so_far = timezone.localdate(self.made_at or self.asked_at) <= self.last_day
        return self.period.in_words(so_far=so_far)

    @property
    def is_under_way(self) -> bool:
        """Whether the worker will still get to it."""
        return not self.is_made and self.job is not None and self.job.state != Job.State.STOPPED

    @property
    def is_released(self) -> bool:
        """Whether people beyond those who make reports may read it."""
        return self.released_at is not None

    @property
    def is_put_away(self) -> bool:
        """Whether it left the list because nobody needs it; it can be brought back."""
        return self.put_away_at is not None

    @property
    def can_be_put_away(self) -> bool:
        """Whether nobody was given it to read, and no worker is at it."""
        return not (self.is_released or self.is_under_way or self.is_put_away)


class ReportReader(UserObjectPermissionBase):
    """One person is named to read one report; kept by guardian, asked once per request (README 2.8)."""

    kept = Kept.DIRECTORY
    kept_because = "guardian's own shape of table; a person, a report and a permission, as ids"

    content_object = models.ForeignKey(Report, models.CASCADE, related_name="readers")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
