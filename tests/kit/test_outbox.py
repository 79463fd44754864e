"""Letters leave after the promise is committed, once, and keep no code behind."""

import re
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.core import mail
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist

from kit import jobs, leases, outbox, tasks
from kit.models import Job, Letter
from people.models import Person
from tests.world import World

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AWKWARD = "Zoë “O'Brien” <b>&\n\u202eMax 🌻"

KINDS = {
    "invitation": {"link": "https://livingwell.example/welcome/x/"},
    "account": {"subject": "Your address changed", "body": "It is now zoe@example.org."},
}


@pytest.fixture(autouse=True)
def no_bell(monkeypatch):
    monkeypatch.setattr(current_app, "send_task", lambda *_, **__: None)


def owe(**kept):
    given = {
        "kind": "account",
        "to": None,
        "address": "zoe@example.org",
        "facts": {"subject": "Your code", "body": "Here is your code: 482913"},
        "now": NOW,
    }
    return outbox.owe_letter(**{**given, **kept})


def work(at=NOW):
    with time_machine.travel(at, tick=False):
        for job in Job.objects.filter(kind="send_letter"):
            jobs.do(job.pk)


class TestSending:
    def test_sends_the_letter_and_wipes_the_code(self, db):
        letter = owe()
        work()
        letter.refresh_from_db()
        assert (letter.sent_at, letter.facts) == (NOW, {})
        assert "482913" in mail.outbox[0].body
        assert mail.outbox[0].to == ["zoe@example.org"]

    def test_sends_it_once_however_often_the_bell_rings(self, db):
        owe()
        work()
        work()
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize("kind", KINDS)
    def test_writes_every_kind_of_letter(self, world: World, kind):
        owe(kind=kind, to=world.amara, facts=KINDS[kind])
        work()
        assert mail.outbox[0].subject
        for fact in set(KINDS[kind].values()):
            assert str(fact) in f"{mail.outbox[0].subject} {mail.outbox[0].body}"

    @pytest.mark.parametrize("kind", KINDS)
    def test_speaks_to_somebody_whose_name_we_do_not_know(self, db, kind):
        owe(kind=kind, facts=KINDS[kind])
        work()
        assert "None" not in mail.outbox[0].body
        assert not re.search(r"\n{4,}|[ ,]$", mail.outbox[0].body.rstrip("\n"))

    def test_writes_awkward_names_as_they_are(self, db):
        owe(kind="invitation", to=Person.objects.add(name=AWKWARD), facts=KINDS["invitation"])
        work()
        assert AWKWARD in mail.outbox[0].body

    def test_lets_no_fact_break_the_headers(self, db):
        owe(kind="account", facts={"subject": "Hello\r\nBcc: all@example.org", "body": "x"})
        work()
        assert mail.outbox[0].message()["Bcc"] is None
        assert mail.outbox[0].subject == "Hello Bcc: all@example.org"


class TestOwing:
    def test_is_taken_back_with_the_promise(self, db):
        with transaction.atomic():
            owe()
            transaction.set_rollback(True)
        assert not Letter.objects.exists()
        assert not Job.objects.exists()

    def test_refuses_a_kind_that_has_no_words(self, db):
        with pytest.raises(TemplateDoesNotExist):
            owe(kind="love_letter")

    def test_refuses_a_letter_to_nowhere(self, db):
        with pytest.raises(ValueError, match="address"):
            owe(address="")

    def test_the_database_keeps_no_facts_of_a_sent_letter(self, db):
        letter = owe()
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.filter(pk=letter.pk).update(sent_at=NOW)


class TestAMailServer:
    @pytest.fixture
    def answers(self, monkeypatch):
        def answering(error):
            def send(self, *_):
                raise error

            monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

        return answering

    @pytest.mark.parametrize(
        "error",
        [
            ConnectionRefusedError(),
            TimeoutError(),
            smtplib.SMTPServerDisconnected(),
            smtplib.SMTPRecipientsRefused({"zoe@example.org": (450, b"come back later")}),
        ],
    )
    def test_that_is_away_delays_the_letter_without_counting(self, db, answers, error, caplog):
        owe()
        answers(error)
        work()
        job = Job.objects.get()
        assert (job.state, job.attempt, job.due_at) == (Job.State.QUEUED, 0, NOW + leases.FIRST_PAUSE)

    def test_that_does_not_know_the_address_ends_it(self, db, answers):
        owe()
        answers(smtplib.SMTPRecipientsRefused({"zoe@example.org": (550, b"no such mailbox")}))
        work()
        job = Job.objects.get()
        assert (job.state, job.reason) == (Job.State.STOPPED, "The mail server does not know this address.")

    def test_that_took_the_letter_before_we_died_gets_it_again_under_the_same_id(self, db, monkeypatch):
        owe()
        with monkeypatch.context() as dying:
            dying.setattr(outbox, "_mark_sent", lambda _: (_ for _ in ()).throw(RuntimeError))
            work()
        work(at=NOW + timedelta(hours=1))
        first, second = (letter.message()["Message-ID"] for letter in mail.outbox)
        assert first == second
        assert Letter.objects.get().sent_at == NOW + timedelta(hours=1)

    def test_gets_nothing_from_a_worker_that_lost_its_lease(self, db, monkeypatch):
        owe()
        written = outbox.written

        def slowly(letter):
            leases.claim(Job.objects.get().pk, now=NOW + timedelta(hours=1))
            return written(letter)

        monkeypatch.setattr(outbox, "written", slowly)
        work()
        assert mail.outbox == []


class TestForgetting:
    def test_wipes_the_code_of_a_letter_that_never_left(self, db):
        letter = owe()
        outbox.forget_old(now=NOW + outbox.WAITS_FOR)
        letter.refresh_from_db()
        assert "482913" in letter.facts["body"]
        outbox.forget_old(now=NOW + outbox.WAITS_FOR * 1.01)
        letter.refresh_from_db()
        assert letter.facts == {}

    def test_does_not_send_a_letter_without_its_facts(self, db):
        owe()
        work(at=NOW + outbox.WAITS_FOR * 1.01)
        assert mail.outbox == []
        assert Job.objects.get().reason == "This e-mail waited too long. Please ask for a new one."

    def test_forgets_a_letter_and_its_job_after_a_month(self, db):
        owe()
        work()
        assert outbox.forget_old(now=NOW + outbox.KEPT_FOR) == 0
        assert outbox.forget_old(now=NOW + outbox.KEPT_FOR * 1.01) == 1
        assert not Letter.objects.exists()
        assert not Job.objects.exists()

    def test_is_part_of_the_hourly_round(self, db):
        owe()
        with time_machine.travel(NOW + outbox.KEPT_FOR * 2, tick=False):
            tasks.forget_what_is_old()
        assert not Letter.objects.exists()
