"""Who is in the demo: one person for each role in the first place, and a crowd of members in all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from kit.actions import Actor
from livingwell.demo.names import AWKWARD, FIRST
from livingwell.demo.under_way import FilledPlace, Filling
from livingwell.demo.words import REACHED
from people.models import Person
from programmes import actions
from programmes.actions.answers import WELCOME, open_account, say_no
from programmes.actions.cards import make_own_card
from programmes.models import Group, Invitation, Membership, Programme, Site
from programmes.roles import Role, SpaceKind

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

MEMBERS_WHO_SIGN_IN = (
    ("Amara", (Role.LIVED_EXPERIENCE,)),
    ("Willow", (Role.LIVED_EXPERIENCE, Role.CARER)),
    ("Bea", (Role.CARER,)),
)
"""Members, and the roles that each takes for themselves, shown to nobody else (rule C2)."""

IN_GROUPS = {
    SpaceKind.MDT: ("Leo", Role.TEAM_LEADER),
    SpaceKind.GOVERNANCE: ("Ruth", Role.BOARD_MEMBER),
}
"""One person for each role that is held in a group; Leo is a member of the Collaborative, too."""

INVITED = {
    "harbour-city": (
        ("Petra", "petra", Role.FACILITATOR, 3),
        ("Kasimir", "kasimir", Role.MEMBER, 4),
        ("Beatriz", "beatriz", Role.MEMBER, 21),
        ("Rosalind", "rosalind", Role.PRACTITIONER_VOLUNTARY, 5),
    ),
    "thornbridge": (("Jonah", "jonah", Role.MEMBER, 6),),
}
"""Who has not answered, as their facilitator calls them, and how many days ago they were invited."""

SAID_NO = {"harbour-city": (("Idris", 9),)}
GROUP_SIZES = {SpaceKind.DESIGN_TEAM: 13}
SAY_HOW_TO_REACH_THEM = 0.6
BRING = {Role.LIVED_EXPERIENCE: 0.38, Role.CARER: 0.14}


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
    later, ottilie = (
        filling.by(filling.operator, filling.now - timedelta(days=4)),
        _address(f"Ottilie-{short}"),
    )
    actions.add_person(at=programme, by=later, name="Ottilie", email=ottilie, roles=[Role.COACH])


def join(filling: Filling, place: FilledPlace, spare: list[str]) -> None:
    """Add the people of one place, over its first year; the first place has one for each role."""
    if _has_every_role(place):
        _one_for_each_role(filling, place)
    while len(place.members) < place.demo.members:
        _join_the_crowd(filling, place, spare)
    _groups(filling, place)


def _has_every_role(place: FilledPlace) -> bool:
    return place.demo.slug == "harbour-city"


def _join_the_crowd(filling: Filling, place: FilledPlace, spare: list[str]) -> None:
    chance, joined = filling.random, filling.months_ago(24 - filling.random.uniform(0, 12))
    email = "" if chance.random() < 0.4 else f"person-{len(spare)}@demo.example"
    person = _add(place.site, filling.by(place.facilitator, joined), spare.pop(0), email, Role.MEMBER)
    place.members.append(person)
    if chance.random() < SAY_HOW_TO_REACH_THEM:
        takes = [role for role, share in BRING.items() if chance.random() < share]
        _say_of_oneself(filling, place, person, joined + timedelta(days=1), takes)


def _say_of_oneself(
    filling: Filling, place: FilledPlace, person: Person, at: datetime, takes: Sequence[Role]
) -> None:
    said = filling.random.choice(REACHED)
    make_own_card(at=place.site, by=filling.by(person, at), takes=takes, **said)


def _one_for_each_role(filling: Filling, place: FilledPlace) -> None:
    by = filling.by(place.facilitator, filling.months_ago(24))
    for name, role in HARBOUR_ROLES:
        _add(place.site, by, name, _address(name), role)
    for name, takes in MEMBERS_WHO_SIGN_IN:
        person = _add(place.site, by, name, _address(name), Role.MEMBER)
        place.members.append(person)
        _say_of_oneself(filling, place, person, by.now + timedelta(days=1), takes)
    grace = Person.objects.get_by_natural_key(_address("Grace"))
    actions.hold_role(at=place.site, by=by, person=grace, role=Role.MEMBER, group=place.collaborative)
    place.members.append(grace)


def _groups(filling: Filling, place: FilledPlace) -> None:
    for kind, name, purpose, months in place.demo.groups:
        by = filling.by(place.facilitator, filling.months_ago(months))
        group = actions.add_group(at=place.site, by=by, kind=kind, name=name, purpose=purpose)
        crowd = place.members[4:]
        for person in filling.random.sample(crowd, min(GROUP_SIZES.get(SpaceKind(kind), 12), len(crowd))):
            role = Role.BOARD_MEMBER if kind == SpaceKind.GOVERNANCE else Role.MEMBER
            actions.hold_role(at=place.site, by=by, person=person, role=role, group=group)
        if _has_every_role(place) and kind in IN_GROUPS:
            _hold_in_group(place, by, group)


def _hold_in_group(place: FilledPlace, by: Actor, group: Group) -> None:
    """Add somebody for the group's sake; a board member comes as a member, and stays on the board alone."""
    name, role = IN_GROUPS[SpaceKind(group.kind)]
    person = _add(place.site, by, name, _address(name), Role.MEMBER)
    actions.hold_role(at=place.site, by=by, person=person, role=role, group=group)
    if role is Role.BOARD_MEMBER:
        member = Membership.objects.get(person=person, role=Role.MEMBER)
        actions.end_role(at=place.site, by=by, person_id=person.pk, membership_id=member.pk)


def _address(name: str) -> str:
    return f"{name.lower()}@demo.example"


def _add(at: Programme | Site, by: Actor, name: str, email: str, role: Role) -> Person:
    """Add somebody, or invite them; whoever is invited says yes at once."""
    invitation = actions.add_person(at=at, by=by, name=name, email=email, roles=[role])
    return invitation.person or say_yes(at, by, invitation)


def invite(filling: Filling, place: FilledPlace) -> None:
    """Invite some who have not answered: links that work, that ran out, and a no."""
    for name, email, role, days in INVITED.get(place.demo.slug, ()):
        by = filling.by(place.facilitator, filling.now - timedelta(days=days))
        address = f"{email}@demo.example"
        actions.add_person(at=place.site, by=by, name=name, email=address, roles=[role])
    for name, days in SAID_NO.get(place.demo.slug, ()):
        by = filling.by(place.facilitator, filling.now - timedelta(days=days))
        invitation = actions.add_person(
            at=place.site, by=by, name=name, email=_address(name), roles=[Role.MEMBER]
        )
        say_no(at=place.site, by=replace(by, person=None, system=WELCOME), invitation=invitation)


def say_yes(at: Programme | Site, by: Actor, invitation: Invitation) -> Person:
    """Bring in somebody who was invited, at the moment of `by`."""
    welcome = replace(by, person=None, system=WELCOME)
    return open_account(at=at, by=welcome, invitation=invitation, name=invitation.name)
