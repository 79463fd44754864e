"""Who takes part: adding a person, letting them in, giving and ending roles, taking somebody off the list.

The same actions serve a place and a programme, since a role is held in a space and either is one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from kit.actions import Actor, Question, Stray, action
from kit.models import Scope
from kit.names import is_among
from kit.outbox import letters_leave, owe_letter
from people.actions import end_ways_in
from people.models import Person
from programmes.access import Permission, roles_of, standing_of
from programmes.actions.invitations import CannotInvite, invite, link_of
from programmes.models import Group, Invitation, Membership, Site
from programmes.models.places import place_of
from programmes.roles import WHOM_TO_TELL, Role, SpaceKind

ROLES_HERE: tuple[Role, ...] = (Role.MEMBER, *roles_of(SpaceKind.SITE))
"""What somebody can be added to a place as; a member is a member of its Collaborative."""

ROLES_TO_ADD = {
    Scope.Kind.SITE.value: ROLES_HERE,
    Scope.Kind.PROGRAMME.value: tuple(roles_of(SpaceKind.PROGRAMME)),
}

KEEPERS = {Scope.Kind.SITE.value: Role.FACILITATOR, Scope.Kind.PROGRAMME.value: Role.PROGRAMME_LEAD}
"""Who must never be missing: without them nobody could let anybody in."""

SEES_THE_LIST = {
    Scope.Kind.SITE.value: Permission.SEE_PEOPLE,
    Scope.Kind.PROGRAMME.value: Permission.CHANGE_PROGRAMME_PEOPLE,
}
"""What whoever reads the names of all who take part needs, in a place and in a programme."""

SAME_NAME = "Somebody called {name} is here already. Is this somebody else? Then press the button again."
GOES_BY = "Whoever signs in with this e-mail goes by the name of {name}. "
TURNED_TO = (
    "Somebody else here is called {name}, too, and people would turn to either. Help names this one from now "
    "on. If that is meant, press the button again."
)


class CannotAddPerson(Exception):
    """The person cannot be added; the message says why, for whoever adds them."""


class CannotChangeRole(Exception):
    """The role cannot be given or ended; the message says why."""


class CannotLetIn(Exception):
    """No one-time link can be made for this person here."""


@action
def add_person(
    *, at: Scope, by: Actor, name: str, email: str = "", roles: Sequence[str], sure: bool = True
) -> Invitation:
    """Add a person to a place or a programme and let them in; the link is theirs (see `let_in`).

    An e-mail that signs somebody in already brings that person, with their own account and name. They sign in
    afresh: links and sessions from before end, and so does a password at an address that nobody has proven.

    Raises:
        Question: somebody here goes by this name, or by that of the account that the e-mail brings, and
            `sure` does not say that this is another.
        CannotAddPerson: somebody with this sign-in e-mail takes part here already, or no role of this
            place was named; or the account is closed, which can be inferred, and is not said.
    """
    if not roles or not set(roles) <= set(ROLES_TO_ADD[at.kind]):
        raise CannotAddPerson("Choose at least one thing they are here.")
    person = _person_with(name, email)
    if Membership.objects.of(at).filter(person=person).exists():
        raise CannotAddPerson("Somebody with this sign-in e-mail takes part here already.")
    if not sure:
        _ask_about_the_name(name, person, _names_known_to(by, at))
    _end_what_others_may_hold(at, person, by)
    for role in roles:
        _hold(at, person, Role(role), _group_for(at, Role(role)), by)
    try:
        return let_in(at=at, by=replace(by, form=None), person=person)
    except CannotLetIn as reason:
        raise CannotAddPerson(
            "We cannot use this e-mail here. Try another one, or ask whoever runs this installation."
        ) from reason


@action
def let_in(*, at: Scope, by: Actor, person: Person, by_hand: bool = False) -> Invitation:
    """Make a one-time link that lets `person` in.

    Who has a sign-in e-mail gets the link by letter, and nobody else sees it. For everybody else the link is
    in `.secret`, to be shown once and handed over; so it is, too, where letters do not leave, and `by_hand`,
    for somebody whose first letter does not reach them. A link that opens more than this place is never
    shown: whoever takes part elsewhere gets theirs by letter, or, where none leaves, from whoever reads the
    files of letters.

    Raises:
        CannotLetIn: their account is closed; or the link is to be handed over, and would open more than this
            place or an account that its person has come into already. The message does not say which.
        Stray: the person does not take part here.
    """
    person_of(at, person.pk)
    more, address = opens_more_than(at, person), person.email
    shown = by_hand or not address
    if not person.is_active or (shown and more) or (by_hand and needs_no_link(person)):
        raise CannotLetIn("We cannot make a link for this person here. Ask whoever runs this installation.")
    invitation = _invited(at, by, person)
    if address and not by_hand and (more or letters_leave()):
        facts = _facts_of_letter(at, invitation)
        owe_letter(kind="invitation", to=person, address=address, scope=at, facts=facts, now=by.now)
        invitation.secret = ""
    return invitation


def opens_more_than(at: Scope, person: Person) -> bool:
    """Return whether whoever comes in as `person` opens more than `at`: other places, the installation."""
    return person.is_staff or Membership.objects.filter(person=person).exclude(scope_id=at.pk).exists()


@action
def hand_over_link(*, at: Scope, by: Actor, person: Person) -> Invitation:
    """Make a one-time link for the operator to hand to somebody who cannot come in by themselves.

    Raises:
        CannotLetIn: the person can sign in by themselves, or the link would open more than this place.
        Stray: the person does not take part here.
    """
    person_of(at, person.pk)
    if needs_no_link(person):
        raise CannotLetIn("They have signed in before. They can sign in with their e-mail.")
    if person.last_login is not None and opens_more_than(at, person):
        raise CannotLetIn("They take part elsewhere, too. Somebody there can make them a link.")
    return _invited(at, by, person)


def needs_no_link(person: Person) -> bool:
    """Return whether somebody has come in before, and a letter with a code can bring them in again."""
    return person.is_staff or (person.last_login is not None and bool(person.email) and letters_leave())


@action
def hold_role(
    *, at: Scope, by: Actor, person: Person, role: str, group: Group | None = None, sure: bool = True
) -> Membership:
    """Give somebody who takes part here another role, in the space itself or in one of its groups.

    Raises:
        CannotChangeRole: they hold it already, or it is no role of that space.
        Question: people turn to whoever holds it (rule ST10), somebody else here has the same name, and
            `sure` does not say that this is meant.
        Stray: the person or the group is not of this place.
    """
    person_of(at, person.pk)
    if group is not None and group.scope_id != at.pk:
        raise Stray("The group belongs to another place.")
    kind = SpaceKind(group.kind if group is not None else at.kind)
    if role not in roles_of(kind):
        raise CannotChangeRole("Nobody can be that here.")
    if Membership.objects.of(at).filter(person=person, role=role, group=group).exists():
        raise CannotChangeRole(f"{person.name} is {Role(role).label} here already.")
    others = Membership.objects.of(at).exclude(person=person)
    if (
        not sure
        and role in WHOM_TO_TELL
        and is_among(person.name, others.values_list("person__name", flat=True))
    ):
        raise Question(TURNED_TO.format(name=person.name), about="where")
    return _hold(at, person, Role(role), group, by)


def _invited(at: Scope, by: Actor, person: Person) -> Invitation:
    try:
        return invite(at=at, by=replace(by, form=None), person=person)
    except CannotInvite as reason:
        raise CannotLetIn(str(reason)) from reason


def _facts_of_letter(at: Scope, invitation: Invitation) -> dict[str, str]:
    place = place_of(at)
    contact = [place.contact_name, place.contact_phone] if isinstance(place, Site) else []
    return {
        "link": link_of(invitation),
        "place": str(place),
        "works_until": f"{timezone.localtime(invitation.works_until):%-d %B %Y}",
        "contact": ", ".join(word for word in contact if word),
    }


def _person_with(name: str, email: str) -> Person:
    known = Person.objects.filter(email__iexact=email).first() if email else None
    return known or Person.objects.add(name=name, email=email or None)


def _ask_about_the_name(name: str, person: Person, known: Iterable[str]) -> None:
    """Ask about the name that was typed, and about the one that will stand on the list."""
    names = list(known)
    if is_among(name, names):
        raise Question(SAME_NAME.format(name=name), about="name")
    if is_among(person.name, names):
        words = GOES_BY + SAME_NAME
        raise Question(words.format(name=person.name), about="name")


def _names_known_to(by: Actor, at: Scope) -> Iterable[str]:
    """Return the names on the list that whoever adds somebody can see; for an operator, the keepers'."""
    rows = Membership.objects.of(at)
    if not standing_of(by.person, place_of(at)).may(SEES_THE_LIST[at.kind]):
        rows = rows.filter(group=None, role=KEEPERS[at.kind])
    return rows.values_list("person__name", flat=True)


def _end_what_others_may_hold(at: Scope, person: Person, by: Actor) -> None:
    """End what may be in others' hands before it opens this place, too: links, and what came of them."""
    if not opens_more_than(at, person):
        return
    open_links = Invitation.objects.filter(person=person).exclude(scope_id=at.pk).open_at(by.now)
    open_links.update(works_until=by.now)
    end_ways_in(person)


def _group_for(at: Scope, role: Role) -> Group | None:
    if role is not Role.MEMBER:
        return None
    return Group.objects.of(at).get(kind=SpaceKind.COLLABORATIVE)


def _hold(at: Scope, person: Person, role: Role, group: Group | None, by: Actor) -> Membership:
    return Membership.objects.create(person=person, scope_id=at.pk, role=role, group=group, since=by.now)


def person_of(at: Scope, person_id: UUID) -> Person:
    """Return the person with this id, who takes part in `at`.

    Raises:
        Stray: nobody of this place has it.
    """
    row = Membership.objects.of(at).filter(person_id=person_id).first()
    if row is None:
        raise Stray("Nobody here has this id.")
    return row.person
