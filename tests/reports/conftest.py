"""Every test of reports keeps its files in a folder of its own, and prints nothing unless it says so."""

from pathlib import Path
from typing import Any

import pytest

from kit import pdf
from reports.models import Report
from tests.reports.reporting import make
from tests.world import World


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "PDF_AVAILABLE", False)


@pytest.fixture
def paper(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A printer that takes no time; the real one has tests of its own."""
    monkeypatch.setattr(pdf, "PDF_AVAILABLE", True)
    monkeypatch.setattr(pdf, "render", lambda html, **about: b"%PDF-1.7 of a report %%EOF")
    return b"%PDF-1.7 of a report %%EOF"


@pytest.fixture
def report(world: World, paper: bytes) -> Report:
    return make(world)
