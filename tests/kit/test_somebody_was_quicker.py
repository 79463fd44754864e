"""Two at the same moment: the second one's action runs once more and meets what the first one did."""

import pytest
from django.db import IntegrityError, OperationalError

from kit.actions import Actor, action
from kit.models import Event, Scope
from programmes.models import Locality
from tests.world import World

RUNS: list[str] = []


class CannotAdd(Exception):
    """There is one already."""


@action
def add_looking_too_early(*, at: Scope, by: Actor, name: str) -> Locality:
    """Add a locality; on its first run it looks before the other person's row is there."""
    RUNS.append(name)
    if len(RUNS) > 1 and Locality.objects.at(at).filter(name=name).exists():
        raise CannotAdd("There is one already.")
    made: Locality = Locality.everywhere.create(scope=at, name=name)
    return made


@action
def break_a_rule(*, at: Scope, by: Actor) -> None:
    """Break a rule of the database, whenever it runs."""
    RUNS.append("")
    Locality.everywhere.create(scope=at, name="Quayside")


@pytest.fixture(autouse=True)
def quayside(world: World) -> None:
    RUNS.clear()
    Locality.everywhere.create(scope=world.harbour, name="Quayside")


def test_the_second_one_is_told_in_words(world: World):
    with pytest.raises(CannotAdd):
        add_looking_too_early(at=world.harbour, by=Actor(person=world.sam), name="Quayside")
    assert len(RUNS) == 2
    assert not Event.objects.at(world.harbour).exists()


@action
def wait_for_each_other(*, at: Scope, by: Actor, times: int, code: str) -> None:
    """Be the one of two whom PostgreSQL ends, `times` times."""
    RUNS.append("")
    if len(RUNS) <= times:
        raise OperationalError from Ended(code)


class Ended(Exception):
    """What psycopg2 raises, as far as it matters."""

    def __init__(self, code: str) -> None:
        self.pgcode = code


def test_whoever_is_ended_because_two_waited_for_each_other_runs_again(world: World):
    wait_for_each_other(at=world.harbour, by=Actor(person=world.sam), times=1, code="40P01")
    assert len(RUNS) == 2


def test_another_fault_of_the_database_is_not_tried_again(world: World):
    with pytest.raises(OperationalError):
        wait_for_each_other(at=world.harbour, by=Actor(person=world.sam), times=1, code="57P01")
    assert len(RUNS) == 1


def test_nobody_in_the_way_means_one_run(world: World):
    add_looking_too_early(at=world.harbour, by=Actor(person=world.sam), name="Millside")
    assert len(RUNS) == 1
    assert Event.objects.at(world.harbour).count() == 1


def test_a_rule_that_stays_broken_is_our_fault_and_is_not_hidden(world: World):
    with pytest.raises(IntegrityError):
        break_a_rule(at=world.harbour, by=Actor(person=world.sam))
    assert len(RUNS) == 3
