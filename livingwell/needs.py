"""What pip cannot bring: Pango for PDF documents, Chromium for browser tests, and how this system gets them.

Standard library only, as bootstrap.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Unready(Exception):
    """Something outside this code is missing. The message is the one line that a person needs."""


def say(line: str) -> None:
    """Tell the person at the terminal, without mixing with a command's own output."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Need:
    """Something that pip cannot bring: its name, Debian's packages for it, and what to type elsewhere."""

    what: str
    debian: tuple[str, ...]
    elsewhere: str
    is_met: Callable[[], bool]

    def command(self) -> tuple[str, ...]:
        """Give the command that brings it on this system."""
        if not shutil.which("apt-get") or self._is_a_snap_here():
            return tuple(self.elsewhere.split())
        return ("apt-get", "install", "--yes", "--no-install-recommends", *self.debian)

    def line(self) -> str:
        """Say in one line what is missing and what to type."""
        sudo = "sudo " if self.command()[0] == "apt-get" and os.geteuid() else ""
        return f"{self.what} missing on this system. To install: {sudo}{' '.join(self.command())}"

    def _is_a_snap_here(self) -> bool:
        """Ubuntu's chromium package only fetches a snap, which does not start in containers."""
        return "chromium" in self.debian and "\nID=ubuntu" in f"\n{_os_release()}"


def meet(need: Need, *, must: bool) -> None:
    """See that `need` is met: as root on Debian or Ubuntu by installing it, else by saying how.

    Raises:
        Unready: it is missing, could not be installed, and the command cannot go on without (`must`).
    """
    if need.is_met() or (_may_install() and _install(need)):
        return
    if must:
        raise Unready(need.line())
    say(f"{need.line()}\nGoing on without.")


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(need: Need) -> bool:
    say(f"{need.what} missing on this system. Installing: {' '.join(need.command())}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (need.command(), ("apt-get", "update"), need.command()):
        subprocess.run(command, check=False, env=environment, capture_output=True)  # noqa: S603 - our own words
        if need.is_met():
            return True
    return False


def needs_of(arguments: Sequence[str]) -> list[Need]:
    """List what a command needs beyond Python packages. `-m "not browser"` needs no Chromium."""
    if arguments[:1] in (["demo"], ["serve"]):
        return [PANGO]
    if arguments[:1] == ["test"]:
        return [PANGO] if any("not browser" in each for each in arguments) else [PANGO, CHROMIUM]
    return []


def has_pango() -> bool:
    """Tell whether WeasyPrint would find the libraries it draws text with."""
    if sys.platform == "darwin":
        return bool(ctypes.util.find_library("pango-1.0"))
    try:
        for name in ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0"):
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def chromium() -> str | None:
    """Find a Chromium for browser tests: LIVINGWELL_CHROMIUM, the system's, playwright's."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = [os.environ.get("LIVINGWELL_CHROMIUM"), *(shutil.which(name) for name in names)]
    for folder in (".cache/ms-playwright", "Library/Caches/ms-playwright"):
        for pattern in ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*"):
            found += map(str, sorted((Path.home() / folder).glob(pattern)))
    return next((path for path in found if path), None)


def _os_release() -> str:
    with contextlib.suppress(OSError):
        return Path("/etc/os-release").read_text()
    return ""


PANGO = Need(
    what="Pango and HarfBuzz, which PDF documents need, are",
    debian=("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    elsewhere="brew install pango",
    is_met=has_pango,
)
CHROMIUM = Need(
    what="Chromium, which the browser tests need, is",
    debian=("chromium",),
    elsewhere=".venv/bin/python -m playwright install --with-deps chromium",
    is_met=lambda: chromium() is not None,
)
VENV_MODULE = Need(
    what="Python's venv module is",
    debian=(f"python3.{sys.version_info.minor}-venv",),
    elsewhere="your system's venv package for this Python",
    is_met=lambda: importlib.util.find_spec("ensurepip") is not None,
)
