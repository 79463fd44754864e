"""A real worker with a data folder of its own, that a test may kill; and what it left, seen from outside."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from livingwell.celery import WORKER

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 2
SWEEP_SECONDS = 1


@dataclass
class Place:
    """Where one test's worker lives: a data folder, a broker and a database."""

    data: Path
    env: dict[str, str]
    wipe_broker: Callable[[], object]
    _worker: "subprocess.Popen[bytes] | None" = None
    _hand: "subprocess.Popen[str] | None" = None
    began: float = field(default_factory=time.monotonic)

    def start_worker(self, **more: str) -> None:
        with (self.data / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(  # noqa: S603 - the command of our own worker
                WORKER, cwd=ROOT, env={**self.env, **more}, start_new_session=True, stdout=log, stderr=log
            )

    def kill_worker(self) -> None:
        """Kills the worker, its children and beat at once, as a power cut would; waits until all are gone."""
        if self._worker is not None:
            group, self._worker = self._worker, None
            _signal_group(group.pid, signal.SIGKILL)
            group.wait()
            wait_for(lambda: not _living(group.pid), seconds=5)

    def signal_a_child(self, what: signal.Signals) -> int:
        """Sends a signal to one pool process that is at work, and says to which."""
        busy = [pid for pid in map(int, self.at_work()) if pid in self.living()]
        os.kill(busy[0], what)
        return busy[0]

    def living(self) -> list[int]:
        return _living(self._worker.pid) if self._worker is not None else []

    def at_work(self) -> list[str]:
        """The processes that have begun a slow job, latest first."""
        files = (self.data / "at_work").glob("*")
        return [file.name for file in sorted(files, key=lambda file: -file.stat().st_mtime)]

    def owe(self, count: int) -> list[str]:
        return list(self._ask(f"owe {count}"))

    def look(self) -> "Look":
        seen = self._ask("look")
        letters, events = Counter(seen["letters"]), Counter(seen["events"])
        return Look(seen["jobs"], events, letters, seen["unsent"], seen["reasons"])

    def files(self) -> dict[str, str]:
        return {file.stem: file.read_text() for file in (self.data / "files" / "slow").glob("*")}

    def parts(self) -> list[Path]:
        """Files in the making; a walk that minds no folder that goes in the meantime."""
        walk = os.walk(self.data / "files" / "parts")
        return [Path(folder) / name for folder, _, names in walk for name in names]

    def sent(self) -> Counter[str]:
        """How often each address was written to; the second copy of a Message-ID is no second letter."""
        spool = "".join(file.read_text() for file in (self.data / "letters").glob("*"))
        return Counter(re.findall(r"^To: ([0-9a-f-]{36})@", spool, re.MULTILINE))

    def message_ids(self) -> set[str]:
        spool = "".join(file.read_text() for file in (self.data / "letters").glob("*"))
        return set(re.findall(r"^Message-ID: (.+)$", spool, re.MULTILINE))

    def log(self) -> str:
        return (self.data / "worker.log").read_text()

    def end(self) -> None:
        self.kill_worker()
        if self._hand is not None:
            assert self._hand.stdin is not None
            self._hand.stdin.close()
            self._hand.wait(timeout=10)
            if self._hand.stdout is not None:
                self._hand.stdout.close()

    def _ask(self, command: str) -> Any:
        if self._hand is None:
            self._hand = subprocess.Popen(
                [sys.executable, "-m", "tests.processes.hand"],
                cwd=ROOT,
                env=self.env,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
        assert self._hand.stdin is not None
        assert self._hand.stdout is not None
        self._hand.stdin.write(f"{command}\n")
        self._hand.stdin.flush()
        return json.loads(self._hand.stdout.readline())


@dataclass(frozen=True)
class Look:
    """What the database says."""

    jobs: list[list[Any]]
    events: Counter[str]
    letters: Counter[str]
    unsent: int
    reasons: list[str]

    def slow(self, state: str) -> list[str]:
        return [job for kind, its_state, job, _ in self.jobs if kind == "slow" and its_state == state]

    @property
    def repeated(self) -> list[str]:
        return [job for kind, _, job, attempt in self.jobs if kind == "slow" and attempt > 1]

    @property
    def is_quiet(self) -> bool:
        return all(state in {"done", "stopped"} for _, state, _, _ in self.jobs)


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of the worker and of the hand; Python's own, and nothing of the test's."""
    kept = {name: text for name, text in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "tests.processes.settings",
        "LIVINGWELL_DATA": str(data),
        "LIVINGWELL_JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        "LIVINGWELL_SWEEP_SECONDS": str(SWEEP_SECONDS),
        "LIVINGWELL_NO_BOOTSTRAP": "1",
        "SECRET_KEY": "only for tests, and long enough to be one",
        **more,
    }


def migrate(env: dict[str, str]) -> None:
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    subprocess.run(command, cwd=ROOT, env=env, check=True)  # noqa: S603 - our own words


def wipe(folder: Path) -> None:
    """Deletes every file of the broker, as somebody who tidies up would."""
    for part in ("messages", "control"):
        shutil.rmtree(folder / part, ignore_errors=True)
        (folder / part).mkdir(parents=True, exist_ok=True)


def wait_for(is_so: Callable[[], bool], *, seconds: float, every: float = 0.1) -> float:
    """Waits until it is so and returns the seconds that took; a test fails after too many."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < seconds, f"Not so after {seconds} seconds."
        time.sleep(every)
    return time.monotonic() - began


def _signal_group(group: int, what: signal.Signals) -> None:
    try:
        os.killpg(group, what)
    except ProcessLookupError:
        return


def _living(group: int) -> list[int]:
    """The processes of a group that are not dead yet; a zombie only waits to be counted."""
    command = [shutil.which("ps") or "ps", "-A", "-o", "pid=,pgid=,stat="]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    rows = (line.split() for line in listed.splitlines())
    return [int(pid) for pid, pgid, stat in rows if int(pgid) == group and not stat.startswith("Z")]
