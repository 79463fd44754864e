"""Makes a row of any model from what the model says of itself, so that walks need no list of models.

Such a row has the right types and keys and nothing else: the rules of a table's own checks are put aside.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import connection, models
from django.db.models import Q

from kit.models import Frozen, Scope
from kit.protection.tables import has_scope
from people.models import Person
from programmes.models import Site
from tests.postgres import take_the_apps_role

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
CHECKS = """
select conrelid::regclass::text, conname from pg_constraint
where contype = 'c' and connamespace = current_schema()::regnamespace
"""
_numbers = count(1)

VALUES: dict[type[Any], Callable[[Any], Any]] = {
    models.UUIDField: lambda field: uuid4(),
    models.CharField: lambda field: uuid4().hex[: field.max_length],
    models.TextField: lambda field: uuid4().hex,
    models.IntegerField: lambda field: next(_numbers),
    models.BooleanField: lambda field: False,
    models.DateTimeField: lambda field: NOW + timedelta(seconds=next(_numbers)),
    models.DateField: lambda field: date(2026, 3, 2) + timedelta(days=next(_numbers)),
    models.TimeField: lambda field: time(10, 0),
    models.DecimalField: lambda field: Decimal(next(_numbers)),
    models.FloatField: lambda field: float(next(_numbers)),
    models.DurationField: lambda field: timedelta(minutes=next(_numbers)),
    models.JSONField: lambda field: {},
    models.BinaryField: lambda field: b"",
}


@contextmanager
def tables_checks_aside() -> Iterator[None]:
    """Put aside each table's own rules for the rest of the test, and no wall between places."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("pragma ignore_check_constraints = on")
            yield
            cursor.execute("pragma ignore_check_constraints = off")
        else:
            cursor.execute("reset role")
            cursor.execute(CHECKS)
            for table, name in cursor.fetchall():
                cursor.execute(f'alter table {table} drop constraint "{name}"')
            take_the_apps_role(cursor)
            yield


def unsaved_row(model: type[models.Model], scope: Scope, **given: Any) -> models.Model:
    """Fill in a row of `model` in `scope`; rows that it must point at are saved first, in the same scope."""
    values = {
        field.attname: _value(field, scope)
        for field in model._meta.local_concrete_fields
        if field.attname not in given and (not field.null or field.name == "scope")
    }
    return model(**{**values, **_still_open(model), **given})


def _still_open(model: type[models.Model]) -> dict[str, str]:
    """A row that the database keeps from being changed later begins as one that may be."""
    frozen: Frozen | None = getattr(model, "frozen_by", None)
    return {frozen.state: frozen.while_} if frozen is not None and not frozen.of else {}


def saved_row(model: type[models.Model], scope: Scope, **given: Any) -> models.Model:
    """Save such a row past every `save` of ours."""
    row = unsaved_row(model, scope, **given)
    row.save_base(raw=True, force_insert=True)
    return row


def as_columns(row: models.Model) -> dict[str, Any]:
    """Return the row as raw SQL would put it in, by column."""
    return {
        str(field.column): field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.local_concrete_fields
    }


def _value(field: Any, scope: Scope) -> Any:
    if isinstance(field, models.ForeignKey):
        return _pointed_at(field, scope)
    kinds = (VALUES[kind] for kind in type(field).__mro__ if kind in VALUES)
    return next(kinds)(field)


def _pointed_at(field: Any, scope: Scope) -> Any:
    target = field.related_model
    if target is Site:
        return Site.objects.filter(Q(pk=scope.pk) | Q(within=scope)).order_by("name")[0].pk
    if issubclass(target, Scope):
        return scope.pk
    if target is Person:
        return Person.objects.add(name="Somebody").pk
    assert has_scope(target), f"{field} points at a table that this walk cannot fill"
    there = target.everywhere.filter(scope=scope).first() if getattr(target, "frozen_by", None) else None
    return getattr(there or saved_row(target, scope), field.target_field.attname)
