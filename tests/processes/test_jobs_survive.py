"""What is owed is delivered once, although workers are killed and the broker is wiped.

Each fault comes with its control: the same story with the sweeper switched off must lose work. A kill test
that cannot fail says nothing.
"""

import os
import shutil
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg2
import pytest
import redis
from django.conf import settings

from kit.jobs import LEFT_TOO_OFTEN
from livingwell.servers import free_port, is_taken
from tests.processes.workers import (
    LEASE_SECONDS,
    SWEEP_SECONDS,
    Place,
    environment,
    migrate,
    wait_for,
    wipe,
)

pytestmark = [pytest.mark.processes, pytest.mark.slow]

REDIS = os.environ.get("REDIS_URL", "")
POSTGRES = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL", "")
JOBS = 10
POOL = 2
PATIENCE_SECONDS = 40
"""For the machine, not for the design: on a quiet machine each story ends within ten seconds."""


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("migrated")
    migrate(environment(folder))
    return folder / "livingwell.sqlite3"


@pytest.fixture
def files(tmp_path, empty_database) -> Iterator[Place]:
    """The embedded mode: SQLite, and files as the bell."""
    shutil.copy(empty_database, tmp_path / "livingwell.sqlite3")
    place = Place(tmp_path, environment(tmp_path), partial(wipe, tmp_path / "broker"))
    yield place
    place.end()


@pytest.fixture
def with_redis(tmp_path, empty_database, request) -> Iterator[Place]:
    """Redis as the bell; PostgreSQL as the database where this lane has one, else SQLite."""
    bell = urlunsplit(urlsplit(REDIS or "redis://127.0.0.1:6379/0")._replace(path=f"/{8 + os.getpid() % 8}"))
    client = redis.Redis.from_url(bell)
    try:
        client.flushdb()
    except redis.ConnectionError:
        if REDIS:
            raise
        pytest.skip("NOTHING WAS SAID ABOUT REDIS: none answers at 127.0.0.1:6379, and REDIS_URL is not set.")
    env = environment(tmp_path, REDIS_URL=bell)
    if POSTGRES.startswith("postgres"):
        env |= {"DATABASE_URL": request.getfixturevalue("own_database")}
        env |= {"DATABASE_APP_ROLE": settings.DATABASE_APP_ROLE}
    else:
        shutil.copy(empty_database, tmp_path / "livingwell.sqlite3")
    place = Place(tmp_path, env, partial(client.flushdb))
    yield place
    place.end()
    client.flushdb()
    client.close()


class OwnRedis:
    """A Redis server of this test alone, that it may kill and freeze; it keeps nothing on disk."""

    def __init__(self, program: str):
        self.program, self.port = program, free_port()
        self.start()

    def start(self):
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
        wait_for(lambda: is_taken(self.port), seconds=5)

    def signal(self, what: signal.Signals):
        self.server.send_signal(what)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.server.wait()


@pytest.fixture
def own_redis() -> Iterator[OwnRedis]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("NOTHING WAS SAID ABOUT A DYING REDIS: there is no redis-server to start and kill here.")
    server = OwnRedis(program)
    yield server
    server.kill()


@pytest.fixture
def on_own_redis(tmp_path, empty_database, own_redis) -> Iterator[Place]:
    shutil.copy(empty_database, tmp_path / "livingwell.sqlite3")
    address = f"redis://127.0.0.1:{own_redis.port}/0"
    place = Place(tmp_path, environment(tmp_path, REDIS_URL=address), lambda: None)
    yield place
    place.end()


@contextmanager
def new_database(template: str) -> Iterator[str]:
    """A PostgreSQL database beside the lane's own, dropped at the end; gives its name."""
    name = f"kill_{uuid4().hex[:8]}"
    server = psycopg2.connect(on_postgres("postgres"))
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f'create database "{name}" template "{template}"')
    yield name
    with server.cursor() as cursor:
        cursor.execute(f'drop database "{name}" with (force)')
    server.close()


def on_postgres(name: str) -> str:
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def migrated_database(django_db_setup, tmp_path_factory) -> Iterator[str]:
    """Made once and copied for each test; its roles are the lane's."""
    with new_database("template1") as name:
        role = {"DATABASE_APP_ROLE": settings.DATABASE_APP_ROLE}
        migrate(environment(tmp_path_factory.mktemp("migrated"), DATABASE_URL=on_postgres(name), **role))
        yield name


@pytest.fixture
def own_database(migrated_database) -> Iterator[str]:
    with new_database(migrated_database) as name:
        yield on_postgres(name)


@pytest.fixture(params=["files", pytest.param("with_redis", marks=pytest.mark.redis)])
def place(request) -> Place:
    found: Place = request.getfixturevalue(request.param)
    return found


def until_at_work(place: Place) -> None:
    """Waits until something is done already, and both pool processes are in the middle of the next."""
    wait_for(lambda: len(place.files()) >= 2, seconds=PATIENCE_SECONDS)
    wait_for(lambda: len(place.parts()) >= 2, seconds=PATIENCE_SECONDS, every=0.02)


def is_settled(place: Place, owed: list[str]) -> bool:
    seen = place.look()
    return seen.is_quiet and len(seen.slow("done")) == len(owed) and not place.parts()


def assert_delivered_once(place: Place, owed: list[str]) -> None:
    seen = place.look()
    assert sorted(seen.slow("done")) == sorted(owed)
    assert seen.events == Counter(owed)
    assert seen.letters == Counter(f"{job}@example.org" for job in owed)
    assert seen.unsent == 0
    assert place.files() == dict.fromkeys(owed, "half\nwhole\n")
    assert place.parts() == []
    assert set(place.sent()) == set(owed)
    assert len(place.message_ids()) == len(owed)
    assert place.sent().total() <= len(owed) + POOL, (
        "Only a kill between sending and committing sends a copy."
    )


def test_a_killed_worker_delays_and_loses_nothing(place: Place, record_property):
    place.start_worker()
    owed = place.owe(JOBS)
    until_at_work(place)
    place.kill_worker()
    assert place.look().slow("running"), "The kill must hit a job in the middle, or this test says nothing."
    place.start_worker()
    record_property("seconds", wait_for(lambda: is_settled(place, owed), seconds=PATIENCE_SECONDS, every=0.3))
    assert place.look().repeated
    assert_delivered_once(place, owed)


def test_control_without_the_sweeper_a_killed_worker_loses_work(files: Place):
    files.start_worker(TEST_SWEEPER="off")
    owed = files.owe(JOBS)
    until_at_work(files)
    files.kill_worker()
    files.start_worker(TEST_SWEEPER="off")
    wait_for(lambda: len(files.look().slow("queued")) == 0 or quiet_for_long(files), seconds=PATIENCE_SECONDS)
    wait_for(lambda: quiet_for_long(files), seconds=PATIENCE_SECONDS)
    lost = set(owed) - set(files.look().slow("done"))
    assert lost, "Nothing was lost without the sweeper: the test above proves nothing."


def quiet_for_long(place: Place) -> bool:
    """Whether nothing has moved for twice the time in which the sweeper would have come."""
    before = place.look()
    try:
        wait_for(lambda: place.look() != before, seconds=2 * (LEASE_SECONDS + SWEEP_SECONDS), every=0.5)
    except AssertionError:
        return True
    return False


def test_a_killed_pool_process_delays_and_loses_nothing(place: Place, record_property):
    place.start_worker()
    owed = place.owe(JOBS)
    until_at_work(place)
    place.signal_a_child(signal.SIGKILL)
    record_property("seconds", wait_for(lambda: is_settled(place, owed), seconds=PATIENCE_SECONDS, every=0.3))
    assert place.look().repeated, "The kill must hit a job in the middle, or this test says nothing."
    assert_delivered_once(place, owed)


def test_a_pool_process_that_froze_and_woke_up_delivers_nothing_twice(files: Place):
    files.start_worker()
    owed = files.owe(4)
    until_at_work(files)
    frozen = files.signal_a_child(signal.SIGSTOP)
    wait_for(lambda: files.look().repeated != [], seconds=PATIENCE_SECONDS, every=0.3)
    wait_for(lambda: files.look().is_quiet, seconds=PATIENCE_SECONDS, every=0.3)
    os.kill(frozen, signal.SIGCONT)
    wait_for(lambda: "thrown away" in files.log(), seconds=PATIENCE_SECONDS)
    assert_delivered_once(files, owed)


def test_a_job_that_never_ends_is_cut_short_and_says_so(files: Place):
    files.start_worker(TEST_TIME_LIMIT="1", TEST_JOB_SECONDS="600")
    files.owe(1)
    wait_for(lambda: files.look().is_quiet, seconds=PATIENCE_SECONDS, every=0.3)
    assert files.look().reasons == [LEFT_TOO_OFTEN]
    wait_for(lambda: files.parts() == [], seconds=PATIENCE_SECONDS)


def test_a_wiped_broker_loses_nothing(place: Place, record_property):
    place.start_worker()
    owed = place.owe(JOBS)
    until_at_work(place)
    place.wipe_broker()
    assert place.look().slow("queued"), "Some bells must be lost, or this test says nothing."
    record_property("seconds", wait_for(lambda: is_settled(place, owed), seconds=PATIENCE_SECONDS, every=0.3))
    assert_delivered_once(place, owed)


def test_control_without_the_sweeper_a_wiped_broker_loses_work(files: Place):
    owed = files.owe(JOBS)
    files.wipe_broker()
    files.start_worker(TEST_SWEEPER="off")
    wait_for(lambda: quiet_for_long(files), seconds=PATIENCE_SECONDS)
    assert set(files.look().slow("queued")) == set(owed), "Bells were heard that had been wiped."


@pytest.mark.redis
def test_a_redis_that_dies_and_comes_back_empty_loses_nothing(
    on_own_redis: Place, own_redis, record_property
):
    on_own_redis.start_worker()
    owed = on_own_redis.owe(JOBS)
    until_at_work(on_own_redis)
    own_redis.kill()
    owed += on_own_redis.owe(2)
    own_redis.start()
    took = wait_for(lambda: is_settled(on_own_redis, owed), seconds=PATIENCE_SECONDS, every=0.3)
    record_property("seconds", took)
    assert_delivered_once(on_own_redis, owed)


@pytest.mark.redis
def test_a_frozen_redis_costs_a_page_a_second_and_loses_nothing(on_own_redis: Place, own_redis):
    on_own_redis.start_worker()
    first = on_own_redis.owe(2)
    wait_for(lambda: is_settled(on_own_redis, first), seconds=PATIENCE_SECONDS, every=0.3)
    own_redis.signal(signal.SIGSTOP)
    began = time.monotonic()
    owed = first + on_own_redis.owe(JOBS)
    took = time.monotonic() - began
    own_redis.signal(signal.SIGCONT)
    assert took < 3, f"{JOBS} bells in vain took {took:.1f} s."
    wait_for(lambda: is_settled(on_own_redis, owed), seconds=PATIENCE_SECONDS, every=0.3)
    assert_delivered_once(on_own_redis, owed)
