"""A clone in a temporary folder, whose installers only write down what they were asked."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from livingwell import bootstrap


@dataclass
class Installers:
    """Stands in for `python -m venv`, pip and uv."""

    asked: list[list[str]] = field(default_factory=list)
    fails_with: str = ""

    def run(self, command, **_):
        self.asked.append(list(command))
        if "venv" in command:
            python = Path(command[-1]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        return subprocess.CompletedProcess(command, bool(self.fails_with), "", self.fails_with)

    def were_asked(self, *words: str) -> bool:
        return any(set(words) <= set(command) for command in self.asked)


@pytest.fixture
def clone(tmp_path: Path) -> bootstrap.Environment:
    """A clone with two locks and no environment."""
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements" / "run.txt").write_text("django==5.2\n")
    (tmp_path / "requirements" / "dev.txt").write_text("django==5.2\npytest==9.2\n")
    return bootstrap.Environment(tmp_path)


@pytest.fixture
def installers(monkeypatch: pytest.MonkeyPatch) -> Installers:
    """Installers that install nothing, on a machine without uv."""
    fake = Installers()
    monkeypatch.setattr(subprocess, "run", fake.run)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return fake
