"""Work that is owed: written down in the transaction that promises it, done by a worker, delivered once.

The database is the queue of record; the broker is only a bell that says "look now". When the bell is lost,
with the broker or with a worker that died after hearing it, the sweeper rings again. So losing the broker
loses nothing, and a bell that rings twice does no harm: a job is claimed by one conditional UPDATE.

A kind of work is one line in `settings.JOBS` and one function, the *handler*:

    def make_report(*, job: Job, progress: Progress) -> Last | None:
        with opened(job.scope):                            # read, and close
            figures = …
        progress(40, "drawing the charts")                 # slow work stands outside any transaction
        parts.file_for(job, f"reports/{job.row_id}.pdf").write_bytes(…)
        return partial(_publish, job.row_id)               # runs in the transaction that ends the job

What it returns, its *last* step, writes the result; its files take their place in that same moment. A handler
may be run again from its beginning at any time, so before its last step it changes nothing that lasts. It
raises `NotYet` when something outside does not answer, and `CannotDo` when trying again would not help.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Protocol, cast
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from kit import leases, parts
from kit.models import Job, Scope

logger = logging.getLogger(__name__)

Last = Callable[[], None]

MOST_BELLS = 500
"""How many bells one sweep rings; the next sweep goes on."""

LEFT_TOO_OFTEN = "It was cut short three times and did not get to the end. You can try again."


class Progress(Protocol):
    """Says how far a job is, in per cent and in words for the person who waits."""

    def __call__(self, percent: int, words: str) -> None:
        """Say it; it raises `LeaseLost` when another worker has taken the job."""


class Handler(Protocol):
    """Does one kind of work; see the top of this file."""

    def __call__(self, *, job: Job, progress: Progress) -> Last | None:
        """Do the slow part, and return what remains to be written."""


class _Bell:
    """The broker, as far as we need it. When it does not answer, it is left in peace for a while."""

    REST_SECONDS = 5

    def __init__(self) -> None:
        self._rests_until = 0.0

    def ring(self, job_id: UUID) -> bool:
        if monotonic() < self._rests_until:
            return False
        send = partial(current_app.send_task, "kit.tasks.do_job", ignore_result=True, retry=False)
        try:
            send(kwargs={"job_id": str(job_id)})
        except Exception:  # brokers break in many ways, and none of them is the person's concern
            self._rests_until = monotonic() + self.REST_SECONDS
            logger.warning("The bell did not ring for job %s; the sweeper will.", job_id, exc_info=True)
            return False
        return True


_bell = _Bell()


class NotYet(Exception):
    """Something outside does not answer; the job waits, and this attempt does not count."""


class CannotDo(Exception):
    """The work cannot be done, and trying again would not help. People read the message."""


def owe(
    *,
    kind: str,
    scope: Scope | None,
    row: models.Model | None,
    owed_to: models.Model | None,
    now: datetime,
) -> Job:
    """Write down that work is owed, and ring for the worker once that is committed.

    Call it inside the transaction of the action that promises the work.

    Raises:
        LookupError: `settings.JOBS` does not know this kind.
    """
    if kind not in settings.JOBS:
        raise LookupError(f"settings.JOBS does not say who does {kind!r}.")
    job = Job.objects.create(
        kind=kind,
        scope_id=scope.pk if scope is not None else None,
        row_id=row.pk if row is not None else None,
        owed_to_id=owed_to.pk if owed_to is not None else None,
        queued_at=now,
        due_at=now,
        rung_at=now,
    )
    transaction.on_commit(partial(ring, job.pk))
    return job


def ring(job_id: UUID) -> bool:
    """Tell the workers that a job is waiting, and return whether the bell rang.

    A frozen broker costs a page one second at most, however many bells it rings; the sweeper rings again.
    """
    return _bell.ring(job_id)


def do(job_id: UUID) -> None:
    """Do the job if it is free, and settle how it went. Called twice, it does the work once."""
    job = leases.claim(job_id, now=timezone.now())
    if job is None:
        return
    try:
        _settle(job)
    except leases.LeaseLost:
        logger.warning("Job %s went to another worker; what this one made is thrown away.", job.pk)
    finally:
        parts.drop(job)


def _settle(job: Job) -> None:
    try:
        with leases.kept(job):
            last = _handler_of(job.kind)(job=job, progress=partial(leases.progress, job))
        leases.finish(job, last, now=timezone.now())
    except leases.LeaseLost:
        raise
    except CannotDo as reason:
        leases.stop(job, str(reason), now=timezone.now())
    except NotYet:
        logger.warning("Job %s waits for something outside.", job.pk, exc_info=True)
        leases.wait(job, now=timezone.now())
    except Exception:  # what broke is for the log; the person reads a plain sentence
        logger.exception("Job %s (%s) broke at attempt %d.", job.pk, job.kind, job.attempt)
        leases.try_later(job, now=timezone.now())


def _handler_of(kind: str) -> Handler:
    return cast(Handler, import_string(settings.JOBS[kind]))


def retry(job: Job, *, now: datetime) -> bool:
    """Begin a stopped job afresh, and return False when it was not stopped (any more)."""
    stopped = Job.objects.filter(pk=job.pk, state=Job.State.STOPPED)
    is_queued = stopped.update(
        state=Job.State.QUEUED,
        attempt=0,
        percent=0,
        reason="",
        finished_at=None,
        queued_at=now,
        due_at=now,
        rung_at=now,
    )
    if is_queued:
        transaction.on_commit(partial(ring, job.pk))
    return bool(is_queued)


def sweep(*, now: datetime) -> int:
    """Ring for work that nobody does, stop what was cut short too often, and clear up leavings.

    Returns how many bells it rang.
    """
    stopped = Job.objects.left_too_often(now).update(
        state=Job.State.STOPPED, phase="", reason=LEFT_TOO_OFTEN, finished_at=now
    )
    if stopped:
        logger.error("%d jobs were cut short at their last attempt.", stopped)
    patience = timedelta(seconds=settings.JOB_LEASE_SECONDS)
    unheard = Job.objects.unheard(now, patience).values_list("pk", flat=True)[:MOST_BELLS]
    rung = [job_id for job_id in unheard if ring(job_id)]
    Job.objects.filter(pk__in=rung).update(rung_at=now)
    parts.sweep(now=now)
    return len(rung)
