"""Who may do what, in which space: the whole policy on one screen.

A role is held in a space: the installation, a programme, a site or a group. A permission is asked in one.
`GRANTS` is the only place where the two meet, so a right reaches another space only where a line says so:
nothing flows down because of rank (README 2.7; the matrix follows domain.md 3.2).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar, cast

from django.db.models import Model, QuerySet
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from people.models import Person
from programmes.models import Group, Membership, Programme, Site
from programmes.models.places import place_of
from programmes.roles import Role, SpaceKind

RowT = TypeVar("RowT", bound=Model)

ANY_GROUP = SpaceKind.COACHING_PAIR
"""Stands for "the group named in the address", whatever its kind."""


@dataclass(frozen=True)
class Right:
    """What a permission is: in words, where it is asked, and whether it changes anything."""

    words: str
    asked_in: SpaceKind
    changes: bool = False
    also_when_resting: bool = False


class Permission(Enum):
    """What somebody may do; a verb and a noun each."""

    RUN_INSTALLATION = Right("add programmes and places", SpaceKind.INSTALLATION, changes=True)
    SEE_PROGRAMME = Right("see the places of the programme, in words", SpaceKind.PROGRAMME)
    CHANGE_PROGRAMME_PEOPLE = Right("say who leads and coaches", SpaceKind.PROGRAMME, changes=True)
    SEE_HOME = Right("see the place’s path", SpaceKind.SITE)
    SEE_PEOPLE = Right("see who takes part, by name", SpaceKind.SITE)
    CHANGE_PEOPLE = Right(
        "add people and change who is in what", SpaceKind.SITE, changes=True, also_when_resting=True
    )
    SEE_CONTACTS = Right("see how to reach people", SpaceKind.SITE)
    KEEP_OWN_CARD = Right(
        "say how to reach you and what you bring", SpaceKind.SITE, changes=True, also_when_resting=True
    )
    CHANGE_SETTINGS = Right("change the place’s settings", SpaceKind.SITE, changes=True)
    REST_SITE = Right(
        "pause the place, leave, or come back", SpaceKind.SITE, changes=True, also_when_resting=True
    )
    SET_STAGE = Right("say where the place stands on its path", SpaceKind.SITE, changes=True)
    SEE_WHY = Right("read the vision and values", SpaceKind.SITE)
    ADD_VOICE = Right("add a voice behind the vision", SpaceKind.SITE, changes=True)
    TAKE_BACK_VOICE = Right(
        "take somebody’s words back when they ask", SpaceKind.SITE, changes=True, also_when_resting=True
    )
    TAKE_BACK_OWN_VOICE = Right(
        "read and take back the voices you added", SpaceKind.SITE, changes=True, also_when_resting=True
    )
    WRITE_WHY = Right("write the next vision and values", SpaceKind.SITE, changes=True)
    ADOPT_WHY = Right("record that the Collaborative adopted the vision", SpaceKind.SITE, changes=True)
    SEE_PROGRESS = Right("read released progress", SpaceKind.SITE)
    SEE_REPORTS = Right("see which reports there are", SpaceKind.SITE)
    MAKE_REPORT = Right("make a report", SpaceKind.SITE, changes=True)
    RELEASE_REPORT = Right("release a report and name its readers", SpaceKind.SITE, changes=True)
    SEE_GATHERINGS = Right("see the gatherings", SpaceKind.COLLABORATIVE)
    PLAN_GATHERING = Right("plan a gathering", SpaceKind.COLLABORATIVE, changes=True)
    RECORD_GATHERING = Right("record a gathering", SpaceKind.COLLABORATIVE, changes=True)
    ADD_DISSENT = Right("add a worry about an agreement", SpaceKind.COLLABORATIVE, changes=True)
    ANSWER_DISSENT = Right("answer a worry", SpaceKind.COLLABORATIVE, changes=True)
    SEE_GROUP = Right("see the group and its people", ANY_GROUP)


P = Permission
_ITS_OWN = frozenset({P.SEE_WHY, P.KEEP_OWN_CARD, P.TAKE_BACK_OWN_VOICE})
_IN_THE_PLACE = _ITS_OWN | {P.SEE_HOME}
_EVERY_MEMBER = _IN_THE_PLACE | {
    P.SEE_PEOPLE, P.ADD_VOICE, P.SEE_PROGRESS, P.SEE_REPORTS, P.SEE_GATHERINGS,
    P.ADD_DISSENT, P.SEE_GROUP,
}  # fmt: skip
_READS_RELEASED = _ITS_OWN | {P.SEE_PROGRESS, P.SEE_REPORTS}
_RUNS_THE_PLACE = _EVERY_MEMBER | {
    P.CHANGE_PEOPLE, P.SEE_CONTACTS, P.CHANGE_SETTINGS, P.REST_SITE, P.SET_STAGE, P.WRITE_WHY,
    P.TAKE_BACK_VOICE, P.ADOPT_WHY, P.MAKE_REPORT, P.RELEASE_REPORT, P.PLAN_GATHERING, P.RECORD_GATHERING,
    P.ANSWER_DISSENT,
}  # fmt: skip
_IN_A_GROUP = _IN_THE_PLACE | {P.SEE_GROUP}

GRANTS: Mapping[tuple[SpaceKind, Role], frozenset[Permission]] = {
    (SpaceKind.INSTALLATION, Role.OPERATOR): frozenset({P.RUN_INSTALLATION}),
    (SpaceKind.PROGRAMME, Role.PROGRAMME_LEAD): frozenset(
        {P.SEE_PROGRAMME, P.CHANGE_PROGRAMME_PEOPLE, P.REST_SITE, P.SEE_REPORTS}
    ),
    (SpaceKind.PROGRAMME, Role.COACH): frozenset({P.SEE_PROGRAMME, P.SEE_REPORTS}),
    (SpaceKind.SITE, Role.FACILITATOR): _RUNS_THE_PLACE,
    (SpaceKind.SITE, Role.SAFEGUARDING_LEAD): _IN_THE_PLACE | {P.SEE_PEOPLE},
    (SpaceKind.SITE, Role.CONSENT_LEAD): _IN_THE_PLACE,
    (SpaceKind.SITE, Role.PRACTITIONER_STATUTORY): _IN_THE_PLACE | {P.SEE_PROGRESS, P.SEE_REPORTS},
    (SpaceKind.SITE, Role.PRACTITIONER_VOLUNTARY): _IN_THE_PLACE | {P.SEE_PROGRESS, P.SEE_REPORTS},
    (SpaceKind.SITE, Role.MANAGER): _IN_THE_PLACE | {P.SEE_PROGRESS, P.SEE_REPORTS},
    (SpaceKind.SITE, Role.COMMISSIONER): _READS_RELEASED,
    (SpaceKind.COLLABORATIVE, Role.MEMBER): _EVERY_MEMBER,
    (SpaceKind.DESIGN_TEAM, Role.MEMBER): _IN_A_GROUP,
    (SpaceKind.PROTOTYPING_TEAM, Role.MEMBER): _IN_A_GROUP,
    (SpaceKind.MDT, Role.MEMBER): _IN_A_GROUP,
    (SpaceKind.MDT, Role.TEAM_LEADER): _IN_A_GROUP,
    (SpaceKind.COMMUNITY_OF_PRACTICE, Role.MEMBER): _IN_A_GROUP,
    (SpaceKind.GOVERNANCE, Role.BOARD_MEMBER): _READS_RELEASED | {P.SEE_GROUP},
    (SpaceKind.COACHING_PAIR, Role.MEMBER): frozenset({P.SEE_GROUP, P.KEEP_OWN_CARD}),
}
"""Lived experience and carer have no line: who takes them stays a member among members (C1, C2)."""

LEADERS_HATS = frozenset({Role.COMMISSIONER, Role.BOARD_MEMBER})
READ_AS_RELEASED = frozenset({P.SEE_PROGRESS, P.SEE_REPORTS})

Space = Programme | Site | Group


def roles_of(kind: SpaceKind) -> list[Role]:
    """Return the roles that can be held in a space of this kind, in the order of the table above."""
    return [role for held_in, role in GRANTS if held_in == kind]


def _held_in(membership: Membership, scope: Programme | Site) -> SpaceKind:
    if membership.group is not None:
        return SpaceKind(membership.group.kind)
    return (
        SpaceKind.SITE if membership.scope_id == scope.pk and isinstance(scope, Site) else SpaceKind.PROGRAMME
    )


@dataclass(frozen=True)
class Standing:
    """What one person may do in one scope. Made afresh for each request: a role removed is gone at once."""

    person: Person
    scope: Programme | Site | None
    held: tuple[tuple[SpaceKind, Role, Group | None], ...]

    def may(self, permission: Permission, group: Group | None = None) -> bool:
        """Say whether this person may; for a right asked in any group, `group` says which one."""
        if self._rests(permission):
            return False
        return any(self._reaches(held, permission, group) for held in self.held)

    def hats(self, permission: Permission, group: Group | None = None) -> list[Role]:
        """Return the roles through which this person opens the page that asks this right.

        Two hats are kept apart: who reads what was released reads it as a leader, if they are one; everywhere
        else a leader who is also a member is a member among members.
        """
        roles = {held[1] for held in self.held if self._reaches(held, permission, group)}
        as_leader, otherwise = roles & LEADERS_HATS, roles - LEADERS_HATS
        worn = (as_leader or otherwise) if permission in READ_AS_RELEASED else (otherwise or as_leader)
        return [role for role in Role if role in worn]

    @property
    def is_stranger(self) -> bool:
        """Whether this person holds nothing here: to them the place does not exist."""
        return not self.held

    def _rests(self, permission: Permission) -> bool:
        right = permission.value
        resting = isinstance(self.scope, Site) and not self.scope.is_at_work
        return resting and right.changes and not right.also_when_resting

    @staticmethod
    def _reaches(
        held: tuple[SpaceKind, Role, Group | None], permission: Permission, group: Group | None
    ) -> bool:
        held_in, role, held_group = held
        if permission not in GRANTS.get((held_in, role), ()):
            return False
        if permission.value.asked_in is not ANY_GROUP or held_group is None:
            return True
        return group is not None and group.pk == held_group.pk


def standing_of(person: Person, scope: Programme | Site | None) -> Standing:
    """Return what `person` holds in `scope` and in its programme; one query, none for the installation."""
    if scope is None:
        operator = ((SpaceKind.INSTALLATION, Role.OPERATOR, None),) if person.is_staff else ()
        return Standing(person, None, operator)
    rows = Membership.objects.filter(person=person, scope_id__in={scope.pk, scope.programme_id})
    return Standing(person, scope, tuple(_held(rows.select_related("group"), scope)))


def standings_of(person: Person) -> list[Standing]:
    """Return what `person` holds anywhere, one standing for each programme or site, by name; one query."""
    rows = Membership.objects.filter(person=person).select_related(
        "group", "scope__site__within__programme", "scope__programme"
    )
    held: dict[Programme | Site, list[Membership]] = {}
    for row in rows:
        held.setdefault(place_of(row.scope), []).append(row)
    found = [Standing(person, scope, tuple(_held(rows, scope))) for scope, rows in held.items()]
    return sorted(found, key=lambda standing: str(standing.scope).casefold())


def _held(
    rows: Iterable[Membership], scope: Programme | Site
) -> Iterable[tuple[SpaceKind, Role, Group | None]]:
    for row in rows:
        in_a_group_above = row.group_id is not None and row.scope_id != scope.pk
        if not in_a_group_above:
            yield _held_in(row, scope), Role(row.role), row.group


def named_rows(person: Person, codename: str, rows: "QuerySet[RowT]") -> "QuerySet[RowT]":
    """Keep the rows that name `person` for `codename`; one query, no matter how many rows (README 2.8)."""
    return cast("QuerySet[RowT]", get_objects_for_user(
        person, codename, klass=rows, use_groups=False, with_superuser=False, accept_global_perms=False
    ))  # fmt: skip


def name_person(person: Person, codename: str, row: Model) -> None:
    """Name `person` for `codename` on one row; call it from an action."""
    assign_perm(codename, person, row)


def unname_person(person: Person, codename: str, row: Model) -> None:
    """Take back what `name_person` gave; call it from an action."""
    remove_perm(codename, person, row)
