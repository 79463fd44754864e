"""Walks every chain of events and says whether the record is whole. Source: G30."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kit import events
from kit.management import record
from kit.models import Scope


class Command(BaseCommand):
    """The verifier. It ends with 1 when any chain is broken, so that a nightly run can raise the alarm."""

    help = "Checks that no event was changed, removed, added or moved since it was sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take `--heads`, a file outside the database."""
        parser.add_argument(
            "--heads",
            type=Path,
            help="a file kept away from the database: chains are compared with the heads it remembers, "
            "so that a cut or an old copy is noticed; then it remembers today's heads",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a scope.

        Raises:
            CommandError: there is no record here; or some chain is broken: the heads file is left as it was.
        """
        record.must_be_there()
        heads = _read(options["heads"])
        scopes = Scope.objects.order_by("pk")
        verdicts = [events.verify(scope, head=heads.get(str(scope.pk))) for scope in scopes]
        for verdict in verdicts:
            self.stdout.write(str(verdict))
        broken = sum(not verdict.is_whole for verdict in verdicts)
        if broken:
            raise CommandError(f"{broken} of {len(verdicts)} chains are broken.")
        if options["heads"]:
            found = {str(verdict.scope_id): verdict.head for verdict in verdicts}
            options["heads"].write_text(json.dumps(found))
        self.stdout.write(f"All {len(verdicts)} chains are whole.")


def _read(heads: Path | None) -> dict[str, events.Head]:
    if heads is None or not heads.exists():
        return {}
    return {scope: (position, digest) for scope, (position, digest) in json.loads(heads.read_text()).items()}
