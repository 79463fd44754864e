"""SQLite's walls: triggers refuse a row that points into another place, moves there, or rewrites the record.

SQLite has no policies: which rows a place may *read* is held by the scoped managers alone (README 2.6).
"""

from collections.abc import Iterable, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from kit.protection.tables import Pointer, Table, freezing_of

OURS = "lw_"


def protect(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> None:
    """Make every trigger anew."""
    drop(connection)
    with connection.cursor() as cursor:
        for table in tables:
            for statement in triggers_of(table):
                cursor.execute(statement)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Drop our triggers, also those of tables that are no longer ours."""
    with connection.cursor() as cursor:
        cursor.execute("select name from sqlite_master where type = 'trigger' and name glob %s", [f"{OURS}*"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'drop trigger "{name}"')


def triggers_of(table: Table) -> Iterator[str]:
    """Return the statements that put up one table's triggers."""
    yield _refusing(
        f"{table.name}_stays",
        f'before update of "scope_id" on "{table.name}"',
        "new.scope_id is not old.scope_id",
        f"A row of {table.name} may not move to another place.",
    )
    for pointer in table.pointers:
        for event, name in (("insert", "added"), (f'update of "{pointer.column}", "scope_id"', "changed")):
            yield _refusing(
                f"{table.name}_{pointer.column}_{name}",
                f'before {event} on "{table.name}"',
                _points_elsewhere(pointer),
                f"A row of {table.name} may not point at a row of {pointer.target} in another place.",
            )
    yield from _keeping_the_record(table)


def _keeping_the_record(table: Table) -> Iterator[str]:
    for event, condition in freezing_of(table, differs="is not"):
        yield _refusing(
            f"{table.name}_frozen_{event}",
            f'before {event} on "{table.name}"',
            condition,
            f"This row of {table.name} stays as it is.",
        )
    if table.is_only_added:
        for event in ("update", "delete"):
            yield _refusing(
                f"{table.name}_only_added_{event}",
                f'before {event} on "{table.name}"',
                "true",
                f"Rows of {table.name} are only ever added.",
            )


def _refusing(name: str, event: str, condition: str, words: str) -> str:
    refusal = f"begin select raise(abort, '{words}'); end"
    return f'create trigger "{OURS}{name}" {event} when {condition} {refusal}'


def _points_elsewhere(pointer: Pointer) -> str:
    places = "new.scope_id"
    if pointer.upwards:
        places += ", (select within_id from kit_scope where id = new.scope_id)"
    return (
        f'new."{pointer.column}" is not null and not exists (select 1 from "{pointer.target}" '  # noqa: S608 - our own names
        f'where "{pointer.target_column}" = new."{pointer.column}" and scope_id in ({places}))'
    )
