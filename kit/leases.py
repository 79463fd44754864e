"""A worker's hold on one job: taken with a fresh token, kept by a heartbeat, and lost to whoever claims next.

Every write of a worker carries its token, so one that was slow, frozen or cut off can no longer change
anything once another has taken over: its work is thrown away, never delivered twice.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.utils import timezone

from kit import parts
from kit.models import Job

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=15)
"""Between attempts; the pause grows with the time that the job has waited already."""

LONGEST_WAIT = timedelta(days=1)
"""How long a job waits for something outside, such as the mail server, before it stops."""

SOMETHING_BROKE = "Something went wrong on our side, three times. You can try again."
WAITED_TOO_LONG = "Something this needs did not answer for a day. You can try again."


class LeaseLost(Exception):
    """Somebody else has the job now, or it is over; whatever was made is thrown away."""


def claim(job_id: UUID, *, now: datetime) -> Job | None:
    """Take the job for one lease, or return None: it is another's, over, or not due.

    One conditional UPDATE decides, so of any number of workers at most one gets it.
    """
    token = uuid4()
    taken = Job.objects.filter(pk=job_id).claimable(now)
    is_ours = taken.update(
        state=Job.State.RUNNING,
        token=token,
        lease_until=_lease_from(now),
        attempt=F("attempt") + 1,
        percent=0,
        phase="",
    )
    if not is_ours:
        return None
    return Job.objects.select_related("scope", "owed_to").filter(pk=job_id, token=token).first()


@contextmanager
def kept(job: Job) -> Iterator[None]:
    """Keep the lease alive during the block, from a thread that beats three times a lease."""
    ended = threading.Event()
    heart = threading.Thread(target=_beat, args=(job, ended), name=f"heart of {job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        ended.set()
        heart.join()


def progress(job: Job, percent: int, words: str) -> None:
    """Say how far the job is: per cent, and what is happening, in words for the person who waits.

    Raises:
        LeaseLost: another worker has taken the job.
    """
    now = timezone.now()
    _write(job, percent=min(percent, 100), phase=words[:80], lease_until=_lease_from(now))


def finish(job: Job, last: Callable[[], None] | None, *, now: datetime) -> None:
    """End the job: in one transaction the fence, the handler's `last` step, and its files.

    Raises:
        LeaseLost: another worker has taken the job; nothing is written.
    """
    with transaction.atomic():
        _write(job, state=Job.State.DONE, percent=100, phase="", reason="", finished_at=now)
        if last is not None:
            last()
        parts.keep(job)


def stop(job: Job, words: str, *, now: datetime) -> None:
    """Stop the job for a reason that a person can read.

    Raises:
        LeaseLost: another worker has taken the job.
    """
    _write(job, state=Job.State.STOPPED, phase="", reason=words[:200], finished_at=now)


def try_later(job: Job, *, now: datetime) -> None:
    """Put the job back after an attempt that broke, or stop it after the last one.

    Raises:
        LeaseLost: another worker has taken the job.
    """
    if job.attempt >= Job.MOST_ATTEMPTS:
        stop(job, SOMETHING_BROKE, now=now)
    else:
        _write(job, state=Job.State.QUEUED, phase="", due_at=now + _pause(job, now))


def wait(job: Job, *, now: datetime) -> None:
    """Put the job back without counting the attempt, or stop it after a day of waiting.

    Raises:
        LeaseLost: another worker has taken the job.
    """
    if now - job.queued_at >= LONGEST_WAIT:
        stop(job, WAITED_TOO_LONG, now=now)
    else:
        due_at = now + _pause(job, now)
        _write(job, state=Job.State.QUEUED, phase="", due_at=due_at, attempt=job.attempt - 1)


def _write(job: Job, **values: Any) -> None:
    if not Job.objects.held_with(job.pk, job.token).update(**values):
        raise LeaseLost(str(job.pk))


def _beat(job: Job, ended: threading.Event) -> None:
    try:
        while not ended.wait(settings.JOB_LEASE_SECONDS / 3):
            _extend(job)
    finally:
        connection.close()


def _extend(job: Job) -> None:
    try:
        Job.objects.held_with(job.pk, job.token).update(lease_until=_lease_from(timezone.now()))
    except DatabaseError:
        logger.warning("One heartbeat of job %s was missed; the next will try again.", job.pk, exc_info=True)


def _lease_from(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _pause(job: Job, now: datetime) -> timedelta:
    return min(max(now - job.queued_at, FIRST_PAUSE), LONGEST_PAUSE)
