"""Which tables stand behind walls, and which columns point from one scoped row at another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kit.models import Frozen, Owned, Scope


@dataclass(frozen=True)
class Pointer:
    """A column that points from a table with a scope at a row of another table with a scope.

    `upwards` says that the row pointed at may also be one that the programme holds for its sites.
    """

    table: str
    column: str
    target: str
    target_column: str
    upwards: bool


@dataclass(frozen=True)
class Table:
    """One table with a scope column; owned ones are walled, the directory's only keep their pointers."""

    name: str
    is_owned: bool
    is_released_upwards: bool
    is_only_added: bool
    frozen_by: Frozen | None
    pointers: tuple[Pointer, ...]


def owned_models() -> list[type[Owned]]:
    """Return every owned model that has a table, in the order of the apps."""
    return [model for model in apps.get_models() if issubclass(model, Owned) and model._meta.managed]


def has_scope(model: type[models.Model]) -> bool:
    """Whether the model's own table has a scope column."""
    return any(field.name == "scope" and field.related_model is Scope for field in model._meta.local_fields)


def of_our_models() -> list[Table]:
    """Return the tables of all models that have a scope."""
    return [table_of(model) for model in apps.get_models() if model._meta.managed and has_scope(model)]


def table_of(model: type[models.Model]) -> Table:
    """Return what the walls need to know of `model`'s table."""
    return Table(
        name=model._meta.db_table,
        is_owned=issubclass(model, Owned),
        is_released_upwards=getattr(model, "released_upwards", False),
        is_only_added=getattr(model, "only_added", False),
        frozen_by=getattr(model, "frozen_by", None),
        pointers=tuple(_pointers(model)),
    )


def freezing_of(table: Table, *, differs: str) -> Iterator[tuple[str, str]]:
    """Return the events that would change a frozen row, each with the SQL by which it is one.

    `new` and `old` are the rows of a trigger; `differs` is how this database compares what may be null.
    """
    frozen = table.frozen_by
    if frozen is None:
        return
    if not frozen.of:
        is_frozen = f"old.\"{frozen.state}\" <> '{frozen.while_}'"
        changed = " or ".join(f'new."{name}" {differs} old."{name}"' for name in frozen.columns)
        yield "update", f"{is_frozen} and ({changed})"
        yield "delete", is_frozen
        return
    pointer = next((one for one in table.pointers if one.column == frozen.of), None)
    if pointer is None:
        return  # half-way through the migrations
    for event, rows in (("insert", ("new",)), ("update", ("new", "old")), ("delete", ("old",))):
        yield event, " or ".join(_points_at_frozen(pointer, frozen, row) for row in rows)


def _points_at_frozen(pointer: Pointer, frozen: Frozen, row: str) -> str:
    return (
        f'exists (select 1 from "{pointer.target}" '  # noqa: S608 - our own names
        f'where "{pointer.target_column}" = {row}."{pointer.column}" '
        f"and \"{frozen.state}\" <> '{frozen.while_}')"
    )


def that_exist(tables: Iterable[Table], connection: BaseDatabaseWrapper) -> list[Table]:
    """Keep the tables that the database has, and of their pointers those whose columns it has.

    Half-way through the migrations some are still missing, or gone already.
    """
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
        columns = {
            (table.name, column.name)
            for table in tables
            if table.name in names
            for column in connection.introspection.get_table_description(cursor, table.name)
        }
    return [_as_it_is(table, columns) for table in tables if (table.name, "scope_id") in columns]


def _as_it_is(table: Table, columns: set[tuple[str, str]]) -> Table:
    there = tuple(
        pointer
        for pointer in table.pointers
        if {(pointer.table, pointer.column), (pointer.target, "scope_id")} <= columns
    )
    frozen = table.frozen_by if _columns_of_freezing(table) <= columns else None
    return Table(**{**vars(table), "pointers": there, "frozen_by": frozen})


def _columns_of_freezing(table: Table) -> set[tuple[str, str]]:
    frozen = table.frozen_by
    if frozen is None:
        return set()
    holders = {pointer.target for pointer in table.pointers if pointer.column == frozen.of} or {table.name}
    return {(name, frozen.state) for name in holders} | {(table.name, name) for name in frozen.columns}


def _pointers(model: type[models.Model]) -> Iterator[Pointer]:
    for field in model._meta.local_fields:
        target: Any = field.related_model
        if isinstance(field, models.ForeignKey) and has_scope(target):
            yield Pointer(
                table=model._meta.db_table,
                column=field.column,
                target=target._meta.db_table,
                target_column=str(field.target_field.column),
                upwards=getattr(target, "released_upwards", False),
            )
