"""Starts the web server and the worker as two processes, watches them, and ends them together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command

from livingwell.celery import WORKER

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
WEB = [
    *(sys.executable, "-m", "uvicorn", "livingwell.asgi:application"),
    *("--lifespan", "off", "--log-level", "warning", "--ws", "none"),
]


class Ended(Exception):
    """One of the processes ended by itself; the message names it."""


def free_port() -> int:
    """Return a port on this machine that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_taken(port: int) -> bool:
    """Whether somebody listens on `port` of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(*command: str, env: Mapping[str, str]) -> None:
    """Run one of manage.py's commands to its end, in another process.

    Raises:
        Ended: it failed; what it printed has been shown.
    """
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=dict(env), check=False)  # noqa: S603
    if done.returncode:
        raise Ended(f"manage.py {command[0]} stopped with code {done.returncode}.")


def gather_static_files() -> None:
    """Gather and compress them when one of ours is newer than what was gathered last."""
    ours = (path.stat().st_mtime for path in (ROOT / "static").rglob("*") if path.is_file())
    gathered = settings.STATIC_ROOT / "livingwell.css.gz"
    if not gathered.exists() or gathered.stat().st_mtime < max(ours):
        call_command("collectstatic", interactive=False, verbosity=0)


class Servers:
    """A web server and a worker; start them, wait until they answer, and stop them."""

    def __init__(self, port: int, env: Mapping[str, str]) -> None:
        self.port, self.env = port, dict(env)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def url(self) -> str:
        """The address of the front page, without the last slash."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start both; the worker also keeps the beat."""
        self._start("web", [*WEB, "--port", str(self.port)])
        self._start("worker", [*WORKER, "--loglevel", "WARNING"], says=subprocess.DEVNULL)

    def wait_until_ready(self) -> None:
        """Wait until the front page answers.

        Raises:
            Ended: a process ended, or nothing answered for a minute.
        """
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            self.look()
            if self._answers():
                return
            time.sleep(0.1)
        raise Ended(f"Nothing answered at {self.url} for {PATIENCE_SECONDS} seconds.")

    def look(self) -> None:
        """Look whether both still run.

        Raises:
            Ended: one of them does not.
        """
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Ended(f"The {name} ended by itself with code {process.returncode}.")

    def stay(self) -> None:
        """Look after both until somebody ends them.

        Raises:
            Ended: one of them ended by itself.
        """
        while True:
            self.look()
            time.sleep(1)

    def stop(self) -> None:
        """Ask both to end, wait a little, then end whatever is left of them."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=8)
            _kill_whatever_is_left(process)
        self._running.clear()

    def _start(self, name: str, command: list[str], says: int | None = None) -> None:
        """Start one. `says`: where its small talk goes; its log is on stderr."""
        self._running[name] = subprocess.Popen(  # noqa: S603 - our own words
            command, cwd=ROOT, env=self.env, start_new_session=True, stdout=says
        )

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/help/", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False


def _kill_whatever_is_left(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def serving(port: int, env: Mapping[str, str], *, otherwise: str) -> Iterator[Servers]:
    """Give the servers to start in the block; Ctrl-C, SIGTERM or a fault ends the block and both of them.

    `otherwise` is the command to try when somebody else listens on the port.

    Raises:
        CommandError: the port is taken, or the block raised `Ended`.
    """
    if is_taken(port):
        raise CommandError(f"Port {port} is taken. Try: {otherwise}")
    running = Servers(port, env)
    with _ended_by_signals():
        try:
            yield running
        except Ended as reason:
            raise CommandError(str(reason)) from reason
        except KeyboardInterrupt:
            sys.stdout.write("\nStopping.\n")
        finally:
            running.stop()


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Turn SIGTERM into the same clean end as Ctrl-C, for the block."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
