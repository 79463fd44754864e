"""Files in the making: a job writes its files aside, and they take their place when the job is done.

A job's files lie in a folder named after its claim, so two workers never write the same file, and what a
dead worker leaves behind can be told from what is still being written.
"""

import math
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from kit.models import Job


def file_for(job: Job, name: str) -> Path:
    """Say where `job` writes the file that shall be `FILES_DIR / name` when the job is done.

    Raises:
        ValueError: `name` would lie outside the folder of files.
    """
    file = _folder(job) / name
    if not file.resolve().is_relative_to(_folder(job).resolve()):
        raise ValueError(f"{name!r} is not a name within the folder of files.")
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def keep(job: Job) -> None:
    """Put the job's files in their places, each at once or not at all, safe from a power cut.

    Call it last in the transaction that ends the job: a row that says "ready" then always has its file. If
    that commit is lost, the next attempt replaces the file.
    """
    folder = _folder(job)
    for part in _files_in(folder):
        place = _files() / part.relative_to(folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        _flush(part)
        part.replace(place)
        _flush(place.parent)


def drop(job: Job) -> None:
    """Delete what the job wrote aside; harmless when there is nothing."""
    shutil.rmtree(_folder(job), ignore_errors=True)


def sweep(*, now: datetime) -> int:
    """Delete what dead workers left behind, and return how many folders that were.

    A folder goes when no running job holds its claim and nothing was written to it for one lease.
    """
    still = (now - timedelta(seconds=settings.JOB_LEASE_SECONDS)).timestamp()
    quiet = [folder for folder in _aside().glob("*") if _last_touched(folder) < still]
    held = set(map(str, Job.objects.filter(state=Job.State.RUNNING).values_list("token", flat=True)))
    orphans = [folder for folder in quiet if folder.name not in held]
    for orphan in orphans:
        shutil.rmtree(orphan, ignore_errors=True)
    return len(orphans)


def _last_touched(folder: Path) -> float:
    """The worker may be done with the folder, and have deleted it, since it was listed."""
    with suppress(FileNotFoundError):
        return folder.stat().st_mtime
    return math.inf


def _files() -> Path:
    return Path(settings.FILES_DIR)


def _aside() -> Path:
    return _files() / "parts"


def _folder(job: Job) -> Path:
    if not isinstance(job.token, UUID):
        raise TypeError("Only a job that somebody works on has files in the making.")
    return _aside() / str(job.token)


def _files_in(folder: Path) -> Iterator[Path]:
    return (part for part in sorted(folder.rglob("*")) if part.is_file())


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
