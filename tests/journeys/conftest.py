"""Starts what the demo starts, once, on a free port and in a folder of its own; and one Chromium."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from livingwell import servers
from livingwell.servers import Servers
from tests.journeys.browsing import PHONE, Visitor, a_browser, a_visitor


@dataclass(frozen=True)
class Demo:
    """The running demo: where it is served, its folder, and its pages."""

    url: str
    folder: Path
    addresses: list[dict[str, Any]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all of these, and keep them together when tests run side by side: they share one demo."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.processes)
            item.add_marker(pytest.mark.xdist_group("journeys"))


# Fixtures live as long as this package, not the session: tests with a database cannot run beside
# Playwright's loop.
@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Start the demo's own processes in a new folder, and end them after the last journey."""
    folder = tmp_path_factory.mktemp("demo")
    port = servers.free_port()
    env = _environment(folder, port)
    servers.run("migrate", "--verbosity", "0", env=env)
    servers.run("fill_demo", env=env)
    addresses = _addresses(folder, env)
    running = Servers(port, env)
    running.start()
    try:
        running.wait_until_ready()
        yield Demo(running.url, folder, addresses)
        running.look()
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with a_browser() as started:
        yield started


@pytest.fixture
def visitor(demo: Demo, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Open windows, each with cookies of its own; nothing may have gone wrong in any of them."""
    windows: list[Visitor] = []

    def opened(person: str = "", size: tuple[int, int] = PHONE, **choices: Any) -> Visitor:
        window = a_visitor(browser, demo.url, size, **choices)
        windows.append(window)
        if person:
            window.becomes(person)
        return window

    yield opened
    troubles = [trouble for window in windows for trouble in window.troubles()]
    for window in windows:
        window.context.close()
    assert troubles == []


def _environment(folder: Path, port: int) -> dict[str, str]:
    plain = {key: words for key, words in os.environ.items() if key not in {"DATABASE_URL", "REDIS_URL"}}
    return {
        **plain,
        "LIVINGWELL_NO_BOOTSTRAP": "1",
        "LIVINGWELL_DEMO": "yes",
        "LIVINGWELL_DATA": str(folder),
        "LIVINGWELL_URL": f"http://localhost:{port}",
    }


def _addresses(folder: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    file = folder / "addresses.json"
    command = [sys.executable, "-m", "tests.journeys.addresses", str(file)]
    subprocess.run(command, cwd=servers.ROOT, env=env, check=True, capture_output=True)  # noqa: S603 - our words
    found: list[dict[str, Any]] = json.loads(file.read_text())
    return found
