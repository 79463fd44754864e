"""Which tables stand behind walls, and which columns point from one scoped row at another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from kit.models import Owned, Scope


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
        pointers=tuple(_pointers(model)),
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
    return Table(**{**vars(table), "pointers": there})


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
