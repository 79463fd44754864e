"""Changes the tables, then puts the walls between places up again around every one of them."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from kit import checks, protection


class Command(migrate.Command):
    """Django's migrate, with every wall put up again after it; tests make their database with it too."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Let the start-up check know that here the tables' owner is right."""
        with checks.as_owner():
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as usual; looking at the plan alone touches no wall.

        Raises:
            kit.protection.postgres.NoAppRole: PostgreSQL has no role for the app yet.
        """
        if options["plan"] or options["check_unapplied"]:
            super().handle(*args, **options)
        else:
            with protection.lifted(connections[options["database"]]):
                super().handle(*args, **options)
