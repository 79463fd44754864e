"""The PostgreSQL lane: tables are made by their owner, and every test runs as the app, whom policies bind.

    DATABASE_URL=postgres://livingwell_owner@127.0.0.1/livingwell pytest

A test that ran as owner or superuser would pass with every wall down.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import dj_database_url
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kit import scope as scopes
from kit.models import Scope
from livingwell.environment import text

P = ParamSpec("P")
R = TypeVar("R")

IN_USE = connection.vendor == "postgresql"
THE_RECORD = (
    "select name, sql from sqlite_master where type = 'trigger' "
    "and (name glob 'lw_*_only_added_*' or name glob 'lw_*_frozen_*')"
)


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
    cursor.execute(THE_RECORD)
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'drop trigger "{name}"')
    return list(triggers)


class Eyes:
    """What a test itself sees between two steps of ours: the place whose people it follows.

    On SQLite a test may read any place's rows. Here it looks from Harbour City, or from a place that it opens
    itself. What the platform does sees nothing of this: during a request and a command these eyes are closed,
    so a page that forgets to open its place finds no rows.
    """

    def __init__(self) -> None:
        self._place: tuple[UUID, UUID] | None = None
        self._tell = scopes._tell

    @contextmanager
    def open_in(self, place: Scope | None) -> Iterator[None]:
        """Look from `place` for the block; from nowhere when it is None."""
        before = self._place
        self._place = (place.pk, place.programme_id) if place is not None else None
        self.tell(scopes._open_scope.get())
        try:
            yield
        finally:
            self._place = before
            if connection.in_atomic_block and not connection.needs_rollback:
                self.tell(scopes._open_scope.get())

    def tell(self, ids: tuple[UUID, UUID] | None) -> None:
        """Tell PostgreSQL which place is open; with none, the one that the test looks from."""
        self._tell(ids or self._place)

    def closed_during(self, step: Callable[P, R]) -> Callable[P, R]:
        """Make a step of the platform's own that begins, as in production, with no place open."""

        @wraps(step)
        def blind(*args: P.args, **kwargs: P.kwargs) -> R:
            if self._place is None or not connection.in_atomic_block:
                return step(*args, **kwargs)
            with self.open_in(None):
                return step(*args, **kwargs)

        return blind


EYES = Eyes()
NOT_A_QUESTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "SELECT SET_CONFIG")


def look_through_our_eyes() -> None:
    """Give tests their eyes, close them while the platform works, and count questions as SQLite does."""
    scopes._tell = EYES.tell
    Client.request = EYES.closed_during(Client.request)  # type: ignore[method-assign]
    BaseCommand.execute = EYES.closed_during(BaseCommand.execute)  # type: ignore[method-assign]
    CaptureQueriesContext.captured_queries = property(_questions)  # type: ignore[method-assign, assignment]


def _questions(counted: Any) -> list[dict[str, str]]:
    """Leave out what only opens and closes a place; how often a page asks is the same on both databases."""
    asked = counted.connection.queries[counted.initial_queries : counted.final_queries]
    return [each for each in asked if not each["sql"].upper().startswith(NOT_A_QUESTION)]
