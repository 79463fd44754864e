"""What whoever runs a place sees beside a name: roles, a way to reach the person, and a link that waits."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from people.models import Person
from programmes.models import ContactCard, Invitation, Membership, Site
from programmes.roles import Role

Way = ContactCard.Way


@dataclass(frozen=True)
class Line:
    """One person of a place. Lived experience and carer are never here: they are nobody's to see (C2)."""

    person: Person
    roles: list[str]
    reach: str
    needs: str
    waits: Invitation | None

    @property
    def name(self) -> str:
        """The name the person chose."""
        return self.person.name


def lines_for(site: Site, people: Iterable[Person]) -> list[Line]:
    """Return a line for each of `people`; three queries, no matter how many people."""
    shown = list(people)
    roles, cards = _roles(site, shown), _cards(site, shown)
    waiting = Invitation.objects.filter(scope_id=site.pk, person__in=shown).open_at(timezone.now())
    links = {link.person_id: link for link in waiting}
    return [_line(person, roles[person.pk], cards.get(person.pk), links.get(person.pk)) for person in shown]


def how_to_reach(person: Person, card: ContactCard | None) -> str:
    """Return in words how the person likes to be reached; empty when there is no way yet."""
    if card is None:
        return "By e-mail: the address they sign in with" if person.email else ""
    if card.way == Way.NOT:
        return "Does not want to be contacted, and will come"
    found = _found(card)
    return f"{card.get_way_display()}: {found}" if found else ""


def _found(card: ContactCard) -> str:
    by_way = {
        Way.EMAIL: card.email,
        Way.TEXT: card.phone,
        Way.CALL: card.phone,
        Way.POST: card.address,
        Way.THROUGH: card.through_whom,
    }
    return by_way.get(Way(card.way), "")


def _roles(site: Site, people: list[Person]) -> dict[UUID, list[str]]:
    roles: dict[UUID, list[str]] = defaultdict(list)
    for row in Membership.objects.of(site).filter(person__in=people):
        roles[row.person_id].append(words_for(row))
    return roles


def words_for(row: Membership) -> str:
    """Return a role with the space in which it is held; whoever is simply a member is named by the group."""
    role = Role(row.role)
    if row.group is None:
        return role.label
    return row.group.name if role is Role.MEMBER else f"{role.label} in {row.group.name}"


def _cards(site: Site, people: list[Person]) -> dict[UUID, ContactCard]:
    return {card.person_id: card for card in ContactCard.objects.at(site).filter(person__in=people)}


def _line(person: Person, roles: list[str], card: ContactCard | None, waits: Invitation | None) -> Line:
    return Line(person, roles, how_to_reach(person, card), card.access_needs if card else "", waits)
