"""How the walls are put up, after each migrate; and who is refused because they would not bind them."""

from collections.abc import Iterator
from contextlib import nullcontext
from io import StringIO
from typing import Any
from uuid import uuid4

import psycopg2
import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from pytest_django.fixtures import Settings

from kit import checks, protection
from kit import scope as scopes
from kit.models import Event, Owned
from kit.protection import postgres, sqlite
from kit.protection.tables import of_our_models, table_of, that_exist
from programmes.models import Locality
from tests.postgres import IN_USE, past_the_walls, take_the_apps_role
from tests.world import World

pytestmark = pytest.mark.no_place_open

on_postgres = pytest.mark.skipif(not IN_USE, reason="SQLite has no roles")
on_sqlite = pytest.mark.skipif(IN_USE, reason="PostgreSQL needs no triggers for this")

WALLS = {
    "postgresql": (
        "select 'policy', tablename, policyname, qual from pg_policies union all "
        "select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) "
        "from pg_constraint where starts_with(conname, 'lw_') union all "
        "select 'grant', oid::regclass::text, 'acl', relacl::text from pg_class where relkind = 'r' "
        "and relnamespace = current_schema()::regnamespace order by 1, 2, 3"
    ),
    "sqlite": "select 'trigger', tbl_name, name, sql from sqlite_master where name glob 'lw_*' order by 3",
}


def walls() -> list[tuple[str, ...]]:
    """List every wall that stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute(WALLS[connection.vendor])
        return list(cursor.fetchall())


@pytest.fixture
def as_owner(db: None) -> Iterator[None]:
    with past_the_walls() if IN_USE else nullcontext():
        yield


class TestMigrate:
    def test_puts_up_the_same_walls_each_time(self, as_owner: None) -> None:
        before = walls()
        assert len(before) > 20
        call_command("migrate", verbosity=0)
        assert walls() == before

    def test_puts_back_what_somebody_took_down(self, as_owner: None) -> None:
        before = walls()
        with connection.cursor() as cursor:
            if IN_USE:
                cursor.execute("drop policy lw_select on kit_event")
                cursor.execute("alter table kit_seal drop constraint lw_fk_kit_seal_event_id")
            else:
                cursor.execute("drop trigger lw_kit_event_stays")
        assert walls() != before
        call_command("migrate", verbosity=0)
        assert walls() == before

    def test_only_looks_when_asked_for_the_plan(self, as_owner: None) -> None:
        before = walls()
        call_command("migrate", plan=True, verbosity=0, stdout=StringIO())
        assert walls() == before

    def test_puts_the_walls_up_when_a_migration_fails(self, as_owner: None) -> None:
        before = walls()
        with pytest.raises(ZeroDivisionError), protection.lifted(connection):
            raise ZeroDivisionError
        assert walls() == before

    def test_skips_tables_and_columns_that_are_not_there_yet(self, db: None) -> None:
        tables = [table_of(Locality), table_of(Event)]
        missing = [type(table)(**{**vars(table), "name": "not_there"}) for table in tables]
        assert that_exist([*tables, *missing], connection) == tables

    def test_clears_away_walls_that_no_model_asks_for(self, as_owner: None) -> None:
        before = walls()
        with connection.cursor() as cursor:
            if IN_USE:
                cursor.execute("alter table kit_event add constraint lw_key_old unique (scope_id, did, id)")
            else:
                cursor.execute(
                    "create trigger lw_old before insert on kit_event begin select raise(abort, 'old'); end"
                )
        call_command("migrate", verbosity=0)
        assert walls() == before


@on_postgres
@pytest.mark.postgres
class TestTheAppsRole:
    def test_must_be_there_before_migrate(self, as_owner: None, settings: Settings) -> None:
        settings.DATABASE_APP_ROLE = "nobody_made_this_role"
        with pytest.raises(postgres.NoAppRole, match="make_roles"):
            call_command("migrate", verbosity=0)

    @pytest.mark.parametrize(
        "statement",
        [
            "truncate kit_job",
            "create table mine (id int)",
            "alter table kit_event disable row level security",
            "drop policy lw_select on kit_event",
            "delete from django_migrations",
            "update kit_event set did = 'other'",
            "create role friend",
        ],
    )
    def test_may_change_rows_and_nothing_else(self, db: None, statement: str) -> None:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
            connection.cursor().execute(statement)


@on_postgres
@pytest.mark.postgres
class TestTheStart:
    def problems(self) -> list[str]:
        return [problem.msg for problem in run_checks() if problem.id == "livingwell.E010"]

    def test_goes_on_as_the_app(self, db: None) -> None:
        assert self.problems() == []
        checks.refuse_unsafe_role()

    def test_stops_for_the_owner_of_the_tables(self, as_owner: None) -> None:
        assert any("owns tables of ours" in problem for problem in self.problems())
        with pytest.raises(ImproperlyConfigured, match="make_roles"):
            checks.refuse_unsafe_role()

    def test_lets_migrate_be_the_owner(self, as_owner: None) -> None:
        call_command("migrate", verbosity=0, skip_checks=False)
        assert self.problems(), "and nobody else"

    def test_does_not_ask_in_development(self, as_owner: None, settings: Settings) -> None:
        settings.DEBUG = True
        assert self.problems() == []

    @pytest.mark.parametrize(
        ("attribute", "words"),
        [("superuser", "is a superuser"), ("bypassrls", "may bypass row-level security")],
    )
    def test_stops_for_a_role_that_sees_everything(
        self, monkeypatch: pytest.MonkeyPatch, attribute: str, words: str
    ) -> None:
        found = (["somebody", attribute == "superuser", attribute == "bypassrls", False],)
        monkeypatch.setattr(checks, "connection", _Answering(found[0]))
        assert self.problems() == [f"The database role 'somebody' {words}."]


class _Answering:
    """A connection that knows one answer."""

    vendor = "postgresql"

    def __init__(self, answer: list[Any]) -> None:
        self._answer = answer

    def cursor(self) -> "_Answering":
        return self

    def __enter__(self) -> "_Answering":
        return self

    def __exit__(self, *why: object) -> None:
        return None

    def execute(self, *statement: object) -> None:
        return None

    def fetchone(self) -> list[Any]:
        return self._answer


class TestOwnedModels:
    @isolate_apps("kit")
    def test_name_their_link_tables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Linked(Owned):
            friends = models.ManyToManyField("self")

            class Meta:
                app_label = "kit"

        monkeypatch.setattr(checks, "owned_models", lambda: [Linked])
        assert [problem.id for problem in checks.link_tables_are_named(None)] == ["livingwell.E011"]

    @isolate_apps("kit")
    def test_inherit_no_table(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Parent(Owned):
            class Meta:
                app_label = "kit"

        class Child(Parent):
            class Meta:
                app_label = "kit"

        monkeypatch.setattr(checks, "owned_models", lambda: [Parent, Child])
        assert [problem.id for problem in checks.owned_models_stand_alone(None)] == ["livingwell.E012"]

    def test_keep_both_rules(self) -> None:
        assert checks.link_tables_are_named(None) == []
        assert checks.owned_models_stand_alone(None) == []


class TestPointingUpwards:
    """A site's row may point at what its programme holds for all, and at nothing of a sister's."""

    @pytest.fixture
    def borrowing(self, as_owner: None, world: World) -> tuple[type[Owned], type[Owned]]:
        with isolate_apps("kit"):

            class Shared(Owned):
                released_upwards = True

                class Meta:
                    app_label = "kit"

            class Borrowed(Owned):
                shared = models.ForeignKey(Shared, models.PROTECT, related_name="+", db_constraint=False)

                class Meta:
                    app_label = "kit"

        self.build(Shared, Borrowed)
        return Shared, Borrowed

    def build(self, *made: type[models.Model]) -> None:
        """Make tables as migrate would, and the walls around them."""
        with connection.cursor() as cursor:
            for model in made:
                key = "" if model.__name__ == "Shared" else ", shared_id {0} not null"
                kind = "uuid" if IN_USE else "char(32)"
                cursor.execute(
                    f"create table {model._meta.db_table} "
                    f"(id {kind} primary key, scope_id {kind} not null{key.format(kind)})"
                )
                for statement in self.walls_of(model):
                    cursor.execute(statement)
                if IN_USE:
                    cursor.execute(f'grant all on {model._meta.db_table} to "{settings.DATABASE_APP_ROLE}"')
            if IN_USE:
                take_the_apps_role(cursor)

    def walls_of(self, model: type[models.Model]) -> list[str]:
        table = table_of(model)
        if IN_USE:
            return [*postgres.policies_of(table), *postgres.upward_triggers_of(table)]
        return list(sqlite.triggers_of(table))

    def put(self, model: type[Owned], scope: Any, **values: Any) -> Any:
        row = model(id=uuid4(), scope=scope, **values)
        with transaction.atomic():
            row.save(force_insert=True)
        return row

    def test_is_allowed_to_what_the_programme_holds(self, borrowing: Any, world: World) -> None:
        shared, borrowed = borrowing
        with scopes.opened(world.harbour):
            row = self.put(shared, world.programme)
        with scopes.opened(world.thornbridge):
            assert self.put(borrowed, world.thornbridge, shared=row).pk

    def test_is_refused_to_what_another_programme_holds(self, borrowing: Any, world: World) -> None:
        shared, borrowed = borrowing
        with scopes.opened(world.harbour):
            row = self.put(shared, world.programme)
        with scopes.opened(world.farfield), pytest.raises(IntegrityError):
            self.put(borrowed, world.farfield, shared=row)

    def test_is_refused_to_what_a_sister_keeps_for_herself(self, borrowing: Any, world: World) -> None:
        shared, borrowed = borrowing
        with scopes.opened(world.harbour):
            row = self.put(shared, world.harbour)
        with scopes.opened(world.thornbridge), pytest.raises(IntegrityError):
            self.put(borrowed, world.thornbridge, shared=row)

    def test_cannot_be_turned_there_later(self, borrowing: Any, world: World) -> None:
        shared, borrowed = borrowing
        with scopes.opened(world.harbour):
            hers = self.put(shared, world.harbour)
        with scopes.opened(world.thornbridge):
            row = self.put(borrowed, world.thornbridge, shared=self.put(shared, world.thornbridge))
            row.shared = hers
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save(force_update=True)


@on_sqlite
class TestSQLite:
    def test_says_in_words_why_it_refuses(self, world: World) -> None:
        row = Locality.everywhere.create(scope=world.harbour, name="Quayside")
        row.scope_id = world.thornbridge.pk
        with pytest.raises(IntegrityError, match="may not move to another place"), transaction.atomic():
            row.save()


class TestMakeRoles:
    """What it says to PostgreSQL; CI runs the command itself before the tests."""

    def test_asks_for_no_more_than_it_needs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        session = _Pretending()
        monkeypatch.setattr(psycopg2, "connect", lambda *address, **more: session)
        call_command("make_roles", superuser_url="postgres://x/y", owner_password="secret", stdout=StringIO())
        said = "\n".join(session.said)
        assert "createdb" in said
        assert said.count("nosuperuser nobypassrls nocreaterole") == 2


class _Pretending:
    """A superuser's session that notes what it was told."""

    rowcount = 0
    autocommit = False

    def __init__(self) -> None:
        self.said: list[str] = []

    def cursor(self) -> "_Pretending":
        return self

    def execute(self, statement: Any, values: Any = None) -> None:
        self.said.append(str(statement))

    def close(self) -> None:
        return None


def test_every_scoped_table_is_known(db: None) -> None:
    names = {table.name for table in that_exist(of_our_models(), connection)}
    assert {model._meta.db_table for model in apps.get_models() if issubclass(model, Owned)} <= names
