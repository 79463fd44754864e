"""Who is in the demo: one person for each role in the first place, and a crowd of members in all of them."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from kit.actions import Actor
from livingwell.demo.names import AWKWARD, FIRST
from people.models import Person
from programmes import actions
from programmes.models import Group, Programme, Site
from programmes.roles import Role, SpaceKind

if TYPE_CHECKING:
    from livingwell.demo.filling import FilledPlace, Filling

FACILITATORS = {
    "harbour-city": "Sam",
    "millvale-and-dene": "Gwen",
    "thornbridge": "Nadeem",
    "eastmere": "Iona",
    "alderwick": "Mair",
    "fenholm": "Ellis",
}

HARBOUR_ROLES = (
    ("Tomasz", Role.PRACTITIONER_VOLUNTARY),
    ("Helena", Role.PRACTITIONER_STATUTORY),
    ("Marcus", Role.MANAGER),
    ("Grace", Role.COMMISSIONER),
    ("Omar", Role.SAFEGUARDING_LEAD),
    ("Ines", Role.CONSENT_LEAD),
)
"""One person for each role that is held in a place; Grace is a member too: two hats, kept apart."""

MEMBERS_WHO_SIGN_IN = ("Amara", "Willow", "Bea")
"""Lived experience, lived experience and carer, carer: taken by themselves, shown to nobody else."""


def names(random: Random) -> list[str]:
    """Return more names than there are people, the awkward ones among the first."""
    plain = [f"{first} {letter}" for letter in "BMTW" for first in FIRST]
    chosen = random.sample(FIRST, len(FIRST)) + plain
    return [*AWKWARD[:4], *chosen[:40], *AWKWARD[4:], *chosen[40:]]


def lead(
    filling: Filling, programme: Programme, name: str, short: str, coaches: tuple[tuple[str, str], ...]
) -> None:
    """Add who leads and coaches a programme."""
    by = filling.by(filling.operator, filling.months_ago(26))
    _add(programme, by, name, f"{short}@demo.example", Role.PROGRAMME_LEAD)
    for coach, email in coaches:
        _add(programme, by, coach, f"{email}@demo.example", Role.COACH)


def join(filling: Filling, place: FilledPlace, spare: list[str]) -> None:
    """Add the people of one place, over its first year; the first place has one for each role."""
    if place.demo.slug == "harbour-city":
        _one_for_each_role(filling, place)
    while len(place.members) < place.demo.members:
        joined = filling.months_ago(24 - filling.random.uniform(0, 12))
        email = "" if filling.random.random() < 0.4 else _address(len(spare))
        place.members.append(
            _add(place.site, filling.by(place.facilitator, joined), spare.pop(0), email, Role.MEMBER)
        )
    _groups(filling, place)


def _address(number: int) -> str:
    return f"person-{number}@demo.example"


def _one_for_each_role(filling: Filling, place: FilledPlace) -> None:
    by = filling.by(place.facilitator, filling.months_ago(24))
    for name, role in HARBOUR_ROLES:
        _add(place.site, by, name, f"{name.lower()}@demo.example", role)
    for name in MEMBERS_WHO_SIGN_IN:
        place.members.append(_add(place.site, by, name, f"{name.lower()}@demo.example", Role.MEMBER))
    grace = Person.objects.get_by_natural_key("grace@demo.example")
    actions.hold_role(at=place.site, by=by, person=grace, role=Role.MEMBER, group=place.collaborative)
    place.members.append(grace)


def _groups(filling: Filling, place: FilledPlace) -> None:
    by = filling.by(place.facilitator, filling.months_ago(10))
    for kind, name in place.demo.groups:
        group = actions.add_group(at=place.site, by=by, kind=kind, name=name)
        for person in filling.random.sample(place.members[4:], min(12, len(place.members) - 4)):
            _hold(place, by, person, group)


def _hold(place: FilledPlace, by: Actor, person: Person, group: Group) -> None:
    role = Role.BOARD_MEMBER if group.kind == SpaceKind.GOVERNANCE else Role.MEMBER
    actions.hold_role(at=place.site, by=by, person=person, role=role, group=group)


def _add(at: Programme | Site, by: Actor, name: str, email: str, role: Role) -> Person:
    return actions.add_person(at=at, by=by, name=name, email=email, roles=[role]).person
