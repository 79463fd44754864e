"""Refuses to start where the walls between places would not hold."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

from kit.protection.tables import owned_models

_acts_as_owner: ContextVar[bool] = ContextVar("acts_as_owner", default=False)

WHO = """
select current_user, rolsuper, rolbypassrls,
       exists (select from pg_class where relname = any (%s) and relnamespace = current_schema()::regnamespace
               and pg_has_role(current_user, relowner, 'member'))
from pg_roles where rolname = current_user
"""


@contextmanager
def as_owner() -> Iterator[None]:
    """Let the block act as the tables' owner: migrate changes tables, and nothing else may."""
    token = _acts_as_owner.set(True)
    try:
        yield
    finally:
        _acts_as_owner.reset(token)


def refuse_unsafe_role() -> None:
    """Stop the start of a server or worker whose database role could look past the walls.

    `manage.py` commands refuse by themselves, through the check below; servers and workers run no checks, so
    wsgi, asgi and celery call this.

    Raises:
        ImproperlyConfigured: the role is a superuser, may bypass row-level security, or owns tables of ours.
        OperationalError: the database does not answer, so nobody knows.
    """
    connection.ensure_connection()
    for problem in the_role_cannot_look_past_the_walls(None):
        if isinstance(problem, Error):
            raise ImproperlyConfigured(f"{problem.msg} {problem.hint}")


@register()
def the_role_cannot_look_past_the_walls(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Report a PostgreSQL role to whom policies do not apply; silent in development and for migrate.

    A database that does not answer is not reported here: whatever needs it says so itself.
    """
    if connection.vendor != "postgresql" or settings.DEBUG or _acts_as_owner.get():
        return []
    try:
        name, faults = _faults_of_role()
    except OperationalError:
        return []
    hint = "Sign in as the app's role (see manage.py make_roles); DATABASE_OWNER_URL is for migrate."
    return [
        Error(f"The database role {name!r} {fault}.", hint=hint, id="livingwell.E010") for fault in faults
    ]


@register()
def link_tables_are_named(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report each many-to-many of an owned model whose link table has no scope of its own."""
    return [
        Error(
            f"{model._meta.label}.{field.name} makes a link table without a scope.",
            hint="Name an Owned model as `through`.",
            id="livingwell.E011",
        )
        for model in owned_models()
        for field in model._meta.local_many_to_many
        if cast(Any, field.remote_field).through._meta.auto_created
    ]


@register()
def owned_models_stand_alone(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report each owned model that inherits another's table: its own table would have no scope column."""
    return [
        Error(
            f"{model._meta.label} inherits a table.",
            hint="Inherit abstract models only.",
            id="livingwell.E012",
        )
        for model in owned_models()
        if model._meta.parents
    ]


def _faults_of_role() -> tuple[str, list[str]]:
    tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        cursor.execute(WHO, [tables])
        name, is_superuser, bypasses, owns = cursor.fetchone()
    faults = {
        "is a superuser": is_superuser,
        "may bypass row-level security": bypasses,
        "owns tables of ours": owns,
    }
    return name, [fault for fault, is_so in faults.items() if is_so]
