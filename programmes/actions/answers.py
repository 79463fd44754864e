"""What whoever opens a one-time link answers: yes, and how to reach them; or no."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q

from kit.actions import Actor, action
from kit.models import Scope
from kit.outbox import forget_letters
from people.actions import CannotTakeName, end_ways_in, has_proven_address, take_name
from people.models import Person
from programmes.actions.cards import put_card, take_roles
from programmes.actions.links import needs_no_link, opens_more_than
from programmes.actions.roles import bring_in, is_anothers_name
from programmes.models import Invitation
from programmes.models.invitations import WAITS

WELCOME = "welcome"
"""Who acts when somebody answers who has no account yet."""

ANOTHERS = (
    "Somebody here is called {name}, too, and people would turn to either of you. Add a letter or a word."
)


class CannotAccept(Exception):
    """The link works no more: it was used, replaced, or its time is over."""


class MustSignIn(CannotAccept):
    """A link alone does not let them in: their account opens more, or they can sign in by themselves."""


@action
def open_account(*, at: Scope, by: Actor, invitation: Invitation, name: str, **said: Any) -> Person:
    """Make the account of somebody who says yes and had none, and bring them in (see `accept_invitation`).

    Raises:
        CannotAccept: the time is over, or the invitation was answered or taken back.
        MustSignIn: the account was made a moment ago, by another invitation.
        CannotTakeName, CannotKeepCard: see `accept_invitation`.
    """
    same_link = Invitation.objects.filter(pk=invitation.pk, digest=invitation.digest)
    now = same_link.select_for_update().first()
    if now is None or not (now.person or now.waits):
        raise CannotAccept("This link works no more.")
    person = now.person or _new_account(now, name)
    return accept_invitation(
        at=at, by=replace(by, person=person, system=""), invitation=now, name=name, **said
    )


@action
def accept_invitation(
    *,
    at: Scope,
    by: Actor,
    invitation: Invitation,
    beside: Person | None = None,
    session: SessionBase | None = None,
    name: str,
    takes: Sequence[str] = (),
    **card: Any,
) -> Person:
    """Use up the link and keep what its person said about themselves; whoever calls this signs them in.

    Whoever was invited is in from now on. What else might be in others' hands and would open this place, too,
    ends: their older links elsewhere, their sessions, and a password at an address that nobody has proven.

    `session` is that of its person, if they had signed in where the link was opened: it stays; `beside` is
    somebody else who had. `takes` are the roles that people take for themselves; `card` is how to reach
    them, when asked.

    Raises:
        CannotAccept: somebody was quicker, or the time is over.
        MustSignIn: their account opens more than this place, or they can sign in by themselves, and have not.
        CannotTakeName: see `take_name`; or somebody else here has this name, and people turn to this one.
        CannotKeepCard: the way to reach them lacks what it needs.
    """
    _use_up(invitation, by)
    person = Person.objects.select_for_update().get(pk=by.person.pk)
    if beside is not None:
        was_signed_in(at=at, by=Actor(person=beside, now=by.now), invitation=invitation)
    if invitation.waits:
        _bring_in(at, invitation, person, by, signed_in=session is not None, name=name)
    take_name(person, name, anew=invitation.waits)
    person.save(update_fields=["name"])
    if card:
        put_card(at, person, **card)
        take_roles(at, person, takes)
    if invitation.waits:
        end_ways_in(person, but=session, keeps_password=has_proven_address(person))
    return person


@action
def was_signed_in(*, at: Scope, by: Actor, invitation: Invitation) -> Invitation:
    """Note that `by` was signed in where somebody else's link was opened, so that its person can be told."""
    return invitation


@action
def say_no(*, at: Scope, by: Actor, invitation: Invitation) -> Invitation:
    """Answer an invitation with a no: the e-mail is forgotten, and the link opens nothing any more.

    The name stays for whoever invited them, so that nobody asks again.

    Raises:
        CannotAccept: it was answered already, or taken back.
    """
    waiting = Invitation.objects.waiting().filter(pk=invitation.pk, digest=invitation.digest)
    if not waiting.update(email="", declined_at=by.now):
        raise CannotAccept("This link works no more.")
    forget_letters(scope=at, kind="invitation", address=invitation.email)
    return invitation


def must_sign_in(at: Scope, person: Person) -> bool:
    """Return whether an invitation alone does not let `person` in: it opens more, or is not needed."""
    return opens_more_than(at, person) or needs_no_link(person)


def account_of(invitation: Invitation) -> Person | None:
    """Return whom the link lets in: its person, or who signs in with the e-mail; None if nobody does yet."""
    if invitation.person is not None or not invitation.email:
        return invitation.person
    return Person.objects.filter(email__iexact=invitation.email).first()


def _new_account(invitation: Invitation, name: str) -> Person:
    if account_of(invitation) is not None:
        raise MustSignIn("Sign in first.")
    return Person.objects.add(name=name, email=invitation.email)


def _bring_in(
    at: Scope, invitation: Invitation, person: Person, by: Actor, *, signed_in: bool, name: str
) -> None:
    if not signed_in and must_sign_in(at, person):
        raise MustSignIn("Sign in first.")
    open_links = Invitation.objects.filter(person=person).exclude(scope_id=at.pk).open_at(by.now)
    open_links.update(works_until=by.now)
    bring_in(at, person, invitation.roles_offered, by)
    if invitation.is_to_turn_to and is_anothers_name(at, person, name):
        raise CannotTakeName(ANOTHERS.format(name=name), field="name")


def _use_up(invitation: Invitation, by: Actor) -> None:
    theirs = Q(person=by.person) | WAITS & Q(email__iexact=by.person.email or "")
    mine = Invitation.objects.open_at(by.now).filter(theirs, pk=invitation.pk, digest=invitation.digest)
    if not mine.update(used_at=by.now, person=by.person, name="", email="", roles=""):
        raise CannotAccept("This link works no more.")
