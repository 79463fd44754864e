"""What the worker listens for: do one job, and the rounds that beat sends it on."""

from typing import Any
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from kit import events, jobs


@shared_task
def do_job(*, job_id: str, **_: Any) -> None:
    """Do one job, whatever its kind; `**_` lets a newer sender say more than this worker knows."""
    jobs.do(UUID(job_id))


@shared_task
def sweep(**_: Any) -> None:
    """Ring for what nobody does and clear up what dead workers left."""
    jobs.sweep(now=timezone.now())


@shared_task
def seal_events(**_: Any) -> None:
    """Chain the events that are not sealed yet."""
    events.seal_all()


@shared_task
def forget_what_is_old(**_: Any) -> None:
    """Forget what nobody needs any more: form keys, letters, sessions that are over."""
    for forget in settings.FORGOTTEN_EVERY_HOUR:
        import_string(forget)(now=timezone.now())
