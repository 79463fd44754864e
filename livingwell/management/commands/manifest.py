"""`manage.py manifest FILE`: writes who can open what in the demo, as JSON, after opening every address."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from livingwell.manifest import manifest


class Command(BaseCommand):
    """Writes the manifest of a filled demo."""

    help = "Write people, places and, for every address of ours, with which arguments and for whom it opens."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("file", help="where the JSON goes")
        parser.add_argument("--base-url", default=settings.BASE_URL, help="where the demo is served")

    def handle(self, **options: Any) -> None:
        """Open every address as one person of each kind, undo what that did, and write what came of it."""
        if not settings.DEMO:
            raise CommandError("This is not the demo: use manage.py demo --manifest FILE.")
        with transaction.atomic():
            told = manifest(options["base_url"])
            transaction.set_rollback(True)
        Path(options["file"]).write_text(
            json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
