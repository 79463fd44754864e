"""One place at a time: opens the scope in which a page, an action or a job reads and writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connection, transaction

from kit.models import Scope

_open_scope: ContextVar[tuple[UUID, UUID] | None] = ContextVar("open_scope", default=None)


@contextmanager
def opened(scope: Scope) -> Iterator[None]:
    """Open `scope` for the block: on PostgreSQL every policy then shows its rows alone.

    The setting lives in a transaction (`set_config(…, true)`), so it cannot outlast the block or reach
    another request through a pooled connection. SQLite has no policies and opens no transaction here: a page
    that only reads must not take the write lock.
    """
    wanted, before = (scope.pk, scope.programme_id), _open_scope.get()
    token = _open_scope.set(wanted)
    try:
        if connection.vendor != "postgresql" or wanted == before:
            yield
        else:
            with transaction.atomic():
                _tell(wanted)
                yield
                _tell(before)
    finally:
        _open_scope.reset(token)


def _tell(ids: tuple[UUID, UUID] | None) -> None:
    scope_id, programme_id = ids or ("", "")
    with connection.cursor() as cursor:
        cursor.execute(
            "select set_config('lw.scope', %s, true), set_config('lw.programme', %s, true)",
            [str(scope_id), str(programme_id)],
        )
