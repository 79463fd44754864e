"""Letters that are owed: written down in the transaction that promises them, written out and sent by a job.

A letter is sent at least once, and as nearly once as e-mail allows. The moment between "the mail server took
it" and "the database knows" cannot be closed: a worker that dies in it, for some thousandths of a second,
sends the letter again. Both copies carry the same Message-ID, by which mail programs show them as one.
"""

import smtplib
from datetime import datetime, timedelta
from email.utils import parseaddr
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.template import Context, Engine
from django.utils import timezone

from kit import jobs
from kit.models import Job, Letter, Scope

WAITS_FOR = timedelta(days=1)
"""A letter that could not be sent for so long is not sent any more, and its facts are wiped."""

STAYS_HERE = frozenset(
    f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("filebased", "console", "dummy")
)
"""Ways of "sending" in which nothing leaves this machine."""

KEPT_FOR = timedelta(days=30)
"""How long we know that a letter was sent, for "did my invitation leave?"; then it is forgotten."""


def letters_leave() -> bool:
    """Return whether letters leave this machine; until `EMAIL_HOST` is set they are only kept in files."""
    return settings.EMAIL_BACKEND not in STAYS_HERE


def owe_letter(
    *,
    kind: str,
    to: models.Model | None,
    address: str,
    scope: Scope | None = None,
    facts: dict[str, Any] | None = None,
    now: datetime,
) -> Letter:
    """Write down that a letter is owed; a worker writes and sends it after the commit.

    `kind` names two templates, `letters/<kind>_subject.txt` and `letters/<kind>.txt`. They know the
    `person`, the `base_url`, and each of the `facts`: ids, a short-lived code, a one-time link. The kind
    "account" takes `subject` and `body` ready-made, for the letters that allauth writes; that is allowed
    because sending wipes the facts. Nothing else may put what people wrote in here.

    Raises:
        TemplateDoesNotExist: there is no letter of this kind.
        ValueError: there is no address.
    """
    if not address:
        raise ValueError("A letter needs an address.")
    for name in (f"letters/{kind}_subject.txt", f"letters/{kind}.txt"):
        Engine.get_default().get_template(name)
    with transaction.atomic():
        letter = Letter.objects.create(
            kind=kind,
            to_id=to.pk if to is not None else None,
            address=address,
            scope_id=scope.pk if scope is not None else None,
            facts=facts or {},
            owed_at=now,
        )
        jobs.owe(kind="send_letter", scope=scope, row=letter, owed_to=to, now=now)
    return letter


def forget_letters(*, scope: Scope, **only: object) -> None:
    """Forget the letters about `scope` that `only` describes by their columns, those that were sent, too."""
    _forget(Letter.objects.filter(scope_id=scope.pk, **only))


def call_back_letters(*, to: models.Model | None, scope: Scope, **only: object) -> None:
    """Forget the letters about `scope` that still wait for somebody they no longer concern, with their jobs.

    `only` narrows them down by their columns; without it all of them are forgotten.
    """
    to_id = to.pk if to is not None else None
    _forget(Letter.objects.waiting().filter(to_id=to_id, scope_id=scope.pk, **only))


def send_letter(*, job: Job, progress: jobs.Progress) -> jobs.Last | None:
    """Write and send one letter, then mark it as sent, or as kept in a file here, and empty its facts.

    Raises:
        CannotDo: the letter is too old or was called back, or the mail server says that nobody lives there.
        NotYet: the mail server does not answer, or asks to come back later.
    """
    letter = Letter.objects.waiting().select_related("to").filter(id=str(job.row_id)).first()
    if letter is None:
        raise jobs.CannotDo("This e-mail was sent, or is not wanted any more.")
    if letter.owed_at < timezone.now() - WAITS_FOR:
        raise jobs.CannotDo("This e-mail waited too long. Please ask for a new one.")
    message = written(letter)
    progress(50, "sending")
    _hand_over(message)
    return partial(_mark_sent, letter)


def written(letter: Letter) -> EmailMessage:
    """Write the letter out, in plain text; nothing typed by people can break its headers."""
    known = {**letter.facts, "person": letter.to, "base_url": settings.BASE_URL}
    return EmailMessage(
        subject=" ".join(_text(f"letters/{letter.kind}_subject.txt", known).split()),
        body=_text(f"letters/{letter.kind}.txt", known),
        to=[letter.address],
        headers={"Message-ID": f"<{letter.pk}@{_our_domain()}>"},
    )


def forget_old(*, now: datetime) -> int:
    """Wipe the facts of letters that never left, and forget letters sent long ago with their jobs.

    Returns how many letters were forgotten.
    """
    in_vain = Letter.objects.waiting().filter(owed_at__lt=now - WAITS_FOR)
    in_vain.exclude(facts={}).update(facts={})
    return _forget(Letter.objects.filter(owed_at__lt=now - KEPT_FOR))


def _forget(letters: models.QuerySet[Letter]) -> int:
    """Forget letters together with the jobs that were to send them, and return how many letters."""
    with transaction.atomic():
        keys = list(letters.values_list("pk", flat=True))
        Job.objects.filter(kind="send_letter", row_id__in=keys).delete()
        Letter.objects.filter(pk__in=keys).delete()
    return len(keys)


def _text(template: str, known: dict[str, Any]) -> str:
    """Plain text is not HTML: an apostrophe in a name stays one."""
    return Engine.get_default().get_template(template).render(Context(known, autoescape=False))


def _hand_over(message: EmailMessage) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        if all(code >= 500 for code in codes):
            raise jobs.CannotDo("The mail server does not know this address.") from refusal
        raise jobs.NotYet from refusal
    except OSError as silence:  # smtplib's own errors are OSErrors, too
        raise jobs.NotYet from silence


def _mark_sent(letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(
        sent_at=timezone.now(), stayed_here=not letters_leave(), facts={}
    )


def _our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
