"""Which work is owed: jobs for the worker and letters to send. The rows are the queue; the broker is a bell."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kit.models.scopes import Kept, Scope


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

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    scope = models.ForeignKey(Scope, models.PROTECT, null=True, related_name="+")
    row_id = models.UUIDField(null=True)
    owed_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    rung_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    percent = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_state_and_lease")]
        constraints = [
            models.CheckConstraint(name="job_percent_is_0_to_100", condition=models.Q(percent__lte=100)),
            models.CheckConstraint(
                name="a_running_job_has_a_lease",
                condition=~models.Q(state="running")
                | models.Q(token__isnull=False, lease_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"


class Letter(models.Model):
    """A message that is owed to a person: which one and to whom, as ids; the words are made when it is sent.

    `facts` may hold a short-lived code or one-time link while the letter waits; sending empties it.
    """

    kept = Kept.QUEUE
    kept_because = "sent outside any scope; ids and short-lived codes that are wiped on sending"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.EmailField(blank=True, default="")
    scope = models.ForeignKey(Scope, models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)
    owed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} ({'sent' if self.sent_at else 'waiting'})"
