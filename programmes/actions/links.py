"""One-time links for people who are here: for somebody without e-mail, or who lost the way in."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from kit.actions import Actor, action
from kit.models import Scope
from kit.outbox import letters_leave, owe_letter
from people.models import Person
from programmes.actions.codes import digest_of, new_code
from programmes.actions.roles import person_of
from programmes.models import Invitation, Membership, Site
from programmes.models.places import place_of

WORKS_FOR = timedelta(days=14)


class CannotInvite(Exception):
    """No link can be made for this person here; the message says why."""


class CannotLetIn(Exception):
    """No one-time link can be made for this person here."""


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
    return kept_with_a_new_code(Invitation(person=person, scope=at), by.now)


@action
def let_in(*, at: Scope, by: Actor, person: Person, by_hand: bool = False) -> Invitation:
    """Make a one-time link that lets `person` in.

    Who has a sign-in e-mail gets the link by letter, and nobody else sees it. For everybody else the link is
    in `.secret`, to be shown once and handed over; so it is, too, where letters do not leave, and `by_hand`,
    for somebody whose first letter does not reach them. A link that opens more than this place is never
    shown: whoever takes part elsewhere gets theirs by letter, and where none leaves, from whoever reads the
    files of letters here, whatever was asked for.

    Raises:
        CannotLetIn: their account is closed; or the link is to be handed over, and would open more than this
            place or an account that its person has come into already. The message does not say which.
        Stray: the person does not take part here.
    """
    person_of(at, person.pk)
    more = opens_more_than(at, person)
    by_letter = bool(person.email) and (not by_hand if letters_leave() else more)
    if not person.is_active or (more and not by_letter) or (by_hand and needs_no_link(person)):
        raise CannotLetIn("We cannot make a link for this person here. Ask whoever runs this installation.")
    return _made(at, by, person, by_letter=by_letter)


@action
def hand_over_link(*, at: Scope, by: Actor, person: Person) -> Invitation:
    """Make a one-time link for the operator to hand to somebody who cannot come in by themselves.

    Whoever has come in before and takes part elsewhere, too, gets theirs by letter: it lies in a file here.

    Raises:
        CannotLetIn: the person can sign in by themselves; or a link would open more than this place, and they
            have no e-mail.
        Stray: the person does not take part here.
    """
    person_of(at, person.pk)
    if needs_no_link(person):
        raise CannotLetIn("They have signed in before. They can sign in with their e-mail.")
    more = person.last_login is not None and opens_more_than(at, person)
    if more and not person.email:
        raise CannotLetIn("They take part elsewhere, too, and have no e-mail: a link would open more.")
    return _made(at, by, person, by_letter=more)


def opens_more_than(at: Scope, person: Person) -> bool:
    """Return whether whoever comes in as `person` opens more than `at`: other places, the installation."""
    return person.is_staff or Membership.objects.filter(person=person).exclude(scope_id=at.pk).exists()


def needs_no_link(person: Person) -> bool:
    """Return whether somebody has come in before, and a letter with a code can bring them in again."""
    return person.is_staff or (person.last_login is not None and bool(person.email) and letters_leave())


def link_of(invitation: Invitation) -> str:
    """Return the whole address of a one-time link; empty once its secret is no longer known."""
    if not invitation.secret:
        return ""
    return settings.BASE_URL + reverse("welcome:accept", args=[invitation.secret])


def kept_with_a_new_code(invitation: Invitation, now: datetime) -> Invitation:
    """Save the link with a new code, which works for two weeks; call it from an action."""
    secret = new_code()
    invitation.digest, invitation.works_until = digest_of(secret), now + WORKS_FOR
    invitation.went_by_letter = False
    invitation.save()
    invitation.secret = secret
    return invitation


def send_by_letter(invitation: Invitation, address: str, *, to: Person | None, now: datetime) -> None:
    """Owe the letter that brings the link, which then is no longer shown; call it from an action."""
    place = place_of(invitation.scope)
    contact = [place.contact_name, place.contact_phone] if isinstance(place, Site) else []
    facts = {
        "link": link_of(invitation),
        "place": str(place),
        "works_until": f"{timezone.localtime(invitation.works_until):%-d %B %Y}",
        "contact": ", ".join(word for word in contact if word),
    }
    owe_letter(kind="invitation", to=to, address=address, scope=invitation.scope, facts=facts, now=now)
    Invitation.objects.filter(pk=invitation.pk).update(went_by_letter=True)
    invitation.secret, invitation.went_by_letter = "", True


def _made(at: Scope, by: Actor, person: Person, *, by_letter: bool) -> Invitation:
    try:
        invitation = invite(at=at, by=replace(by, form=None), person=person)
    except CannotInvite as reason:
        raise CannotLetIn(str(reason)) from reason
    if by_letter and person.email:
        send_by_letter(invitation, person.email, to=person, now=by.now)
    return invitation
