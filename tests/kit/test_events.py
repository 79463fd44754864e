"""The record of what was done: only ever added to, chained, and checked (G30)."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from kit import events
from kit import scope as scopes
from kit.models import Event, Scope, Seal, Unsealed
from kit.models.events import SealQuerySet
from programmes.models import Site
from tests import world as worlds
from tests.postgres import past_the_walls
from tests.world import World

pytestmark = pytest.mark.no_place_open

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def happen(site: Scope, how_often: int = 5) -> list[Event]:
    """Record some events, a minute apart."""
    with transaction.atomic(), scopes.opened(site):
        return [
            events.record(scope=site, did=f"thing {n}", at=NOW + timedelta(minutes=n), system="test")
            for n in range(how_often)
        ]


@pytest.fixture
def sealed(world: World) -> list[Event]:
    happened = happen(world.harbour)
    assert events.seal(world.harbour) == 5
    return happened


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_as_kept(value) for value in values])


def _as_kept(value: Any) -> Any:
    if hasattr(value, "hex") and connection.vendor == "sqlite":
        return value.hex
    return str(value) if hasattr(value, "hex") else value


class TestRecording:
    def test_nothing_is_done_anonymously(self, world: World) -> None:
        with scopes.opened(world.harbour), pytest.raises(IntegrityError), transaction.atomic():
            events.record(scope=world.harbour, did="something", at=NOW)

    def test_a_person_or_the_platform_did_it(self, world: World) -> None:
        with scopes.opened(world.harbour):
            event = events.record(scope=world.harbour, did="something", at=NOW, person_id=world.sam.pk)
            assert Event.objects.at(world.harbour).get() == event

    @pytest.mark.parametrize("change", ["update kit_event set did = 'other'", "delete from kit_event"])
    def test_events_are_only_ever_added(self, world: World, change: str) -> None:
        happen(world.harbour)
        with (
            scopes.opened(world.harbour),
            pytest.raises(DatabaseError, match=r"permission denied|only ever added"),
            transaction.atomic(),
        ):
            run(change)

    @pytest.mark.parametrize("change", ["update kit_seal set position = 9", "delete from kit_seal"])
    def test_seals_are_only_ever_added(self, world: World, sealed: list[Event], change: str) -> None:
        with (
            scopes.opened(world.harbour),
            pytest.raises(DatabaseError, match=r"permission denied|only ever added"),
            transaction.atomic(),
        ):
            run(change)


class TestSealing:
    def test_a_whole_chain_is_whole(self, world: World, sealed: list[Event]) -> None:
        verdict = events.verify(world.harbour)
        assert verdict.is_whole
        assert (verdict.head[0], verdict.unsealed) == (5, 0)

    def test_goes_on_from_the_last_link(self, world: World, sealed: list[Event]) -> None:
        happen(world.harbour, 2)
        assert events.seal_all() == 2
        assert events.verify(world.harbour).head[0] == 7

    def test_keeps_places_apart(self, world: World, sealed: list[Event]) -> None:
        happen(world.thornbridge, 3)
        assert events.seal_all() == 3
        assert events.verify(world.thornbridge).head[0] == 3
        assert events.verify(world.harbour).head[0] == 5

    def test_says_how_long_the_unsealed_tail_is(self, world: World, sealed: list[Event]) -> None:
        happen(world.harbour, 2)
        verdict = events.verify(world.harbour)
        assert verdict.is_whole
        assert verdict.unsealed == 2

    def test_with_nothing_to_do_seals_nothing(self, world: World, sealed: list[Event]) -> None:
        assert events.seal(world.harbour) == 0
        assert events.seal_all() == 0

    def test_a_sealer_that_meets_a_taken_position_seals_nothing(
        self, world: World, sealed: list[Event], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        happen(world.harbour, 2)
        monkeypatch.setattr(SealQuerySet, "in_order", lambda seals: seals.order_by("-position"))
        assert events.seal(world.harbour) == 0
        monkeypatch.undo()
        assert events.seal(world.harbour) == 2

    @pytest.mark.django_db(transaction=True)
    def test_two_sealers_at_once_are_harmless(self) -> None:
        world = worlds.build()
        happen(world.harbour, 40)
        counts: list[int] = []

        def sealer() -> None:
            try:
                counts.append(events.seal(world.harbour))
            finally:
                connection.close()

        threads = [threading.Thread(target=sealer) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert sorted(counts) == [0, 40]
        verdict = events.verify(world.harbour)
        assert verdict.is_whole
        assert verdict.head[0] == 40


def edit(chain: list[Event]) -> None:
    run("update kit_event set did = 'another thing' where id = %s", chain[2].pk)


def edit_the_moment(chain: list[Event]) -> None:
    run("update kit_event set at = %s where id = %s", NOW - timedelta(days=1), chain[2].pk)


def delete(chain: list[Event]) -> None:
    run("delete from kit_seal where event_id = %s", chain[2].pk)
    run("delete from kit_event where id = %s", chain[2].pk)


def reorder(chain: list[Event]) -> None:
    run("update kit_seal set position = 99 where event_id = %s", chain[2].pk)
    run("update kit_seal set position = 3 where event_id = %s", chain[3].pk)
    run("update kit_seal set position = 4 where event_id = %s", chain[2].pk)


def insert(chain: list[Event]) -> None:
    event = Event(scope_id=chain[0].scope_id, did="forged", at=NOW, system="test")
    event.save(force_insert=True)
    run("update kit_seal set position = position + 100 where position >= 3")
    Seal(scope_id=event.scope_id, event=event, position=3, digest="0" * 64).save(force_insert=True)
    run("update kit_seal set position = position - 99 where position >= 100")


def cut_inside(chain: list[Event]) -> None:
    run("delete from kit_seal where position >= 2 and position <= 3")


class TestTampering:
    """Done by somebody with the database's own keys; the app itself cannot (see `TestRecording`)."""

    @pytest.mark.parametrize(
        ("tamper", "position"),
        [(edit, 3), (edit_the_moment, 3), (delete, 3), (reorder, 3), (insert, 3), (cut_inside, 2)],
    )
    def test_is_found_where_it_happened(
        self, world: World, sealed: list[Event], tamper: Callable[[list[Event]], None], position: int
    ) -> None:
        with past_the_walls(), scopes.opened(world.harbour):
            tamper(sealed)
            verdict = events.verify(world.harbour)
            assert verdict.broken_at == position
            assert not verdict.is_whole
        assert events.verify(world.harbour).is_whole, "put back, it is whole again"

    def test_a_missing_last_event_is_found(self, world: World, sealed: list[Event]) -> None:
        with past_the_walls(), scopes.opened(world.harbour):
            run("delete from kit_event where id = %s", sealed[-1].pk)
            assert events.verify(world.harbour).broken_at == 5

    def test_an_event_added_past_the_sealer_is_found(self, world: World, sealed: list[Event]) -> None:
        with scopes.opened(world.harbour):
            Event(scope=world.harbour, did="forged", at=NOW, system="test").save(force_insert=True)
            verdict = events.verify(world.harbour)
        assert (verdict.strays, verdict.is_whole) == (1, False)
        assert "ADDED" in str(verdict)

    def test_seals_cut_from_the_end_are_found(self, world: World, sealed: list[Event]) -> None:
        with past_the_walls(), scopes.opened(world.harbour):
            run("delete from kit_seal where position > 3")
            assert events.verify(world.harbour).strays == 2

    def test_an_event_lost_before_it_was_sealed_is_found(self, world: World, sealed: list[Event]) -> None:
        waiting = happen(world.harbour, 1)[0]
        with past_the_walls(), scopes.opened(world.harbour):
            run("delete from kit_event where id = %s", waiting.pk)
            events.seal(world.harbour)
            verdict = events.verify(world.harbour)
            assert (verdict.lost, verdict.is_whole) == (1, False)

    def test_a_tail_cut_off_whole_is_found_by_the_head_kept_outside(
        self, world: World, sealed: list[Event]
    ) -> None:
        head = events.verify(world.harbour).head
        with past_the_walls(), scopes.opened(world.harbour):
            run("delete from kit_seal where position > 3")
            run("delete from kit_event where id in (%s, %s)", sealed[3].pk, sealed[4].pk)
            assert events.verify(world.harbour).is_whole, "the chain alone cannot show this"
            assert events.verify(world.harbour, head=head).broken_at == 4

    def test_a_chain_made_anew_is_found_by_the_head_kept_outside(
        self, world: World, sealed: list[Event]
    ) -> None:
        head = events.verify(world.harbour).head
        with past_the_walls(), scopes.opened(world.harbour):
            run("update kit_event set did = 'another thing' where id = %s", sealed[2].pk)
            run("delete from kit_seal")
            for event in sealed:
                Unsealed(event_id=event.pk, scope_id=event.scope_id).save(force_insert=True)
            assert events.seal(world.harbour) == 5
            assert events.verify(world.harbour).is_whole, "the chain alone cannot show this"
            assert events.verify(world.harbour, head=head).broken_at == 5


class TestTheCommand:
    def test_prints_a_line_for_each_place(self, world: World, sealed: list[Event]) -> None:
        out = StringIO()
        call_command("verify_events", stdout=out)
        assert f"{world.harbour.pk}: 5 sealed, 0 waiting" in out.getvalue()
        assert len(out.getvalue().splitlines()) == Scope.objects.count() + 1

    def test_ends_with_an_error_when_a_chain_is_broken(self, world: World, sealed: list[Event]) -> None:
        out = StringIO()
        with past_the_walls(), scopes.opened(world.harbour):
            edit(sealed)
            with pytest.raises(CommandError, match="1 of 5 chains are broken"):
                call_command("verify_events", stdout=out)
        assert "BROKEN at position 3" in out.getvalue()

    def test_remembers_heads_in_a_file_outside(
        self, world: World, sealed: list[Event], tmp_path: Path
    ) -> None:
        heads = tmp_path / "heads.json"
        call_command("verify_events", heads=heads, stdout=StringIO())
        before = heads.read_text()
        with past_the_walls(), scopes.opened(world.harbour):
            run("delete from kit_seal where position > 3")
            run("delete from kit_event where id in (%s, %s)", sealed[3].pk, sealed[4].pk)
            with pytest.raises(CommandError):
                call_command("verify_events", heads=heads, stdout=StringIO())
        assert heads.read_text() == before
        call_command("verify_events", heads=heads, stdout=StringIO())


def test_a_site_that_did_nothing_is_whole(world: World) -> None:
    assert events.verify(Site.objects.get(slug="farfield")).is_whole
