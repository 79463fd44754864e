"""The PostgreSQL lane: tables are made by their owner, and every test runs as the app, whom policies bind.

    DATABASE_URL=postgres://livingwell_owner@127.0.0.1/livingwell pytest

A test that ran as owner or superuser would pass with every wall down.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import dj_database_url
from django.conf import settings
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

from livingwell.environment import text

IN_USE = connection.vendor == "postgresql"
ONLY_ADDED = "select name, sql from sqlite_master where type = 'trigger' and name glob 'lw_*_only_added_*'"


def sign_in_as_owner() -> None:
    """Make the test database as its owner, also where DATABASE_URL names the app, as in production."""
    owner = dj_database_url.parse(text("DATABASE_OWNER_URL", text("DATABASE_URL", "")))
    connection.settings_dict.update({key: owner[key] for key in ("USER", "PASSWORD")})
    _make_the_app_role_if_nobody_has()


def act_as_the_app() -> None:
    """Take the app's role in every connection from now on, those of other threads included."""
    connection.settings_dict["OPTIONS"]["assume_role"] = settings.DATABASE_APP_ROLE
    connection.close()


def act_as_owner_again() -> None:
    """Give the app's role back, so that the database can be taken down."""
    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    connection.close()


def _make_the_app_role_if_nobody_has() -> None:
    """`make_roles` does this for a real database; a superuser's test run needs no such step."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("select from pg_roles where rolname = %s", [settings.DATABASE_APP_ROLE])
        if cursor.rowcount == 0:
            cursor.execute(f'create role "{settings.DATABASE_APP_ROLE}"')
            cursor.execute(f'grant "{settings.DATABASE_APP_ROLE}" to current_user')


@contextmanager
def past_the_walls() -> Iterator[None]:
    """Do what only somebody with the database's own keys could do; undone at the end of the block.

    On PostgreSQL that is the owner, for whom policies still hold but grants do not; on SQLite somebody who
    dropped the triggers that keep the record.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            _unlock(cursor)
        yield
        transaction.set_rollback(True)


def flush_past_the_walls(operations: BaseDatabaseOperations, statements: Iterable[str]) -> None:
    """Empty the tables after a test that really committed: the app itself may not do that."""
    with transaction.atomic(), connection.cursor() as cursor:
        triggers = _unlock(cursor)
        for statement in statements:
            cursor.execute(statement)
        for _, trigger in triggers:
            cursor.execute(trigger)
        if IN_USE:
            take_the_apps_role(cursor)


def take_the_apps_role(cursor: Any) -> None:
    """Come back behind the walls."""
    cursor.execute(f'set role "{settings.DATABASE_APP_ROLE}"')


def _unlock(cursor: Any) -> list[tuple[str, str]]:
    if IN_USE:
        cursor.execute("reset role")
        return []
    cursor.execute(ONLY_ADDED)
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'drop trigger "{name}"')
    return list(triggers)
