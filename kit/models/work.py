"""Which work is owed: jobs for the worker, letters to send. The rows are the queue; the broker is a bell."""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kit.models.scopes import Kept, Scope


class JobQuerySet(models.QuerySet["Job"]):
    """Reads of jobs, and what the worker looks for."""

    def about(self, row: models.Model) -> Self:
        """Keep the jobs owed for `row`, latest first; for the page that shows how far it is."""
        return self.filter(row_id=row.pk).order_by("-queued_at", "-id")

    def claimable(self, now: datetime) -> Self:
        """Keep what a worker may take at `now`: due, or left behind by a worker that is gone."""
        is_due = Q(state=Job.State.QUEUED, due_at__lte=now)
        return self.filter(is_due | self._is_left_behind(now), attempt__lt=Job.MOST_ATTEMPTS)

    def left_too_often(self, now: datetime) -> Self:
        """Keep what was left behind at its last attempt."""
        return self.filter(self._is_left_behind(now), attempt__gte=Job.MOST_ATTEMPTS)

    def unheard(self, now: datetime, patience: timedelta) -> Self:
        """Keep what could be taken but was not, `patience` after the bell rang; longest waiting first."""
        quiet = Q(rung_at__isnull=True) | Q(rung_at__lte=now - patience) | Q(rung_at__lt=F("due_at"))
        return self.claimable(now).filter(quiet | self._is_left_behind(now)).order_by("due_at", "id")

    def held_with(self, job_id: UUID, token: UUID | None) -> Self:
        """Keep the job if it is still held with this token: the fence in front of every worker's write."""
        return self.filter(pk=job_id, token=token, state=Job.State.RUNNING)

    def _is_left_behind(self, now: datetime) -> Q:
        return Q(state=Job.State.RUNNING, lease_until__lt=now)


class Job(models.Model):
    """Work that somebody is owed: a report, a letter. It holds ids, progress and a lease, never content."""

    class State(models.TextChoices):
        """Where the work is."""

        QUEUED = "queued", "waiting for its turn"
        RUNNING = "running", "being made"
        DONE = "done", "ready"
        STOPPED = "stopped", "stopped"

    kept = Kept.QUEUE
    kept_because = "the worker finds its work before it opens a scope; ids and progress, never content"

    MOST_ATTEMPTS = 3
    """After as many attempts the job stops and waits for a person."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    scope = models.ForeignKey(Scope, models.PROTECT, null=True, related_name="+")
    row_id = models.UUIDField(null=True, db_index=True)
    owed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "lease_until"], name="job_by_state_and_lease"),
            models.Index(fields=["state", "due_at"], name="job_by_state_and_due"),
        ]
        constraints = [
            models.CheckConstraint(name="job_percent_is_0_to_100", condition=models.Q(percent__lte=100)),
            models.CheckConstraint(
                name="a_running_job_has_a_lease",
                condition=~models.Q(state="running")
                | models.Q(token__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_stopped_job_says_why", condition=~models.Q(state="stopped") | ~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself: it is ready, or it stopped."""
        return self.state in {self.State.DONE, self.State.STOPPED}


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads of letters."""

    def waiting(self) -> Self:
        """Keep what was not sent yet."""
        return self.filter(sent_at__isnull=True)


class Letter(models.Model):
    """A message that is owed to somebody: which one and to whom; the words are made when it is sent.

    `stayed_here`: it was "sent" while this installation had no mail server, so nobody has got it.
    `facts` may hold a short-lived code or one-time link while the letter waits; sending empties it, and so
    does a day of waiting in vain.
    """

    kept = Kept.QUEUE
    kept_because = "sent outside any scope; ids and short-lived codes that are wiped on sending"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.EmailField()
    scope = models.ForeignKey(Scope, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    owed_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    stayed_here = models.BooleanField(default=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        constraints = [
            models.CheckConstraint(
                name="a_sent_letter_keeps_no_facts",
                condition=models.Q(sent_at__isnull=True) | models.Q(facts={}),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.outcome})"

    @property
    def outcome(self) -> str:
        """What has become of it, in words for whoever runs the installation."""
        if self.sent_at is None:
            return "waits"
        return "kept in a file here, not sent" if self.stayed_here else "sent"
