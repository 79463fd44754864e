"""What somebody says about themselves in one place: how to reach them, what they need, what they bring."""

from collections.abc import Sequence
from typing import Any

from kit.actions import Actor, Refused, action
from kit.models import Scope
from kit.versions import Stale
from people.models import Person
from programmes.models import ContactCard, Membership, TakenRole
from programmes.models.places import place_of
from programmes.roles import TAKEN_ROLES

NEEDS = {
    ContactCard.Way.EMAIL: ("email", "Enter the e-mail address we should write to"),
    ContactCard.Way.TEXT: ("phone", "Enter the number we should send text messages to"),
    ContactCard.Way.CALL: ("phone", "Enter the number we should call"),
    ContactCard.Way.POST: ("address", "Enter the address we should send letters to"),
    ContactCard.Way.THROUGH: ("through_whom", "Enter the name of the person we should ask"),
}
"""What each way to reach somebody cannot do without."""


class CannotKeepCard(Refused):
    """The card lacks what its way of reaching somebody needs; `field` says where."""


@action
def make_own_card(*, at: Scope, by: Actor, takes: Sequence[str] | None, **card: Any) -> ContactCard:
    """Keep one's own card for the first time, and the roles one takes for oneself (rule C2).

    Without `takes` the roles stay as they are.

    Raises:
        CannotKeepCard: the chosen way lacks what it needs.
        kit.versions.Stale: there is a card already, made in another window a moment ago.
    """
    if (there := ContactCard.objects.at(at).of_person(by.person_id).first()) is not None:
        raise Stale(there)
    take_roles(at, by.person, takes)
    return put_card(at, by.person, **card)


@action(edits="card")
def change_own_card(
    *, at: Scope, by: Actor, card: ContactCard, takes: Sequence[str] | None, **said: Any
) -> ContactCard:
    """Change one's own card, and the roles one takes for oneself; without `takes` they stay as they are.

    Raises:
        CannotKeepCard: the chosen way lacks what it needs.
    """
    take_roles(at, by.person, takes)
    return _said(card, **said)


@action
def forget_taken_roles(*, at: Scope, by: Actor, person: Person) -> Person:
    """Forget which roles `person` takes in this place; they can take them again."""
    TakenRole.objects.at(at).of_person(person.pk).delete()
    return person


def forget_what_a_link_hides(person: Person) -> None:
    """Forget in all places what is shown to `person` alone, and not to whoever came in by their link (C2)."""
    rows = Membership.objects.filter(person=person).select_related("scope__site__within__programme")
    for place in {place_of(row.scope) for row in rows.filter(scope__kind=Scope.Kind.SITE)}:
        forget_taken_roles(at=place, by=Actor(person=person), person=person)


def put_card(at: Scope, person: Person, **said: Any) -> ContactCard:
    """Make or change `person`'s card in `at`, inside an action that has checked who acts.

    Raises:
        CannotKeepCard: the chosen way lacks what it needs.
    """
    card = ContactCard.objects.at(at).of_person(person.pk).first()
    return _said(card or ContactCard(scope_id=at.pk, person_id=person.pk), **said)


def take_roles(at: Scope, person: Person, takes: Sequence[str] | None) -> None:
    """Make `takes` the roles that `person` takes in `at`, inside an action; None changes nothing."""
    if takes is None:
        return
    mine = TakenRole.objects.at(at).of_person(person.pk)
    mine.exclude(role__in=takes).delete()
    there = set(mine.values_list("role", flat=True))
    for role in TAKEN_ROLES:
        if role in takes and role.value not in there:
            TakenRole.everywhere.create(scope_id=at.pk, person_id=person.pk, role=role)


def _said(card: ContactCard, **said: Any) -> ContactCard:
    for field, words in said.items():
        setattr(card, field, words)
    if (need := NEEDS.get(ContactCard.Way(card.way))) and not getattr(card, need[0]):
        raise CannotKeepCard(need[1], field=need[0])
    card.save()
    return card
