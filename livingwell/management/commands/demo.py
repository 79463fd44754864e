"""`manage.py demo`: two invented programmes, a web server and a worker, with one command."""

import os
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from livingwell import servers, visitor
from livingwell.servers import Servers

DEMO_FOLDER = settings.DATA_DIR / "demo"


class Command(BaseCommand):
    """Starts the demo, or checks that it works."""

    help = (
        "Fill two invented programmes once, start the web server and the worker, and print the address. "
        "Ctrl-C ends all. With --check: start on a free port in a new folder, sign in over HTTP, make one "
        "report with the worker, look at its PDF, stop, and exit 0."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("--port", type=int, default=8000, help="where the pages are served (8000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other invented people (1)")
        parser.add_argument("--check", action="store_true", help="try everything once, then stop")
        parser.add_argument("--manifest", metavar="FILE", help="also write who can open what, as JSON")
        parser.add_argument("--keep-pdf", metavar="FILE", help="with --check: keep the PDF that was made")

    def handle(self, **options: Any) -> None:
        """Run the demo until Ctrl-C, or the check to its end."""
        port = servers.free_port() if options["check"] else options["port"]
        otherwise = f"python3 manage.py demo --port {port + 1}"
        with (
            _folder(in_passing=options["check"]) as folder,
            servers.serving(port, _environment(folder, port), otherwise=otherwise) as running,
        ):
            self._begin(running, options)
            self._check(running, options) if options["check"] else self._stay(running)

    def _begin(self, running: Servers, options: dict[str, Any]) -> None:
        servers.run("migrate", "--verbosity", "0", env=running.env)
        servers.run("fill_demo", "--seed", str(options["seed"]), env=running.env)
        if options["manifest"]:
            servers.run("manifest", options["manifest"], "--base-url", running.url, env=running.env)
        running.start()
        running.wait_until_ready()

    def _check(self, running: Servers, options: dict[str, Any]) -> None:
        seconds = time.monotonic()
        try:
            document = visitor.makes_a_report(running.url)
        except visitor.Astray as reason:
            raise CommandError(str(reason)) from reason
        if options["keep_pdf"]:
            Path(options["keep_pdf"]).write_bytes(document)
        running.look()
        self.stdout.write(
            f"The demo works: signed in, made a report and read its PDF ({len(document)} bytes) "
            f"in {time.monotonic() - seconds:.0f} seconds."
        )

    def _stay(self, running: Servers) -> None:
        self.stdout.write(
            f"\nLiving Well is at {running.url}/demo/ - choose who you want to be. Ctrl-C ends it.\n"
        )
        running.stay()


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "LIVINGWELL_NO_BOOTSTRAP": "1",
        "LIVINGWELL_DEMO": "yes",
        "PYTHONWARNINGS": "ignore",
        "LIVINGWELL_DATA": str(folder),
        "LIVINGWELL_URL": f"http://localhost:{port}",
    }


@contextmanager
def _folder(*, in_passing: bool) -> Iterator[Path]:
    if not in_passing:
        yield DEMO_FOLDER
        return
    with tempfile.TemporaryDirectory(prefix="livingwell-") as folder:
        yield Path(folder)
