"""Work that is owed is done once, whatever happens to the workers, the broker and the order of things."""

import inspect
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from celery import current_app
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from kit import jobs, leases, parts, tasks
from kit.models import Job
from livingwell import settings as ours
from tests.world import World

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)
ANY_JOB = "tests.kit.test_jobs.any_job"


class Hands:
    """What the handler of these tests does; each test says it."""

    does: Any
    seen: Any

    def __init__(self):
        self.rest()

    def rest(self):
        self.does = lambda **_: None
        self.seen = None
        self.delivered: list[UUID] = []
        self.bells: list[str] = []


HANDS = Hands()


def any_job(*, job, progress):
    return HANDS.does(job=job, progress=progress)


@pytest.fixture(autouse=True)
def hands(settings, monkeypatch, tmp_path):
    settings.JOBS = {"any": ANY_JOB}
    settings.JOB_LEASE_SECONDS = LEASE.total_seconds()
    settings.FILES_DIR = tmp_path / "files"
    HANDS.rest()
    bell = jobs._Bell()
    monkeypatch.setattr(jobs, "_bell", bell)
    monkeypatch.setattr(
        current_app, "send_task", lambda name, kwargs, **_: HANDS.bells.append(kwargs["job_id"])
    )
    return HANDS


def owed(**kept):
    return Job.objects.create(**{"kind": "any", "queued_at": NOW, "due_at": NOW, "rung_at": NOW, **kept})


def taken(job=None, now=NOW):
    held = leases.claim((job or owed()).pk, now=now)
    assert held is not None
    return held


def deliver(job):
    HANDS.delivered.append(job.pk)


def now_is(moment):
    return time_machine.travel(moment, tick=False)


class TestOwing:
    def test_rings_once_the_promise_is_committed(self, db, hands, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            job = jobs.owe(kind="any", scope=None, row=None, owed_to=None, now=NOW)
            assert hands.bells == []
        assert hands.bells == [str(job.pk)]

    @pytest.mark.django_db(transaction=True)
    def test_rings_not_when_the_promise_is_taken_back(self, hands):
        with transaction.atomic():
            jobs.owe(kind="any", scope=None, row=None, owed_to=None, now=NOW)
            transaction.set_rollback(True)
        assert hands.bells == []
        assert not Job.objects.exists()

    def test_remembers_for_whom_about_what_and_where(self, world: World):
        job = jobs.owe(kind="any", scope=world.harbour, row=world.team, owed_to=world.sam, now=NOW)
        assert Job.objects.about(world.team).get() == job
        job.refresh_from_db()
        assert (job.scope_id, job.row_id, job.owed_to) == (world.harbour.pk, world.team.pk, world.sam)

    def test_refuses_a_kind_that_nobody_does(self, db):
        with pytest.raises(LookupError, match="'paint'"):
            jobs.owe(kind="paint", scope=None, row=None, owed_to=None, now=NOW)


@pytest.mark.parametrize("kind", ours.JOBS)
def test_every_kind_of_job_has_somebody_who_does_it(kind):
    inspect.signature(import_string(ours.JOBS[kind])).bind(job=None, progress=None)


class TestADeadBroker:
    @pytest.fixture
    def dead(self, monkeypatch):
        tries = []

        def refuse(*_, **__):
            tries.append(time.monotonic())
            raise ConnectionRefusedError

        monkeypatch.setattr(current_app, "send_task", refuse)
        return tries

    @pytest.mark.django_db(transaction=True)
    def test_never_breaks_the_page_and_loses_nothing(self, dead):
        with transaction.atomic():
            job = jobs.owe(kind="any", scope=None, row=None, owed_to=None, now=NOW)
        assert Job.objects.get() == job

    def test_is_asked_once_by_a_page_that_owes_forty_letters(self, dead):
        assert [jobs.ring(uuid4()) for _ in range(40)] == [False] * 40
        assert len(dead) == 1

    def test_is_asked_again_after_a_rest(self, hands, dead, monkeypatch):
        jobs.ring(uuid4())
        monkeypatch.setattr(jobs._Bell, "REST_SECONDS", 0)
        jobs._bell._rests_until = 0
        jobs.ring(uuid4())
        assert len(dead) == 2


class TestClaiming:
    def test_gives_a_job_to_one_worker_only(self, db):
        job = owed()
        assert leases.claim(job.pk, now=NOW) is not None
        assert leases.claim(job.pk, now=NOW) is None

    def test_gives_it_to_another_when_the_lease_has_run_out(self, db):
        first = taken()
        assert leases.claim(first.pk, now=NOW + LEASE) is None
        second = taken(first, now=NOW + LEASE * 1.1)
        assert (second.attempt, first.attempt) == (2, 1)
        assert second.token != first.token

    def test_waits_until_the_job_is_due(self, db):
        job = owed(due_at=NOW + LEASE)
        assert leases.claim(job.pk, now=NOW) is None
        assert leases.claim(job.pk, now=NOW + LEASE) is not None

    @pytest.mark.parametrize("state", [Job.State.DONE, Job.State.STOPPED])
    def test_leaves_what_is_over(self, db, state):
        assert leases.claim(owed(state=state, reason="why").pk, now=NOW) is None

    def test_leaves_what_was_tried_often_enough(self, db):
        assert leases.claim(owed(attempt=Job.MOST_ATTEMPTS).pk, now=NOW) is None

    def test_leaves_what_does_not_exist(self, db):
        assert leases.claim(uuid4(), now=NOW) is None
        tasks.do_job(job_id=str(uuid4()), said_by_a_newer_sender=True)


class TestDoing:
    def test_writes_the_last_step_and_the_end_together(self, db, hands):
        hands.does = lambda *, job, progress: partial(deliver, job)
        job = owed()
        jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.percent, hands.delivered) == (Job.State.DONE, 100, [job.pk])

    def test_does_it_once_however_often_the_bell_rings(self, db, hands):
        hands.does = lambda *, job, progress: partial(deliver, job)
        job = owed()
        for _ in range(3):
            tasks.do_job(job_id=str(job.pk))
        assert hands.delivered == [job.pk]

    def test_shows_how_far_it_is(self, db, hands):
        def work(*, job, progress):
            progress(40, "drawing the charts")
            HANDS.seen = Job.objects.values_list("percent", "phase", "state").get()

        hands.does = work
        jobs.do(owed().pk)
        assert hands.seen == (40, "drawing the charts", "running")

    def test_takes_back_the_end_when_the_last_step_breaks(self, db, hands):
        def last():
            owed(percent=101)

        hands.does = lambda **_: last
        job = owed()
        with now_is(NOW):
            jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.finished_at) == (Job.State.QUEUED, None)

    def test_throws_away_the_work_of_a_worker_that_lost_its_lease(self, db, hands):
        def frozen_for_long(*, job, progress):
            parts.file_for(job, "report.pdf").write_text("made too late")
            assert leases.claim(job.pk, now=timezone.now() + LEASE * 2) is not None
            return partial(deliver, job)

        hands.does = frozen_for_long
        job = owed()
        jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempt, hands.delivered) == (Job.State.RUNNING, 2, [])
        assert not [file for file in files() if file.is_file()]

    def test_tells_a_slow_worker_at_its_next_word_that_the_lease_is_lost(self, db, hands):
        def slow(*, job, progress):
            leases.claim(job.pk, now=timezone.now() + LEASE * 2)
            progress(50, "going on as if nothing had happened")
            pytest.fail("went on")

        hands.does = slow
        job = owed()
        jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.percent, job.state) == (0, Job.State.RUNNING)


class TestBreaking:
    @pytest.fixture
    def broken(self, hands):
        def work(**_):
            raise RuntimeError("relation secret_table does not exist")

        hands.does = work

    def test_is_tried_again_after_a_pause(self, db, broken):
        job = owed()
        with now_is(NOW):
            jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempt, job.due_at) == (Job.State.QUEUED, 1, NOW + leases.FIRST_PAUSE)

    def test_stops_after_the_third_time_in_words_for_people(self, db, broken, caplog):
        job = owed()
        for hours in range(5):
            with now_is(NOW + timedelta(hours=hours)):
                jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.attempt, job.reason) == (Job.State.STOPPED, 3, leases.SOMETHING_BROKE)
        assert "secret_table" in caplog.text

    def test_stops_at_once_when_trying_again_would_not_help(self, db, hands):
        def refuse(**_):
            raise jobs.CannotDo("Nobody has agreed to this report yet.")

        hands.does = refuse
        job = owed()
        jobs.do(job.pk)
        job.refresh_from_db()
        assert (job.state, job.reason) == (Job.State.STOPPED, "Nobody has agreed to this report yet.")

    def test_waits_for_what_is_outside_for_a_day_and_no_longer(self, db, hands, caplog):
        def nobody_answers(**_):
            raise jobs.NotYet

        hands.does = nobody_answers
        job, tries, moment = owed(), 0, NOW
        while job.state != Job.State.STOPPED:
            with now_is(moment):
                jobs.do(job.pk)
            job.refresh_from_db()
            tries, moment = tries + 1, job.due_at
        assert job.finished_at - NOW >= leases.LONGEST_WAIT
        assert job.reason == leases.WAITED_TOO_LONG
        assert 90 < tries < 120


class TestTryAgain:
    def test_begins_a_stopped_job_afresh(self, db, hands, django_capture_on_commit_callbacks):
        job = owed(state=Job.State.STOPPED, reason="It broke.", attempt=3)
        with django_capture_on_commit_callbacks(execute=True):
            assert jobs.retry(job, now=NOW)
        job.refresh_from_db()
        assert (job.state, job.attempt, job.reason, hands.bells) == (Job.State.QUEUED, 0, "", [str(job.pk)])

    def test_leaves_a_job_that_goes_on(self, db, hands, django_capture_on_commit_callbacks):
        job = owed()
        with django_capture_on_commit_callbacks(execute=True):
            assert not jobs.retry(job, now=NOW)
        assert hands.bells == []


class TestSweeping:
    def test_rings_for_what_a_dead_worker_left(self, db, hands):
        job = taken()
        assert jobs.sweep(now=NOW + LEASE / 2) == 0
        assert jobs.sweep(now=NOW + LEASE * 1.1) == 1
        assert hands.bells == [str(job.pk)]

    def test_rings_again_for_a_bell_that_nobody_heard(self, db, hands):
        owed()
        assert jobs.sweep(now=NOW + LEASE / 2) == 0
        assert jobs.sweep(now=NOW + LEASE) == 1
        assert jobs.sweep(now=NOW + LEASE * 1.5) == 0

    def test_rings_for_a_second_attempt_when_it_is_due(self, db):
        owed(attempt=1, due_at=NOW + timedelta(seconds=5))
        assert jobs.sweep(now=NOW + timedelta(seconds=4)) == 0
        assert jobs.sweep(now=NOW + timedelta(seconds=5)) == 1

    def test_stops_what_was_cut_short_at_its_last_attempt(self, db):
        job = owed(attempt=Job.MOST_ATTEMPTS - 1)
        leases.claim(job.pk, now=NOW)
        jobs.sweep(now=NOW + LEASE * 1.1)
        job.refresh_from_db()
        assert (job.state, job.reason) == (Job.State.STOPPED, jobs.LEFT_TOO_OFTEN)

    def test_leaves_what_is_over(self, db, hands):
        owed(state=Job.State.DONE)
        owed(state=Job.State.STOPPED, reason="It broke.")
        tasks.sweep()
        assert hands.bells == []


class TestFiles:
    def test_take_their_place_when_the_job_is_done(self, db, hands, settings):
        place = settings.FILES_DIR / "reports" / "march.pdf"

        def work(*, job, progress):
            parts.file_for(job, "reports/march.pdf").write_text("%PDF")
            assert not place.exists()

        hands.does = work
        jobs.do(owed().pk)
        assert place.read_text() == "%PDF"
        assert [file for file in files() if file.is_file()] == [place]

    def test_are_dropped_when_the_job_breaks(self, db, hands, caplog):
        def work(*, job, progress):
            parts.file_for(job, "march.pdf").write_text("half")
            raise RuntimeError

        hands.does = work
        with now_is(NOW):
            jobs.do(owed().pk)
        assert not [file for file in files() if file.is_file()]

    @pytest.mark.parametrize("name", ["../march.pdf", "/etc/march.pdf"])
    def test_never_lie_outside_their_folder(self, db, name):
        job = taken()
        with pytest.raises(ValueError, match="not a name"):
            parts.file_for(job, name)

    def test_need_a_worker(self, db):
        with pytest.raises(TypeError):
            parts.file_for(owed(), "march.pdf")

    def test_of_dead_workers_are_swept_and_those_of_living_ones_are_not(self, db):
        living, dead = (taken() for _ in range(2))
        for job in (living, dead):
            parts.file_for(job, "march.pdf").write_text("half")
        leases.stop(dead, "It broke.", now=NOW)
        assert parts.sweep(now=timezone.now()) == 0
        assert parts.sweep(now=timezone.now() + LEASE * 2) == 1
        assert parts.file_for(living, "march.pdf").exists()


@pytest.mark.django_db(transaction=True)
class TestTheHeart:
    def test_keeps_the_lease_of_a_long_job(self, hands, settings):
        settings.JOB_LEASE_SECONDS = 0.6

        def long(*, job, progress):
            before = job.lease_until
            time.sleep(0.5)
            job.refresh_from_db()
            HANDS.seen = job.lease_until - before

        hands.does = long
        jobs.do(owed().pk)
        assert hands.seen > timedelta(seconds=0.15)

    def test_stops_with_the_job(self, hands):
        before = threading.active_count()
        jobs.do(owed().pk)
        assert threading.active_count() == before

    def test_skips_a_beat_when_the_database_does_not_answer(self, caplog, monkeypatch):
        job = taken()
        monkeypatch.setattr(Job, "objects", Broken())
        leases._extend(job)
        assert "One heartbeat" in caplog.text


class Broken:
    def held_with(self, *_):
        raise DatabaseError


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "take_over", "finish", "die", "break_down", "wait", "sweep"]),
        st.integers(0, 1),
    ),
    min_size=6,
    max_size=25,
)


class History:
    """Two workers, one job, and anything that may happen between them."""

    def __init__(self, job_id: UUID):
        self.job_id, self.now, self.delivered = job_id, NOW, 0
        self.held: dict[int, Job] = {}
        self.newest: UUID | None = None

    def step(self, what: str, worker: int):
        getattr(self, what)(worker)

    def claim(self, worker):
        job = leases.claim(self.job_id, now=self.now)
        if job is not None:
            self.held[worker], self.newest = job, job.token

    def finish(self, worker):
        self._settle(worker, lambda job: leases.finish(job, self._deliver, now=self.now))

    def break_down(self, worker):
        self._settle(worker, lambda job: leases.try_later(job, now=self.now))

    def wait(self, worker):
        self._settle(worker, lambda job: leases.wait(job, now=self.now))

    def die(self, worker):
        self.held.pop(worker, None)

    def take_over(self, worker):
        self.now += leases.LONGEST_PAUSE
        self.claim(worker)

    def sweep(self, _):
        jobs.sweep(now=self.now)
        if Job.objects.get(pk=self.job_id).state == Job.State.STOPPED:
            self.newest = None

    def come_to_an_end(self):
        for _ in range(2 * Job.MOST_ATTEMPTS):
            self.sweep(0)
            self.take_over(0)
            self.finish(0)

    def _settle(self, worker, how):
        job = self.held.pop(worker, None)
        if job is not None and job.token == self.newest:
            how(job)
        elif job is not None:
            with pytest.raises(leases.LeaseLost):
                how(job)

    def _deliver(self):
        self.delivered += 1


@pytest.mark.django_db
@given(steps=STEPS)
@examples(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_events_delivers_once_or_stops_and_says_why(steps):
    with transaction.atomic():
        history = History(owed().pk)
        for what, worker in steps:
            history.step(what, worker)
            assert history.delivered <= 1
        history.come_to_an_end()
        job = Job.objects.get(pk=history.job_id)
        assert history.delivered == (1 if job.state == Job.State.DONE else 0)
        assert job.is_over
        assert job.state == Job.State.DONE or job.reason
        transaction.set_rollback(True)


def files():
    return sorted(parts._files().rglob("*"))
