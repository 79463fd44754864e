"""A hand inside the worker's database, for a test that stands outside: reads commands, answers in JSON."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

import django
from django.db import transaction
from django.utils import timezone

django.setup()

from kit import jobs  # noqa: E402
from kit.models import Event, Job, Letter, Scope  # noqa: E402
from kit.scope import opened  # noqa: E402
from programmes.models import Programme  # noqa: E402


def owe(count: str) -> Any:
    """Owe so many slow jobs, each in a transaction of its own."""
    scope = Programme.objects.filter(slug="kill").first() or Programme.objects.create(
        kind="programme", name="Kill", slug="kill"
    )
    owed = []
    for _ in range(int(count)):
        with transaction.atomic():
            job = jobs.owe(kind="slow", scope=scope, row=None, owed_to=None, now=timezone.now())
        owed.append(str(job.pk))
    return owed


def look() -> Any:
    """Say what there is: jobs by kind and state, events of each job, letters."""
    return {
        "jobs": [[job.kind, job.state, str(job.pk), job.attempt] for job in Job.objects.all()],
        "events": Counter(_events()),
        "letters": list(Letter.objects.values_list("address", flat=True)),
        "reasons": list(Job.objects.exclude(reason="").values_list("reason", flat=True)),
        "unsent": Letter.objects.waiting().count(),
    }


def _events() -> list[str]:
    found: list[str] = []
    for scope in Scope.objects.all():
        with opened(scope):
            mine = Event.objects.at(scope).filter(did="be_slow")
            found += map(str, mine.values_list("about_id", flat=True))
    return found


COMMANDS: dict[str, Callable[..., Any]] = {"owe": owe, "look": look}

if __name__ == "__main__":
    for line in sys.stdin:
        name, *words = line.split()
        sys.stdout.write(json.dumps(COMMANDS[name](*words)) + "\n")
        sys.stdout.flush()
