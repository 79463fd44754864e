"""One place at a time: what an open scope shows, and that nothing of it stays behind."""

import threading

import pytest
from django.db import connection, transaction

from kit import scope as scopes
from programmes.models import Locality
from tests import world as worlds
from tests.postgres import EYES
from tests.world import World

pytestmark = pytest.mark.no_place_open

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no policies")


def open_scope() -> str:
    """Return the scope that PostgreSQL knows of on this connection; empty when none."""
    with connection.cursor() as cursor:
        cursor.execute("select coalesce(current_setting('lw.scope', true), '')")
        return str(cursor.fetchone()[0])


def names() -> list[str]:
    return list(Locality.everywhere.order_by("name").values_list("name", flat=True))


@pytest.fixture
def localities(world: World) -> None:
    for site in (world.harbour, world.thornbridge):
        with scopes.opened(site):
            Locality.everywhere.create(scope=site, name=f"a street in {site}")


class TestTheLock:
    def test_shows_a_places_own_rows(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour):
            assert [row.name for row in Locality.objects.at(world.harbour)] == ["a street in Harbour City"]

    def test_offers_no_way_around(self) -> None:
        assert not hasattr(Locality.objects, "all")
        assert not hasattr(Locality.objects, "filter")


@on_postgres
@pytest.mark.postgres
class TestAnOpenScope:
    def test_shows_that_place_even_when_nobody_filters(self, world: World, localities: None) -> None:
        with scopes.opened(world.thornbridge):
            assert names() == ["a street in Thornbridge"]

    def test_ends_with_its_block(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour):
            assert names()
        assert open_scope() == ""
        assert names() == []

    def test_ends_when_the_block_fails(self, world: World, localities: None) -> None:
        with pytest.raises(ZeroDivisionError), scopes.opened(world.harbour):
            raise ZeroDivisionError
        assert names() == []

    def test_gives_way_to_another_and_comes_back(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour):
            with scopes.opened(world.thornbridge):
                assert names() == ["a street in Thornbridge"]
            assert names() == ["a street in Harbour City"]

    def test_comes_back_when_another_fails_inside(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour):
            with pytest.raises(ZeroDivisionError), scopes.opened(world.thornbridge):
                raise ZeroDivisionError
            assert names() == ["a street in Harbour City"]

    def test_is_opened_once_when_opened_again(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour), scopes.opened(world.harbour):
            assert names() == ["a street in Harbour City"]

    def test_outlives_a_change_undone_inside(self, world: World, localities: None) -> None:
        with scopes.opened(world.harbour):
            with transaction.atomic():
                Locality.everywhere.create(scope=world.harbour, name="gone again")
                transaction.set_rollback(True)
            assert names() == ["a street in Harbour City"]


@on_postgres
@pytest.mark.postgres
class TestATestsOwnEyes:
    """Tests look from Harbour City, so that they can see what came of a step; the step itself must not."""

    def test_see_that_place(self, world: World, localities: None) -> None:
        with EYES.open_in(world.harbour):
            assert names() == ["a street in Harbour City"]
            with scopes.opened(world.thornbridge):
                assert names() == ["a street in Thornbridge"]
            assert names() == ["a street in Harbour City"]
        assert names() == []

    def test_are_closed_during_a_request_or_command(self, world: World, localities: None) -> None:
        with EYES.open_in(world.harbour):
            assert EYES.closed_during(names)() == []
            assert names() == ["a street in Harbour City"]


@on_postgres
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAConnectionUsedAgain:
    def test_knows_nothing_of_the_request_before(self) -> None:
        world = worlds.build()
        sites = [world.harbour, world.thornbridge, world.farfield]
        for site in sites:
            with scopes.opened(site):
                Locality.everywhere.create(scope=site, name=site.name)
        for turn in range(300):
            site = sites[turn * turn % 3]
            with scopes.opened(site):
                assert names() == [site.name]
            assert (open_scope(), names()) == ("", [])

    def test_keeps_threads_apart(self) -> None:
        world = worlds.build()
        for site in (world.harbour, world.thornbridge):
            with scopes.opened(site):
                Locality.everywhere.create(scope=site, name=site.name)
        seen: dict[str, set[str]] = {}

        def look(site_name: str, site: object) -> None:
            try:
                for _ in range(50):
                    with scopes.opened(site):  # type: ignore[arg-type]
                        seen.setdefault(site_name, set()).update(names())
            finally:
                connection.close()

        threads = [
            threading.Thread(target=look, args=(site.name, site))
            for site in (world.harbour, world.thornbridge)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert seen == {"Harbour City": {"Harbour City"}, "Thornbridge": {"Thornbridge"}}
