"""Ending roles, and going: taken off the list by whoever runs a place, or by oneself."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from kit.actions import Actor, action
from kit.models import Scope
from kit.outbox import call_back_letters
from people.models import Person
from programmes.actions.roles import KEEPERS, CannotChangeRole, person_of
from programmes.models import ContactCard, Group, Invitation, Membership, TakenRole

LAST_ONE = (
    "You are the last facilitator here, and nobody could let people in after you. Make somebody else "
    "a facilitator first (or ask whoever runs this installation). Then you can leave."
)


class CannotLeave(Exception):
    """Somebody cannot leave this place yet; the message says why."""


@action
def end_role(
    *, at: Scope, by: Actor, person_id: UUID, membership_id: UUID, group: Group | None = None
) -> Person:
    """End one role; it is gone at that person's next request. Ending a role that has ended does nothing.

    With a `group`, only a role in that group is ended.

    Raises:
        CannotChangeRole: it is the last facilitator's, or the last programme lead's.
        Stray: the person does not take part here.
    """
    person = person_of(at, person_id)
    row = Membership.objects.of(at).filter(person=person, pk=membership_id).first()
    if row is not None and group in (None, row.group):
        _refuse_the_last_keeper(at, [row])
        row.delete()
    _forget_if_gone(at, person, by)
    return person


@action
def remove_person(*, at: Scope, by: Actor, person_id: UUID) -> Person:
    """Take a person off the list: every role here ends, and how to reach them here is forgotten.

    What they said stays, as they said it; their account and other places stay theirs.

    Raises:
        CannotChangeRole: they are the last facilitator, or the last programme lead.
        Stray: the person does not take part here.
    """
    return _take_off(at, person_of(at, person_id), by)


@action
def leave_place(*, at: Scope, by: Actor) -> Person:
    """Leave a place oneself: what happens is what `remove_person` does, and nobody needs to be asked.

    Raises:
        CannotLeave: they are the last facilitator here.
        Stray: they do not take part here.
    """
    try:
        return _take_off(at, person_of(at, by.person.pk), by)
    except CannotChangeRole as reason:
        raise CannotLeave(LAST_ONE) from reason


def why_no_leave(at: Scope, person: Person) -> str:
    """Say why somebody cannot leave this place yet; empty when they can."""
    return LAST_ONE if why_keeper_stays(at, Membership.objects.of(at).filter(person=person)) else ""


def _take_off(at: Scope, person: Person, by: Actor) -> Person:
    rows = list(Membership.objects.of(at).filter(person=person))
    _refuse_the_last_keeper(at, rows)
    Membership.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _forget_if_gone(at, person, by)
    return person


def why_keeper_stays(at: Scope, ending: Iterable[Membership]) -> str:
    """Say why these roles cannot end: nobody could let people in any more; empty when they can."""
    keeper = KEEPERS[at.kind]
    held = Membership.objects.filter(scope_id=at.pk, group=None, role=keeper, person__is_active=True)
    left = set(held.values_list("pk", flat=True)) - {row.pk for row in ending}
    if not left and any(row.role == keeper and row.group_id is None for row in ending):
        return f"This is the last {keeper.label} here. Name another one first."
    return ""


def _refuse_the_last_keeper(at: Scope, ending: Iterable[Membership]) -> None:
    keepers = Membership.objects.filter(scope_id=at.pk, group=None, role=KEEPERS[at.kind])
    list(keepers.select_for_update())  # so that two who leave at once do not each see the other stay
    if refused := why_keeper_stays(at, ending):
        raise CannotChangeRole(refused)


def _forget_if_gone(at: Scope, person: Person, by: Actor) -> None:
    if Membership.objects.filter(scope_id=at.pk, person=person).exists():
        return
    ContactCard.objects.at(at).of_person(person.pk).delete()
    TakenRole.objects.at(at).of_person(person.pk).delete()
    for path in settings.WHEN_SOMEBODY_LEAVES:
        import_string(path)(at=at, person=person)
    Invitation.objects.filter(scope_id=at.pk, person=person).open_at(by.now).update(works_until=by.now)
    call_back_letters(to=person, scope=at)
