"""The walls between places, in the database itself: made again after each migrate, so none can be forgotten.

PostgreSQL gets row-level security, composite foreign keys and narrow grants; SQLite gets triggers. All of it
follows from the models: whatever is `Owned` is behind a wall, whatever points at an owned row stays inside.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from kit.protection import postgres, sqlite
from kit.protection.tables import of_our_models, that_exist

__all__ = ["lifted", "protect"]


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take down what would stand in the way of changing tables, and put every wall up again afterwards.

    SQLite remakes a table to change it, and refuses while a trigger elsewhere still names the old one.
    PostgreSQL's walls stay up throughout. When a migration fails half-way the walls come back all the same.
    """
    if connection.vendor == "sqlite":
        with transaction.atomic(using=connection.alias):
            sqlite.drop(connection)
    try:
        yield
    finally:
        protect(connection)


def protect(connection: BaseDatabaseWrapper) -> None:
    """Put up the walls around every table there is; doing it again changes nothing.

    Raises:
        kit.protection.postgres.NoAppRole: PostgreSQL knows no role for the app.
    """
    walls = postgres if connection.vendor == "postgresql" else sqlite
    with transaction.atomic(using=connection.alias):
        walls.protect(connection, that_exist(of_our_models(), connection))
