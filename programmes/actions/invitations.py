"""One-time links: make one for a person, and let that person in with it once.

What opens a link is a code that can be typed by hand from a printed card: twenty letters and figures, a
hundred bits, without those that look like others.
"""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from kit.actions import Actor, action
from kit.models import Scope
from people.actions import take_name
from people.models import Person
from programmes.actions.cards import put_card, take_roles
from programmes.models import Invitation, Membership

WORKS_FOR = timedelta(days=14)
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Five bits each. Left out are i, l and o, which look like 1 and 0, and u (Crockford's base 32)."""

CODE_LENGTH, GROUP = 20, 4
LOOKS_LIKE = str.maketrans("oil", "011")
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


class CannotInvite(Exception):
    """No link can be made for this person here; the message says why."""


class CannotAccept(Exception):
    """The link works no more: it was used, replaced, or its time is over."""


@action
def invite(*, at: Scope, by: Actor, person: Person) -> Invitation:
    """Make a one-time link for somebody who is in this place; an older link of theirs here works no more.

    `.secret` is set on the answer of this call and nowhere else: the table keeps a digest. When the same form
    is sent again, the answer is the same link without its secret.

    Raises:
        CannotInvite: the person is in no space here, or their account is closed.
    """
    if not person.is_active:
        raise CannotInvite(f"The account of {person.name} is closed.")
    if not Membership.objects.filter(person=person, scope_id=at.pk).exists():
        raise CannotInvite(f"Add {person.name} first, then make the link.")
    Invitation.objects.filter(person=person, scope_id=at.pk).open_at(by.now).update(works_until=by.now)
    secret = new_code()
    invitation = Invitation.objects.create(
        person=person, scope_id=at.pk, digest=digest_of(secret), works_until=by.now + WORKS_FOR
    )
    invitation.secret = secret
    return invitation


@action
def accept_invitation(
    *,
    at: Scope,
    by: Actor,
    invitation: Invitation,
    beside: Person | None = None,
    name: str,
    takes: Sequence[str] = (),
    **card: Any,
) -> Person:
    """Use up the link and keep what its person said about themselves; whoever calls this signs them in.

    `beside` is somebody else who was signed in where the link was opened. `takes` are the roles that people
    take for themselves; `card` is how to reach them, when asked.

    Raises:
        CannotAccept: somebody was quicker, or the time is over.
        CannotTakeName: see `take_name`.
        CannotKeepCard: the way to reach them lacks what it needs.
    """
    if not _use_up(invitation, now=by.now):
        raise CannotAccept("This link works no more.")
    if beside is not None:
        was_signed_in(at=at, by=Actor(person=beside, now=by.now), invitation=invitation)
    person = invitation.person
    take_name(person, name)
    person.save(update_fields=["name"])
    if card:
        put_card(at, person, **card)
        take_roles(at, person, takes)
    return person


@action
def was_signed_in(*, at: Scope, by: Actor, invitation: Invitation) -> Invitation:
    """Note that `by` was signed in where somebody else's link was opened, so that its person can be told."""
    return invitation


def link_of(invitation: Invitation) -> str:
    """Return the whole address of a one-time link; empty once its secret is no longer known."""
    if not invitation.secret:
        return ""
    return settings.BASE_URL + reverse("welcome:accept", args=[invitation.secret])


def where_to_type() -> str:
    """Return the address at which a card's code is typed, as short as it can be said."""
    return settings.BASE_URL + reverse("welcome:type_code")


def new_code() -> str:
    """Return a new code in groups of four: "7k3m-q0xz-…"."""
    return _in_groups("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def code_in(typed: str) -> str:
    """Return the code that somebody typed, in groups; empty when it is none.

    Capital letters, hyphens and blanks make no difference; o is read as 0, i and l as 1. A whole address may
    stand around it.
    """
    last = typed.partition("?")[0].strip(" \t\r\n/.,;<>()").rpartition("/")[2]
    read = re.sub(r"[\s\u2010-\u2015-]", "", last).lower().translate(LOOKS_LIKE)
    return _in_groups(read) if CODE.fullmatch(read) else ""


def digest_of(secret: str) -> str:
    """Return the SHA-256, in hex, under which a link is kept; a code counts however it is typed.

    Links of an older kind are longer, and count as they are.
    """
    return hashlib.sha256((code_in(secret) or secret).encode()).hexdigest()


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _use_up(invitation: Invitation, *, now: datetime) -> bool:
    return bool(Invitation.objects.open_at(now).filter(pk=invitation.pk).update(used_at=now))
