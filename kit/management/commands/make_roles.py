"""Makes PostgreSQL's two roles and their database: the owner changes tables, the app may only change rows."""

from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandParser
from psycopg2 import sql

EXISTS_ROLE = "select from pg_roles where rolname = %s"
EXISTS_DATABASE = "select from pg_database where datname = %s"


class Command(BaseCommand):
    """Run it once as a superuser, before the first migrate; running it again changes only what differs."""

    help = "Makes the owner's and the app's roles in PostgreSQL, and a database for them."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the superuser's address, and names and passwords of the two roles."""
        parser.add_argument("--superuser-url", required=True, help="postgres://postgres@localhost/postgres")
        parser.add_argument("--owner", default="livingwell_owner", help="owns the tables: DATABASE_OWNER_URL")
        parser.add_argument("--app", default="livingwell_app", help="changes rows: DATABASE_URL")
        parser.add_argument("--owner-password", default=None)
        parser.add_argument("--app-password", default=None)
        parser.add_argument("--database", default="livingwell")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is missing; neither role is a superuser or may look past the policies."""
        owner, app, database = options["owner"], options["app"], options["database"]
        with _Session(options["superuser_url"]) as session:
            session.make_role(owner, "createdb", options["owner_password"])
            session.make_role(app, "nocreatedb", options["app_password"])
            session.run("grant {} to {}", app, owner)
            if not session.has(EXISTS_DATABASE, database):
                session.run("create database {} owner {}", database, owner)
            session.run("alter database {} owner to {}", database, owner)
            session.run("revoke all on database {} from public", database)
            session.run("grant connect on database {} to {}", database, app)
        with _Session(options["superuser_url"], database) as session:
            session.run("alter schema public owner to {}", owner)
            session.run("revoke all on schema public from public")
            session.run("grant usage on schema public to {}", app)
        self.stdout.write(f"{owner} owns {database}; {app} works in it. Now: manage.py migrate, as {owner}.")


class _Session:
    """A superuser's session; each statement stands alone, since CREATE DATABASE allows no transaction.

    There are no default privileges, on purpose: a table that migrate has not walled in is closed to the app.
    """

    def __init__(self, address: str, database: str | None = None) -> None:
        self._connection = (
            psycopg2.connect(address, dbname=database) if database else psycopg2.connect(address)
        )
        self._connection.autocommit = True
        self._cursor = self._connection.cursor()

    def __enter__(self) -> "_Session":
        return self

    def __exit__(self, *why: object) -> None:
        self._connection.close()

    def has(self, query: str, name: str) -> bool:
        """Tell whether `query` finds `name`."""
        self._cursor.execute(query, [name])
        return bool(self._cursor.rowcount)

    def run(self, statement: str, *names: str) -> None:
        """Run `statement` with `names`, quoted, in its gaps."""
        self._cursor.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def make_role(self, name: str, may: str, password: str | None) -> None:
        """Make a role that can sign in, or bring one that exists back to what it may."""
        make = "alter" if self.has(EXISTS_ROLE, name) else "create"
        self.run(f"{make} role {{}} login nosuperuser nobypassrls nocreaterole noreplication {may}", name)
        if password is not None:
            secret = sql.SQL("alter role {} password {}").format(sql.Identifier(name), sql.Literal(password))
            self._cursor.execute(secret)
