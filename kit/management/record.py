"""What a command that reads the record needs."""

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from kit.models import Scope


def must_be_there() -> None:
    """Refuse in one line where no tables are, as in the folder above the demo's.

    Raises:
        CommandError: there are none.
    """
    if Scope._meta.db_table not in connection.introspection.table_names():
        raise CommandError(
            f"There is no record in {settings.DATABASES['default']['NAME']}. "
            "LIVINGWELL_DATA says where to look; the demo keeps its own in the folder “demo” of it."
        )
