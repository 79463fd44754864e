"""`manage.py serve`: this installation, with one command: a web server and a worker."""

import os
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from livingwell import servers


class Command(BaseCommand):
    """Starts a real installation, as `demo` starts the invented one."""

    help = (
        "Bring the database up to date, start the web server and the worker on this machine, and print the "
        "address. Ctrl-C ends both. Address and port are LIVINGWELL_URL: http://localhost:8000 unless set."
    )

    def handle(self, **options: Any) -> None:
        """Serve until Ctrl-C.

        Raises:
            CommandError: LIVINGWELL_URL is no address, or its port is taken.
        """
        env = {**os.environ, "LIVINGWELL_NO_BOOTSTRAP": "1"}
        port = _port_of(settings.BASE_URL)
        otherwise = f"LIVINGWELL_URL=http://localhost:{port + 1} python3 manage.py serve"
        with servers.serving(port, env, otherwise=otherwise) as running:
            servers.run("migrate", "--verbosity", "0", env=env)
            servers.gather_static_files()
            running.start()
            running.wait_until_ready()
            self.stdout.write(f"Living Well is at {settings.BASE_URL}/ - Ctrl-C ends it.")
            running.stay()


def _port_of(address: str) -> int:
    try:
        port, host = urlsplit(address).port, urlsplit(address).hostname
    except ValueError:
        port = host = None
    if not host or not address.startswith(("http://", "https://")):
        raise CommandError(f"LIVINGWELL_URL must be like http://localhost:8000, not {address}")
    return port or 8000
