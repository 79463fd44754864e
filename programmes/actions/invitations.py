"""Who is to take part: somebody without e-mail is added at once; whoever has one is invited, and says yes.

An e-mail may be that of somebody who takes part elsewhere. So nobody is looked up by it, and nobody comes in,
before whoever reads its mail has said yes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kit.actions import Actor, Question, action
from kit.models import Scope
from kit.names import is_among
from kit.outbox import call_back_letters, forget_letters, letters_leave
from people.models import Person
from programmes.access import Permission, standing_of
from programmes.actions.links import WORKS_FOR, kept_with_a_new_code, let_in, send_by_letter
from programmes.actions.roles import KEEPERS, ROLES_TO_ADD, bring_in
from programmes.models import Invitation, Membership
from programmes.models.places import place_of

SEES_THE_LIST = {
    Scope.Kind.SITE.value: Permission.SEE_PEOPLE,
    Scope.Kind.PROGRAMME.value: Permission.CHANGE_PROGRAMME_PEOPLE,
}
"""What whoever reads the names of all who take part needs, in a place and in a programme."""

FORGOTTEN_AFTER = timedelta(days=90)
"""How long after its link ran out an invitation without a yes is kept, with the name and the e-mail."""

SENT_AGAIN_AFTER = timedelta(hours=1)
"""How soon another letter may go to somebody who never said that they want any."""

SAME_NAME = (
    "Somebody called {name} is here already, or was invited. Is this somebody else? Then press the button "
    "again."
)
HERE = "Somebody with this sign-in e-mail takes part here already."
INVITED = "Somebody with this e-mail is invited already. Their invitation can be sent again."
ANSWERED = "They have answered, or the invitation was taken back. Nothing was changed."
JUST_SENT = "An e-mail went to them less than an hour ago. Give it a little time, then send it again."
BY_LETTER_ALONE = (
    "Nobody but whoever reads this mail may answer. Does it not reach them? Take the invitation back, and "
    "add them without an e-mail."
)


class CannotAddPerson(Exception):
    """The person cannot be added; the message says why, for whoever adds them."""


class CannotChangeInvitation(Exception):
    """It was answered, taken back or sent a moment ago; the message says so."""


@action
def add_person(
    *, at: Scope, by: Actor, name: str, email: str = "", roles: Sequence[str], sure: bool = True
) -> Invitation:
    """Invite somebody to a place or a programme by e-mail; without one, add them and make their link.

    What is answered is the same whether or not the e-mail signs somebody in elsewhere (G13).

    Raises:
        Question: somebody here or invited goes by this name, and `sure` does not say that this is another.
        CannotAddPerson: somebody with this e-mail takes part here or is invited, or no role of this place was
            named.
    """
    if not roles or not set(roles) <= set(ROLES_TO_ADD[at.kind]):
        raise CannotAddPerson("Choose at least one thing they are here.")
    if email:
        _refuse_known_here(at, email)
    if not sure and (other := next((n for n in _names_known_to(by, at) if is_among(name, [n])), "")):
        raise Question(SAME_NAME.format(name=other), about="name")
    if email:
        asked = Invitation(scope=at, name=name, email=email.lower(), roles=",".join(dict.fromkeys(roles)))
        return _sent(asked, by)
    person = Person.objects.add(name=name)
    bring_in(at, person, list(roles), by)
    return let_in(at=at, by=replace(by, form=None), person=person)


@action
def invite_again(*, at: Scope, by: Actor, invitation: Invitation, by_hand: bool = False) -> Invitation:
    """Send a new link to somebody who has not answered; the older one works no more.

    It is shown `by_hand` where no letter leaves, and nowhere else: whoever holds it could answer for them,
    and would see from the first page whether they have an account (G13).

    Raises:
        CannotChangeInvitation: they have answered, it was taken back, an e-mail went within the last hour, or
            a link is asked for where letters leave.
    """
    waiting = _still_waiting(at, invitation)
    if letters_leave() and by_hand:
        raise CannotChangeInvitation(BY_LETTER_ALONE)
    sent_at = waiting.works_until - WORKS_FOR
    if letters_leave() and waiting.went_by_letter and by.now - sent_at < SENT_AGAIN_AFTER:
        raise CannotChangeInvitation(JUST_SENT)
    call_back_letters(to=None, scope=at, kind="invitation", address=waiting.email)
    return _sent(waiting, by)


@action
def take_back_invitation(*, at: Scope, by: Actor, invitation: Invitation) -> Invitation:
    """Forget that somebody was invited, with their name and e-mail; their link opens nothing any more.

    One that was answered with a no is taken off the list like this, too.

    Raises:
        CannotChangeInvitation: they have come in, or it was taken back before.
    """
    gone = Invitation.objects.not_in_yet(at).select_for_update().filter(pk=invitation.pk).first()
    if gone is None:
        raise CannotChangeInvitation(ANSWERED)
    if gone.waits:
        forget_letters(scope=at, kind="invitation", address=gone.email)
    Invitation.objects.filter(pk=gone.pk).delete()
    return gone


def forget_unanswered(*, now: datetime) -> int:
    """Forget invitations that nobody said yes to, 90 days after their links ran out; return how many."""
    old = Invitation.objects.filter(person__isnull=True, works_until__lt=now - FORGOTTEN_AFTER)
    return old.delete()[0]


def _refuse_known_here(at: Scope, email: str) -> None:
    if Membership.objects.of(at).filter(person__email__iexact=email).exists():
        raise CannotAddPerson(HERE)
    if Invitation.objects.not_in_yet(at).filter(email__iexact=email).exists():
        raise CannotAddPerson(INVITED)


def _names_known_to(by: Actor, at: Scope) -> Iterable[str]:
    """Return the names that whoever adds somebody can see; for an operator, the keepers'."""
    here, invited = Membership.objects.of(at), Invitation.objects.not_in_yet(at)
    if not standing_of(by.person, place_of(at)).may(SEES_THE_LIST[at.kind]):
        here = here.filter(group=None, role=KEEPERS[at.kind])
        invited = invited.filter(roles__contains=KEEPERS[at.kind])
    return [*here.values_list("person__name", flat=True), *invited.values_list("name", flat=True)]


def _sent(invitation: Invitation, by: Actor) -> Invitation:
    made = kept_with_a_new_code(invitation, by.now)
    if letters_leave():
        send_by_letter(made, made.email, to=None, now=by.now)
    return made


def _still_waiting(at: Scope, invitation: Invitation) -> Invitation:
    rows = Invitation.objects.waiting().filter(scope_id=at.pk, pk=invitation.pk)
    if (waiting := rows.select_for_update().first()) is None:
        raise CannotChangeInvitation(ANSWERED)
    return waiting
