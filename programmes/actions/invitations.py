"""One-time links: make one for a person, and let that person in with it once."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from kit.actions import Actor, action
from kit.models import Scope
from people.models import Person
from programmes.actions.cards import put_card, take_roles
from programmes.models import Invitation, Membership

WORKS_FOR = timedelta(days=14)
SECRET_BYTES = 32


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
    secret = secrets.token_urlsafe(SECRET_BYTES)
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
        CannotKeepCard: the way to reach them lacks what it needs.
    """
    if not _use_up(invitation, now=by.now):
        raise CannotAccept("This link works no more.")
    if beside is not None:
        was_signed_in(at=at, by=Actor(person=beside, now=by.now), invitation=invitation)
    person = invitation.person
    person.name = name
    person.save(update_fields=["name"])
    if card:
        put_card(at, person, **card)
        take_roles(at, person, takes)
    return person


@action
def was_signed_in(*, at: Scope, by: Actor, invitation: Invitation) -> Invitation:
    """Note that `by` was signed in where somebody else's link was opened, so that its person can be told."""
    return invitation


def digest_of(secret: str) -> str:
    """Return the SHA-256, in hex, under which a link is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _use_up(invitation: Invitation, *, now: datetime) -> bool:
    return bool(Invitation.objects.open_at(now).filter(pk=invitation.pk).update(used_at=now))
