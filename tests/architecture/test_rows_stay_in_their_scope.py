"""The walls between places, tried on every table and every pointer there is (G03, README 2.6).

The ORM's own filters play no part: rows are asked for and changed in plain SQL, as the app's role.
"""
# ruff: noqa: S608 - plain SQL is the point here, and its names come from our own models

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from kit import scope as scopes
from kit.models import Owned, Scope
from kit.protection.tables import Pointer, has_scope, owned_models, table_of
from tests.architecture.rows import as_columns, saved_row, tables_checks_aside, unsaved_row
from tests.world import World

pytestmark = pytest.mark.no_place_open

OWNED = [pytest.param(model, id=model._meta.label) for model in owned_models()]
POINTERS = [
    pytest.param(model, pointer, id=f"{model._meta.label}.{pointer.column}")
    for model in apps.get_models()
    if has_scope(model)
    for pointer in table_of(model).pointers
]
CHANGEABLE = [each for each in POINTERS if not getattr(each.values[0], "only_added", False)]
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no policies")


@pytest.fixture(autouse=True)
def only_the_walls_decide(db: None) -> Iterator[None]:
    with tables_checks_aside():
        yield


def run(statement: str, values: Any = ()) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        changed = cursor.rowcount
        connection.check_constraints()
        return int(changed)


def how_many(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'select count(*) from "{table}"')
        return int(cursor.fetchone()[0])


def add(row: models.Model) -> int:
    columns = as_columns(row)
    names, gaps = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
    return run(f'insert into "{row._meta.db_table}" ({names}) values ({gaps})', columns.values())


@on_postgres
@pytest.mark.postgres
@pytest.mark.parametrize("model", OWNED)
class TestAnotherPlacesRows:
    def test_are_not_there(self, world: World, model: type[Owned]) -> None:
        table = model._meta.db_table
        with scopes.opened(world.harbour):
            saved_row(model, world.harbour)
            assert how_many(table) > 0, "one's own rows are there, or nothing is proved"
        for other in (world.thornbridge, world.farfield, world.programme):
            with scopes.opened(other):
                assert how_many(table) == 0
        assert how_many(table) == 0, "no place open, no rows"

    def test_cannot_be_changed(self, world: World, model: type[Owned]) -> None:
        table = model._meta.db_table
        with scopes.opened(world.harbour):
            saved_row(model, world.harbour)
        with scopes.opened(world.thornbridge):
            if model.only_added:
                with pytest.raises(DatabaseError, match="permission denied"):
                    run(f'update "{table}" set scope_id = scope_id')
            else:
                assert run(f'update "{table}" set scope_id = scope_id') == 0
        with scopes.opened(world.harbour):
            if not model.only_added:
                assert run(f'update "{table}" set scope_id = scope_id') > 0

    def test_cannot_be_removed(self, world: World, model: type[Owned]) -> None:
        table = model._meta.db_table
        with scopes.opened(world.harbour):
            saved_row(model, world.harbour)
        with scopes.opened(world.thornbridge):
            if model.only_added:
                with pytest.raises(DatabaseError, match="permission denied"):
                    run(f'delete from "{table}"')
            else:
                assert run(f'delete from "{table}"') == 0
        with scopes.opened(world.harbour):
            if not model.only_added:
                assert run(f'delete from "{table}"') > 0

    def test_cannot_be_added(self, world: World, model: type[Owned]) -> None:
        with scopes.opened(world.harbour):
            theirs, ours = unsaved_row(model, world.harbour), unsaved_row(model, world.harbour)
            assert add(ours) == 1
        for place in (world.thornbridge, world.farfield):
            with scopes.opened(place), pytest.raises(DatabaseError, match="row-level security"):
                add(theirs)
        with pytest.raises(DatabaseError, match="row-level security"):
            add(theirs)

    def test_cannot_be_given_away(self, world: World, model: type[Owned]) -> None:
        with scopes.opened(world.harbour):
            saved_row(model, world.harbour)
            with pytest.raises(DatabaseError, match=r"row-level security|permission denied"):
                run(f'update "{model._meta.db_table}" set scope_id = %s', [str(world.thornbridge.pk)])


class TestAPointer:
    @pytest.mark.parametrize(("model", "pointer"), POINTERS)
    def test_leads_to_no_row_of_another_place(
        self, world: World, model: type[models.Model], pointer: Pointer
    ) -> None:
        with scopes.opened(world.harbour):
            theirs = self.target(model, pointer, world.harbour)
        with scopes.opened(world.thornbridge):
            row = unsaved_row(model, world.thornbridge, **{self.field(model, pointer): theirs})
            with pytest.raises(IntegrityError):
                add(row)

    @pytest.mark.parametrize(("model", "pointer"), POINTERS)
    def test_may_lead_to_a_row_of_the_same_place(
        self, world: World, model: type[models.Model], pointer: Pointer
    ) -> None:
        with scopes.opened(world.thornbridge):
            ours = self.target(model, pointer, world.thornbridge)
            row = unsaved_row(model, world.thornbridge, **{self.field(model, pointer): ours})
            assert add(row) == 1

    @pytest.mark.parametrize(("model", "pointer"), CHANGEABLE)
    def test_cannot_be_turned_to_another_place(
        self, world: World, model: type[models.Model], pointer: Pointer
    ) -> None:
        with scopes.opened(world.harbour):
            theirs = self.target(model, pointer, world.harbour)
        with scopes.opened(world.thornbridge):
            saved_row(model, world.thornbridge)
            value = models.UUIDField().get_db_prep_save(theirs, connection)
            with pytest.raises(IntegrityError):
                run(f'update "{pointer.table}" set "{pointer.column}" = %s', [value])

    def field(self, model: type[models.Model], pointer: Pointer) -> str:
        return next(f.attname for f in model._meta.local_concrete_fields if f.column == pointer.column)

    def target(self, model: type[models.Model], pointer: Pointer, scope: Scope) -> Any:
        tables = {each._meta.db_table: each for each in apps.get_models()}
        return saved_row(tables[pointer.target], scope).pk


class TestWhatIsReleasedUpwards:
    """Released rows are the programme's: its sites read and add them, and another programme does neither."""

    RELEASED = [model for model in owned_models() if model.released_upwards]

    @on_postgres
    @pytest.mark.postgres
    @pytest.mark.parametrize("model", RELEASED)
    def test_can_be_added_from_a_site_and_read_in_its_sister(self, world: World, model: type[Owned]) -> None:
        with scopes.opened(world.harbour):
            saved_row(model, world.programme)
        with scopes.opened(world.thornbridge):
            assert how_many(model._meta.db_table) == 1
            assert model.everywhere.filter(scope=world.programme).count() == 1

    @on_postgres
    @pytest.mark.postgres
    @pytest.mark.parametrize("model", RELEASED)
    def test_is_closed_to_another_programme(self, world: World, model: type[Owned]) -> None:
        with scopes.opened(world.harbour):
            saved_row(model, world.programme)
        with scopes.opened(world.farfield):
            assert how_many(model._meta.db_table) == 0
            with pytest.raises(DatabaseError, match="row-level security"):
                add(unsaved_row(model, world.programme))


@on_postgres
@pytest.mark.postgres
class TestTheCatalogue:
    def test_tests_run_as_a_role_that_policies_bind(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
            )
            assert cursor.fetchone() == (settings.DATABASE_APP_ROLE, False, False)
            cursor.execute(
                "select relname from pg_class where relkind = 'r' and relowner = current_user::regrole"
            )
            assert cursor.fetchall() == []

    @pytest.mark.parametrize("model", OWNED)
    def test_every_owned_table_has_forced_policies_for_each_command(self, model: type[Owned]) -> None:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                "select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass", [table]
            )
            assert cursor.fetchone() == (True, True)
            cursor.execute("select cmd from pg_policies where tablename = %s order by cmd", [table])
            assert [cmd for (cmd,) in cursor.fetchall()] == ["DELETE", "INSERT", "SELECT", "UPDATE"]

    def test_no_view_looks_past_the_policies(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select viewname from pg_views where schemaname = current_schema()")
            assert cursor.fetchall() == []


class TestRowsNeverMove:
    def test_a_row_cannot_move_to_another_place(self, world: World) -> None:
        model = apps.get_model("programmes.Locality")
        with scopes.opened(world.harbour):
            saved_row(model, world.harbour)
            with pytest.raises(DatabaseError):
                run(
                    "update programmes_locality set scope_id = %s",
                    [as_columns(world.thornbridge)["scope_ptr_id"]],
                )

    def test_a_group_cannot_move_to_another_place(self, world: World) -> None:
        there = as_columns(world.thornbridge)["scope_ptr_id"]
        with pytest.raises(DatabaseError):
            run("update programmes_group set scope_id = %s where kind = 'collaborative'", [there])
