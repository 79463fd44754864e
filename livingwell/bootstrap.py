"""How a bare clone becomes a running one: makes .venv from the lock, then runs the command inside it.

Standard library only, since nothing else is there yet.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from livingwell.needs import VENV_MODULE, Unready, meet, needs_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
OFF = "LIVINGWELL_NO_BOOTSTRAP"
# The larger lock holds the smaller one, so an environment made for "dev" also fits "run".
LOCKS = ("run", "dev")
FOR_DEVELOPERS = {
    "test",
    "makemigrations",
    "lintmigrations",
    "rebase_migration",
    "create_max_migration_files",
}
FAULTS = (
    (
        ("name resolution", "NewConnectionError", "ConnectTimeout", "dns error", "Failed to fetch"),
        "the package index does not answer. Is this machine online?",
    ),
    (
        ("DO NOT MATCH THE HASHES", "Hash mismatch"),
        "a package is not the one that was locked. Nothing was installed.",
    ),
    (("No space left",), "the disk is full."),
)


def main(arguments: Sequence[str]) -> None:
    """Run one command of manage.py, in an environment that fits the lock.

    With LIVINGWELL_NO_BOOTSTRAP=1 it runs in whatever Python it was started with, as containers want.
    """
    try:
        if os.environ.get(OFF, "0") in {"", "0"}:
            prepare(arguments)
    except (Unready, OSError) as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The same command will begin again.")
    run(arguments)


def prepare(arguments: Sequence[str]) -> None:
    """Make what the command needs, and start again inside .venv when not there yet."""
    home = Environment(ROOT)
    lock = lock_for(arguments)
    if not home.fits(lock):
        home.make(lock)
    if not home.is_ours():
        home.enter(arguments)
    for need in needs_of(arguments):
        meet(need, must=arguments[0] == "test" or "--check" in arguments)


def run(arguments: Sequence[str]) -> None:
    """Run the command: pytest for `test`, Django for everything else."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")
    if arguments[:1] == ["test"]:
        os.environ.setdefault("LIVINGWELL_DATA", str(ROOT / "var" / "test"))
        os.chdir(ROOT)
        pytest = [sys.executable, "-m", "pytest", *arguments[1:]]
        os.execv(sys.executable, pytest)  # noqa: S606 - the suite's exit code and signals become ours
    try:
        django = importlib.import_module("django.core.management")
    except ModuleNotFoundError:
        sys.exit(f"Django is not installed in {sys.prefix}. Install requirements/run.txt, or unset {OFF}.")
    django.execute_from_command_line(["manage.py", *arguments])


def lock_for(arguments: Sequence[str]) -> str:
    """Choose the lock: "dev" for the commands of those who change the code, "run" for the rest."""
    return "dev" if set(arguments[:1]) & FOR_DEVELOPERS else "run"


@dataclass(frozen=True)
class Environment:
    """The .venv of one clone, and the stamp in it that says which lock it was made from."""

    root: Path

    @property
    def folder(self) -> Path:
        """Say where the environment is."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Say where its Python is."""
        return self.folder / "bin" / "python"

    def fits(self, lock: str) -> bool:
        """Tell whether the environment is whole and made from `lock`, or from one holding it."""
        wanted = {_stamp_of(self._file(each)) for each in LOCKS[LOCKS.index(lock) :]}
        return self.python.exists() and self._stamp() in wanted

    def is_ours(self) -> bool:
        """Tell whether this process already runs inside the environment."""
        return self.folder.exists() and Path(sys.prefix).samefile(self.folder)

    def enter(self, arguments: Sequence[str]) -> None:
        """Start the command again inside the environment, in place of this process."""
        os.environ.pop("__PYVENV_LAUNCHER__", None)  # macOS would start the Python we came from
        command = [str(self.python), str(self.root / "manage.py"), *arguments]
        os.execv(command[0], command)  # noqa: S606 - no shell, and every word of it is ours

    def make(self, lock: str) -> None:
        """Install `lock`, first waiting for any other process that does the same.

        Raises:
            Unready: Python came without venv, or the packages could not be had.
        """
        with self._alone():
            if self.fits(lock):
                return
            began = time.monotonic()
            say(f"Installing the packages of requirements/{lock}.txt in .venv. Once; about a minute.")
            self._clear_unless_it_can_grow()
            self._install(lock)
            (self.folder / "livingwell.stamp").write_text(_stamp_of(self._file(lock)))
            say(f"Installed in {time.monotonic() - began:.0f} seconds.")

    def _file(self, lock: str) -> Path:
        return self.root / "requirements" / f"{lock}.txt"

    def _stamp(self) -> str:
        with contextlib.suppress(OSError):
            return (self.folder / "livingwell.stamp").read_text()
        return ""

    def _clear_unless_it_can_grow(self) -> None:
        """Adds to what was finished by this Python; throws away what was cut short or is another Python's."""
        can_grow = self.python.exists() and self._stamp().startswith(_this_python())
        (self.folder / "livingwell.stamp").unlink(missing_ok=True)
        if not can_grow and self.folder.exists():
            shutil.rmtree(self.folder)

    def _install(self, lock: str) -> None:
        base = getattr(sys, "_base_executable", sys.executable)  # undocumented: the Python below a venv
        python, packages = str(self.python), str(self._file(lock))
        uv = shutil.which("uv")
        if uv:
            if not self.python.exists():
                self._call(uv, "venv", "--quiet", "--python", base, str(self.folder))
            self._call(uv, "pip", "sync", "--quiet", "--python", python, "--require-hashes", packages)
            return
        meet(VENV_MODULE, must=True)
        self._call(base, "-m", "venv", str(self.folder))
        pip = (python, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")
        self._call(*pip, "--retries", "2", "--no-deps", "--require-hashes", "-r", packages)

    def _call(self, *command: str) -> None:
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.root)  # noqa: S603
        if done.returncode:
            self.folder.mkdir(exist_ok=True)
            log = self.folder / "install.log"
            log.write_text(f"{' '.join(command)}\n\n{done.stdout}\n{done.stderr}")
            reason = why_it_failed(done.stdout + done.stderr)
            raise Unready(f"Could not install: {reason} The whole output is in {log}.")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.root / ".venv.lock").open("w") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another manage.py is installing. Waiting for it.")
                fcntl.flock(held, fcntl.LOCK_EX)
            yield


def why_it_failed(output: str) -> str:
    """Turn an installer's output into one sentence, or into its last line."""
    for signs, sentence in FAULTS:
        if any(sign.casefold() in output.casefold() for sign in signs):
            return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "the installer said nothing."


def _this_python() -> str:
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()} "


def _stamp_of(requirements: Path) -> str:
    return f"{_this_python()}{requirements.name} {hashlib.sha256(requirements.read_bytes()).hexdigest()}\n"
