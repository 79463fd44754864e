"""What every change goes through: one form, one effect; nobody's words lost; all of it recorded, or none."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit import form_keys, versions
from kit import scope as scopes
from kit.actions import Actor, Stray, action, personal
from kit.conflicts import side_by_side
from kit.form_keys import AnotherBody
from kit.forms import Form
from kit.models import Event, FormKey, Scope, Unsealed
from kit.versions import Stale
from people.models import Person
from programmes.models import Group, Locality
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.no_place_open

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


@dataclass
class Sent:
    """A form as an action sees it."""

    key: UUID | None
    seen: int | None = None
    digest: str = "one body"


class CannotAdd(Exception):
    """The rule that the trial action knows."""


@action
def add_locality(*, at: Scope, by: Actor, name: str) -> Locality:
    row: Locality = Locality.everywhere.create(scope=at, name=name)
    if name == "nowhere":
        raise CannotAdd("There is no such place.")
    return row


@action
def add_in_group(*, within: Group, by: Actor, name: str) -> Locality:
    row: Locality = Locality.everywhere.create(scope=within.scope, name=name)
    return row


@action(edits="locality")
def rename(*, at: Scope, by: Actor, locality: Locality, name: str) -> Locality:
    locality.name = name
    locality.save()
    return locality


@action
def mention(*, at: Scope, by: Actor, locality: Locality) -> None:
    return None


@action
def mention_all(*, at: Scope, by: Actor, localities: list[Locality]) -> None:
    return None


@personal(edits="person")
def call_me(*, by: Actor, person: Person, name: str) -> Person:
    person.name = name
    person.save()
    return person


def names(scope: Scope) -> list[str]:
    with scopes.opened(scope):
        return sorted(Locality.objects.at(scope).values_list("name", flat=True))


def recorded(scope: Scope) -> list[str]:
    with scopes.opened(scope):
        return [event.did for event in Event.objects.at(scope).in_order()]


def sent_by(person: Person, key: UUID | None = None, **form: Any) -> Actor:
    return Actor(person=person, form=Sent(key or uuid4(), **form), now=NOW)


class TestAnAction:
    def test_is_recorded_with_who_what_when_and_where(self, world: World) -> None:
        row = add_locality(at=world.harbour, by=Actor(person=world.sam, now=NOW), name="Quayside")
        with scopes.opened(world.harbour):
            event = Event.objects.at(world.harbour).get()
        assert (event.did, event.person_id, event.at) == ("add_locality", world.sam.pk, NOW)
        assert (event.about_kind, event.about_id) == ("programmes.locality", row.pk)
        assert event.facts == {}, "ids and facts, never anyone's words"

    def test_may_be_the_platforms_own(self, world: World) -> None:
        add_locality(at=world.harbour, by=Actor(system="sweep"), name="Quayside")
        with scopes.opened(world.harbour):
            assert Event.objects.at(world.harbour).get().system == "sweep"

    def test_waits_for_the_sealer(self, world: World) -> None:
        add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")
        assert Unsealed.objects.filter(scope_id=world.harbour.pk).count() == 1

    def test_finds_its_place_through_the_group(self, world: World) -> None:
        add_in_group(within=world.collaborative, by=Actor(person=world.sam), name="Quayside")
        assert (names(world.harbour), recorded(world.harbour)) == (["Quayside"], ["add_in_group"])

    def test_that_fails_leaves_nothing_behind(self, world: World) -> None:
        by = sent_by(world.sam)
        with pytest.raises(CannotAdd):
            add_locality(at=world.harbour, by=by, name="nowhere")
        assert (names(world.harbour), recorded(world.harbour)) == ([], [])
        assert not FormKey.objects.exists()
        assert not Unsealed.objects.exists()

    def test_that_failed_can_be_sent_again(self, world: World) -> None:
        by = sent_by(world.sam)
        with pytest.raises(CannotAdd):
            add_locality(at=world.harbour, by=by, name="nowhere")
        add_locality(at=world.harbour, by=by, name="somewhere")
        assert names(world.harbour) == ["somewhere"]

    def test_refuses_a_row_of_another_place(self, world: World) -> None:
        theirs = add_locality(at=world.thornbridge, by=Actor(person=world.nadia), name="Mill Lane")
        with pytest.raises(Stray):
            mention(at=world.harbour, by=Actor(person=world.sam), locality=theirs)
        assert recorded(world.harbour) == []
        mention(at=world.thornbridge, by=Actor(person=world.nadia), locality=theirs)
        assert recorded(world.thornbridge) == ["add_locality", "mention"]

    def test_refuses_it_in_a_list_too(self, world: World) -> None:
        ours = add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")
        theirs = add_locality(at=world.thornbridge, by=Actor(person=world.nadia), name="Mill Lane")
        with pytest.raises(Stray):
            mention_all(at=world.harbour, by=Actor(person=world.sam), localities=[ours, theirs])
        mention_all(at=world.harbour, by=Actor(person=world.sam), localities=[ours])
        assert recorded(world.harbour) == ["add_locality", "mention_all"]

    def test_takes_keyword_arguments_only(self, world: World) -> None:
        with pytest.raises(TypeError, match="keyword"):
            add_locality(world.harbour, Actor(person=world.sam), "Quayside")  # type: ignore[call-arg]

    def test_about_oneself_is_recorded_in_no_place(self, world: World) -> None:
        call_me(by=sent_by(world.sam, seen=1), person=world.sam, name="Samira")
        world.sam.refresh_from_db()
        assert (world.sam.name, world.sam.version) == ("Samira", 2)
        assert not Unsealed.objects.exists()


class TestAFormKey:
    def test_sent_twice_gives_the_first_row_again(self, world: World) -> None:
        by = sent_by(world.sam)
        first = add_locality(at=world.harbour, by=by, name="Quayside")
        again = add_locality(at=world.harbour, by=by, name="Quayside")
        assert again == first
        assert (names(world.harbour), recorded(world.harbour)) == (["Quayside"], ["add_locality"])

    def test_sent_with_another_body_saves_nothing(self, world: World) -> None:
        key = uuid4()
        first = add_locality(at=world.harbour, by=sent_by(world.sam, key), name="Quayside")
        again = sent_by(world.sam, key, digest="another body")
        with pytest.raises(AnotherBody) as conflict:
            add_locality(at=world.harbour, by=again, name="Riverside")
        assert conflict.value.first == first
        assert conflict.value.form is again.form
        assert names(world.harbour) == ["Quayside"]

    def test_is_one_persons(self, world: World) -> None:
        key = uuid4()
        add_locality(at=world.harbour, by=sent_by(world.sam, key), name="Quayside")
        add_locality(at=world.harbour, by=sent_by(world.amara, key), name="Riverside")
        assert names(world.harbour) == ["Quayside", "Riverside"]

    def test_of_an_edit_gives_the_same_row_even_though_its_version_rose(self, world: World) -> None:
        row = add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")
        by = sent_by(world.sam, seen=1)
        rename(at=world.harbour, by=by, locality=row, name="Riverside")
        again = rename(at=world.harbour, by=by, locality=row, name="Riverside")
        assert (again.pk, again.version) == (row.pk, 2)

    def test_is_forgotten_after_a_day(self, world: World) -> None:
        add_locality(at=world.harbour, by=sent_by(world.sam), name="Quayside")
        assert form_keys.forget_old(now=NOW + form_keys.KEPT_FOR) == 0
        assert form_keys.forget_old(now=NOW + form_keys.KEPT_FOR + timedelta(seconds=1)) == 1

    def test_has_no_row_to_show_when_none_came_of_it(self, world: World) -> None:
        kept = FormKey(key=uuid4(), person=world.sam, digest="", claimed_at=NOW)
        assert form_keys.result_of(kept) is None

    def test_is_no_part_of_the_body(self) -> None:
        one, other = QueryDict("name=a&form_key=1&csrfmiddlewaretoken=x"), QueryDict("form_key=2&name=a")
        assert form_keys.digest_of(one) == form_keys.digest_of(other)
        assert form_keys.digest_of(one) != form_keys.digest_of(QueryDict("name=b"))
        assert form_keys.digest_of(QueryDict("a=1&a=2")) != form_keys.digest_of(QueryDict("a=2"))


class TestAVersion:
    @pytest.fixture
    def quayside(self, world: World) -> Locality:
        return add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")

    def test_rises_with_each_change(self, world: World, quayside: Locality) -> None:
        changed = rename(at=world.harbour, by=sent_by(world.sam, seen=1), locality=quayside, name="Riverside")
        assert changed.version == 2
        with scopes.opened(world.harbour):
            assert Locality.objects.at(world.harbour).get().version == 2

    def test_that_is_stale_saves_nothing_and_keeps_both_texts(self, world: World, quayside: Locality) -> None:
        rename(at=world.harbour, by=sent_by(world.sam, seen=1), locality=quayside, name="Riverside")
        late = sent_by(world.amara, seen=1)
        with pytest.raises(Stale) as conflict:
            rename(at=world.harbour, by=late, locality=quayside, name="Dockside")
        assert names(world.harbour) == ["Riverside"]
        assert (conflict.value.row.version, conflict.value.form) == (2, late.form)
        assert not FormKey.objects.filter(person=world.amara).exists(), "so that it can be sent again"

    def test_that_nobody_saw_is_stale(self, world: World, quayside: Locality) -> None:
        with pytest.raises(Stale):
            rename(at=world.harbour, by=sent_by(world.sam), locality=quayside, name="Dockside")

    def test_control_without_the_check_a_change_is_lost(
        self, world: World, quayside: Locality, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """If this one ever fails, the tests above prove nothing."""
        monkeypatch.setattr(versions, "locked", lambda row, seen: row)
        rename(at=world.harbour, by=sent_by(world.sam, seen=1), locality=quayside, name="Riverside")
        rename(at=world.harbour, by=sent_by(world.amara, seen=1), locality=quayside, name="Dockside")
        assert names(world.harbour) == ["Dockside"], "Riverside is gone and nobody was told"


class Rename(Form):
    """A form with one field of its own."""

    name = forms.CharField()


class TestBothTexts:
    def form(self, row: Locality, typed: QueryDict) -> Form:
        return Rename.of(row, typed)

    def test_stand_side_by_side(self, world: World) -> None:
        row = Locality(scope=world.harbour, name="Riverside", version=2)
        typed = QueryDict(f"name=Dockside <b>&form_key={uuid4()}&seen_version=1")
        both = side_by_side(self.form(row, typed), row, typed)
        assert both["pairs"] == [
            {"label": "Name", "now": "Riverside", "mine": "Dockside <b>", "differs": True}
        ]

    def test_can_be_sent_again_with_a_fresh_key_and_todays_version(self, world: World) -> None:
        row = Locality(scope=world.harbour, name="Riverside", version=2)
        key = uuid4()
        typed = QueryDict(f"name=Dockside&form_key={key}&seen_version=1")
        form = side_by_side(self.form(row, typed), row, typed)["form"]
        assert form.data["seen_version"] == "2"
        assert form.data["form_key"] != str(key)

    def test_stand_alone_when_there_is_no_row_to_compare(self, world: World) -> None:
        row = Locality(scope=world.harbour, name="Riverside")
        typed = QueryDict(f"name=Dockside&form_key={uuid4()}")
        pair = side_by_side(self.form(row, typed), None, typed)["pairs"][0]
        assert (pair["now"], pair["mine"]) == ("", "Dockside")


def at_once(how_many: int, work: Callable[[int], None]) -> list[BaseException]:
    """Do the same `how_many` times in parallel; return what went wrong."""
    start, faults = threading.Barrier(how_many, timeout=30), list[BaseException]()

    def one(number: int) -> None:
        try:
            start.wait()
            work(number)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(how_many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return faults


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_the_same_form_has_one_effect(self) -> None:
        world = worlds.build()
        by, rows = sent_by(world.sam), set[UUID]()

        def press(_: int) -> None:
            rows.add(add_locality(at=world.harbour, by=by, name="Quayside").pk)

        assert at_once(8, press) == []
        assert len(rows) == 1
        assert (names(world.harbour), recorded(world.harbour)) == (["Quayside"], ["add_locality"])

    def test_one_key_with_two_bodies_saves_one_of_them(self) -> None:
        world = worlds.build()
        key = uuid4()

        def press(number: int) -> None:
            by = sent_by(world.sam, key, digest=f"body {number}")
            add_locality(at=world.harbour, by=by, name=f"street {number}")

        faults = at_once(4, press)
        assert [type(fault) for fault in faults] == [AnotherBody] * 3
        assert len(names(world.harbour)) == 1

    def test_two_people_change_one_row_and_nobodys_words_are_lost(self) -> None:
        world = worlds.build()
        row = add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")

        def change(number: int) -> None:
            by = sent_by([world.sam, world.amara][number % 2], seen=1, digest=str(number))
            rename(at=world.harbour, by=by, locality=row, name=f"name {number}")

        faults = at_once(6, change)
        assert [type(fault) for fault in faults] == [Stale] * 5
        with scopes.opened(world.harbour):
            assert Locality.objects.at(world.harbour).get().version == 2


class Desk:
    """Two people at one row: each reads and saves as they like. `lost` counts words nobody was told of."""

    def __init__(self, world: World) -> None:
        self.world, self.lost, self.saved = world, 0, 0
        self.row = add_locality(at=world.harbour, by=Actor(person=world.sam), name="Quayside")
        self.read = {"sam": (1, "Quayside"), "amara": (1, "Quayside")}

    def step(self, who: str, *, saves: bool) -> None:
        """Let one of them save what they wrote over what they had read, or read again."""
        if saves:
            self._save(who)
        else:
            with scopes.opened(self.world.harbour):
                now = Locality.objects.at(self.world.harbour).get()
            self.read[who] = (now.version, now.name)

    def _save(self, who: str) -> None:
        with scopes.opened(self.world.harbour):
            stands = Locality.objects.at(self.world.harbour).get().name
        seen, words = self.read[who]
        self.saved += 1
        by = sent_by(self.world.people[who], seen=seen, digest=f"{who} {self.saved}")
        try:
            rename(at=self.world.harbour, by=by, locality=self.row, name=f"{who} {self.saved}")
        except Stale:
            return
        self.lost += stands != words


STEPS = st.lists(st.tuples(st.sampled_from(["sam", "amara"]), st.booleans()), min_size=2, max_size=8)


class TestAnyOrderOfTwoPeople:
    @given(steps=STEPS)
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_loses_nobodies_words(self, world: World, steps: list[tuple[str, bool]]) -> None:
        assert self.lost_in(world, steps) == 0

    def test_control_without_the_check_words_are_lost(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(versions, "locked", lambda row, seen: row)
        assert self.lost_in(world, [("sam", True), ("amara", True)]) == 1

    def lost_in(self, world: World, steps: list[tuple[str, bool]]) -> int:
        with transaction.atomic():
            desk = Desk(world)
            for who, saves in steps:
                desk.step(who, saves=saves)
            transaction.set_rollback(True)
        return desk.lost
