"""`manage.py serve`: this installation, with one command: a web server and a worker."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from livingwell import servers


class Command(BaseCommand):
    """Starts a real installation, as `demo` starts the invented one."""

    help = (
        "Bring the database up to date, start the web server and the worker on this machine, and print the "
        "address. Ctrl-C ends both. What people see as the address is LIVINGWELL_URL."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the option."""
        parser.add_argument("--port", type=int, default=8000, help="where the pages are served (8000)")

    def handle(self, *, port: int, **options: Any) -> None:
        """Serve until Ctrl-C."""
        address = os.environ.get("LIVINGWELL_URL", f"http://localhost:{port}")
        env = {**os.environ, "LIVINGWELL_NO_BOOTSTRAP": "1", "LIVINGWELL_URL": address}
        with servers.serving(port, env) as running:
            servers.run("migrate", "--verbosity", "0", env=env)
            servers.gather_static_files()
            running.start()
            running.wait_until_ready()
            self.stdout.write(f"Living Well is at {address}/ - Ctrl-C ends it.")
            running.stay()
