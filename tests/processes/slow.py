"""A job that takes its time: half a file, a pause, the other half; then one event and one letter."""

import os
import time
from datetime import UTC, datetime
from functools import partial

from django.conf import settings
from django.utils import timezone

from kit import events, jobs, outbox, parts
from kit.models import Job, Scope
from kit.scope import opened

STEPS = 5


def be_slow(*, job: Job, progress: jobs.Progress) -> jobs.Last:
    note(job)
    part = parts.file_for(job, f"slow/{job.pk}.txt")
    part.write_text("half\n")
    for step in range(STEPS):
        time.sleep(float(os.environ.get("TEST_JOB_SECONDS", "0.5")) / STEPS)
        progress(step * 100 // STEPS, "taking its time")
    part.write_text("half\nwhole\n")
    return partial(deliver, job)


def deliver(job: Job) -> None:
    scope = Scope.objects.get(pk=str(job.scope_id))
    with opened(scope):
        events.record(scope=scope, did="be_slow", at=timezone.now(), system="worker", about=job)
    outbox.owe_letter(
        kind="account",
        to=None,
        address=f"{job.pk}@example.org",
        facts={"subject": "Ready", "body": str(job.pk)},
        now=timezone.now(),
    )


def note(job: Job) -> None:
    """Says which process works on the job; what a killer looks at."""
    folder = settings.DATA_DIR / "at_work"
    folder.mkdir(exist_ok=True)
    (folder / str(os.getpid())).write_text(f"{job.pk} {datetime.now(UTC).isoformat()}")
