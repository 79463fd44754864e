"""PostgreSQL's walls: forced row-level security, composite foreign keys, and grants for the app's role alone.

The scope comes from `set_config('lw.scope', …, true)`, so it ends with its transaction; outside one it reads
as an empty text, which `nullif` turns into no scope and therefore no rows. The sub-select lets PostgreSQL
work it out once a query instead of once a row.
"""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core.management import CommandError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import truncate_name

from kit.protection.tables import Pointer, Table, freezing_of

LONGEST_NAME = 63
SCOPE = "(select nullif(current_setting('lw.scope', true), '')::uuid)"
PROGRAMME = "(select nullif(current_setting('lw.programme', true), '')::uuid)"

POINTS_UPWARDS = """
create or replace function lw_points_upwards() returns trigger language plpgsql as $$
declare
    pointed uuid := to_jsonb(new) ->> tg_argv[0];
    is_there boolean;
begin
    execute format('select exists (select from %I where %I = $1 and scope_id in '
                   '($2, (select within_id from kit_scope where id = $2)))', tg_argv[1], tg_argv[2])
        into is_there using pointed, new.scope_id;
    if pointed is not null and not is_there then
        raise foreign_key_violation
            using message = format('A row of %s may not point at a row of %s in another place.',
                                   tg_table_name, tg_argv[1]);
    end if;
    return new;
end $$
"""
"""For the one kind of pointer that no foreign key can hold: from a site's row to one its programme holds."""


class NoAppRole(CommandError):
    """There is nobody to grant rights to: `manage.py make_roles` makes the app's role."""


def protect(connection: BaseDatabaseWrapper, tables: Iterable[Table]) -> None:
    """Put up policies, foreign keys and grants.

    Raises:
        NoAppRole: the role named by DATABASE_URL (or DATABASE_APP_ROLE) does not exist.
    """
    tables = list(tables)
    app = _app_role(connection)
    with connection.cursor() as cursor:
        cursor.execute(POINTS_UPWARDS)
        for table in tables:
            for statement in (*policies_of(table), *upward_triggers_of(table), *freezing_triggers_of(table)):
                cursor.execute(statement)
    _keep_constraints(connection, dict(_constraints(tables)))
    _grant(connection, app, tables)


def policies_of(table: Table) -> Iterator[str]:
    """Return the statements that wall one owned table in; none for a table of the directory."""
    if not table.is_owned:
        return
    seen = added = f"scope_id = {SCOPE}"
    if table.is_released_upwards:
        seen = added = f"scope_id = {SCOPE} or scope_id = {PROGRAMME}"
    yield f'alter table "{table.name}" enable row level security'
    yield f'alter table "{table.name}" force row level security'
    for kind, rule in (
        ("select", f"using ({seen})"),
        ("insert", f"with check ({added})"),
        ("update", f"using (scope_id = {SCOPE}) with check (scope_id = {SCOPE})"),
        ("delete", f"using (scope_id = {SCOPE})"),
    ):
        yield f'drop policy if exists "lw_{kind}" on "{table.name}"'
        yield f'create policy "lw_{kind}" on "{table.name}" for {kind} {rule}'


def upward_triggers_of(table: Table) -> Iterator[str]:
    """Return the statements for a table's pointers at rows that a programme holds."""
    for pointer in table.pointers:
        if pointer.upwards:
            name = _named(f"lw_up_{pointer.table}_{pointer.column}")
            yield f'drop trigger if exists "{name}" on "{table.name}"'
            yield (
                f'create trigger "{name}" before insert or update of "{pointer.column}", "scope_id" '
                f'on "{table.name}" for each row execute function '
                f"lw_points_upwards('{pointer.column}', '{pointer.target}', '{pointer.target_column}')"
            )


def freezing_triggers_of(table: Table) -> Iterator[str]:
    """Return the statements that keep a table's frozen rows as they are, for the owner too."""
    for event, condition in freezing_of(table, differs="is distinct from"):
        name = _named(f"lw_frozen_{table.name}_{event}")
        yield (
            f'create or replace function "{name}"() returns trigger language plpgsql as $$ begin '
            f"if {condition} then raise exception 'This row of {table.name} stays as it is.' "
            "using errcode = 'check_violation'; end if; "
            f"return {'old' if event == 'delete' else 'new'}; end $$"
        )
        yield f'drop trigger if exists "{name}" on "{table.name}"'
        yield (
            f'create trigger "{name}" before {event} on "{table.name}" '
            f'for each row execute function "{name}"()'
        )


def _constraints(tables: list[Table]) -> Iterator[tuple[tuple[str, str], str]]:
    pointers = [pointer for table in tables for pointer in table.pointers if not pointer.upwards]
    for target, column in sorted({(pointer.target, pointer.target_column) for pointer in pointers}):
        yield (target, _named(f"lw_key_{target}_{column}")), f'unique (scope_id, "{column}")'
    for pointer in pointers:
        yield (pointer.table, _named(f"lw_fk_{pointer.table}_{pointer.column}")), _foreign_key(pointer)


def _foreign_key(pointer: Pointer) -> str:
    return (
        f'foreign key (scope_id, "{pointer.column}") references "{pointer.target}" '
        f'(scope_id, "{pointer.target_column}") deferrable initially deferred'
    )


def _keep_constraints(connection: BaseDatabaseWrapper, wanted: dict[tuple[str, str], str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass::text, conname from pg_constraint where starts_with(conname, 'lw_') "
            "and contype in ('u', 'f') and connamespace = current_schema()::regnamespace order by contype"
        )
        there = {(table.strip('"'), name): None for table, name in cursor.fetchall()}
        for table, name in there.keys() - wanted.keys():
            cursor.execute(f'alter table "{table}" drop constraint "{name}" cascade')
        for (table, name), definition in wanted.items():
            if (table, name) not in there:
                cursor.execute(f'alter table "{table}" add constraint "{name}" {definition}')


def _grant(connection: BaseDatabaseWrapper, app: str, tables: list[Table]) -> None:
    """Let the app change rows and nothing else: no TRUNCATE, no table of its own, and no rewritten record."""
    role = connection.ops.quote_name(app)
    only_added = [table.name for table in tables if table.is_only_added]
    with connection.cursor() as cursor:
        cursor.execute(f"grant usage on schema public to {role}")
        cursor.execute(f"grant usage, select on all sequences in schema public to {role}")
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f'grant select, insert, update, delete on "{name}" to {role}')
        for name in only_added:
            cursor.execute(f'revoke update, delete on "{name}" from {role}')
        cursor.execute(f"revoke insert, update, delete on django_migrations from {role}")


def _app_role(connection: BaseDatabaseWrapper) -> str:
    name: str = settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute("select from pg_roles where rolname = %s", [name])
        if cursor.rowcount == 0:
            raise NoAppRole(f"PostgreSQL has no role {name!r} for the app. Run manage.py make_roles first.")
    return name


def _named(name: str) -> str:
    return truncate_name(name, LONGEST_NAME)
