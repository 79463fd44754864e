"""Changes the tables, then puts the walls between places up again around every one of them."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from kit import checks, protection


class Command(migrate.Command):
    """Django's migrate, with every wall put up again after it; tests make their database with it too."""

    def handle(self, *args: Any, **options: Any) -> None:
        """This will migrate as usual; looking at the plan alone touches no wall.

        Raises:
            kit.protection.postgres.NoAppRole: PostgreSQL has no role for the app yet.
        """
        with checks.as_owner():
            if options["plan"] or options["check_unapplied"]:
                super().handle(*args, **options)
            else:
                with protection.lifted(connections[options["database"]]):
                    super().handle(*args, **options)
