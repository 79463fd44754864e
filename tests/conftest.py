"""What every test can ask for: the two neighbouring places and their people; and which role tests act as."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import postgres
from tests import world as worlds


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of tests about the walls themselves; side by side, each process has its own cache.

    Otherwise one process would use up, or forget, the limits that another one counts.
    """
    config.addinivalue_line("markers", "no_place_open: the test looks from no place until it opens one")
    beside = os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
    if beside and settings.REDIS_URL:
        settings.CACHES["default"]["LOCATION"] = (
            urlsplit(settings.REDIS_URL)._replace(path=f"/{1 + int(beside) % 7}").geturl()
        )
    elif beside:
        settings.CACHES["default"]["LOCATION"] += f"-{beside}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> None:
    """Sign in as the tables' owner while the test database is made.

    Side by side, each process has its own database in PostgreSQL; SQLite's stands in its process's memory.
    """
    if postgres.IN_USE:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        with django_db_blocker.unblock():
            postgres.sign_in_as_owner()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Run every test as the app's role, and empty tables past the walls afterwards."""
    operations = type(connection.ops)
    operations.execute_sql_flush = postgres.flush_past_the_walls  # type: ignore[method-assign, assignment]
    if postgres.IN_USE:
        postgres.act_as_the_app()
        postgres.look_through_our_eyes()
    yield
    if postgres.IN_USE:
        postgres.act_as_owner_again()


@pytest.fixture
def world(db: None, request: pytest.FixtureRequest) -> Iterator[worlds.World]:
    """Give the places and people that every test knows, fresh in each test, which looks from Harbour City."""
    world = worlds.build()
    if postgres.IN_USE and not request.node.get_closest_marker("no_place_open"):
        with postgres.EYES.open_in(world.harbour):
            yield world
    else:
        yield world
