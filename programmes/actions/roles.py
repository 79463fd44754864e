"""Which roles a place and a programme have, and giving one to somebody who takes part.

The same actions serve a place and a programme, since a role is held in a space and either is one.
"""

from uuid import UUID

from kit.actions import Actor, Question, Stray, action
from kit.models import Scope
from kit.names import is_among
from people.models import Person
from programmes.access import roles_of
from programmes.models import Group, Membership
from programmes.roles import WHOM_TO_TELL, Role, SpaceKind

ROLES_HERE: tuple[Role, ...] = (Role.MEMBER, *roles_of(SpaceKind.SITE))
"""What somebody can be added to a place as; a member is a member of its Collaborative."""

ROLES_TO_ADD = {
    Scope.Kind.SITE.value: ROLES_HERE,
    Scope.Kind.PROGRAMME.value: tuple(roles_of(SpaceKind.PROGRAMME)),
}

KEEPERS = {Scope.Kind.SITE.value: Role.FACILITATOR, Scope.Kind.PROGRAMME.value: Role.PROGRAMME_LEAD}
"""Who must never be missing: without them nobody could let anybody in."""

TURNED_TO = (
    "Somebody else here is called {name}, too, and people would turn to either. Help names this one from now "
    "on. If that is meant, press the button again."
)


class CannotChangeRole(Exception):
    """The role cannot be given or ended; the message says why."""


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
    if not sure and role in WHOM_TO_TELL and is_anothers_name(at, person, person.name):
        raise Question(TURNED_TO.format(name=person.name), about="where")
    return _hold(at, person, Role(role), group, by)


def bring_in(at: Scope, person: Person, roles: list[str], by: Actor) -> None:
    """Make `person` what they said yes to, inside an action; what they are here already stays as it is."""
    for role in map(Role, roles):
        group = _group_for(at, role)
        if not Membership.objects.filter(person=person, scope_id=at.pk, role=role, group=group).exists():
            _hold(at, person, role, group, by)


def is_anothers_name(at: Scope, person: Person, name: str) -> bool:
    """Return whether somebody of this place other than `person` goes by `name`, however it is written."""
    others = Membership.objects.of(at).exclude(person=person)
    return is_among(name, others.values_list("person__name", flat=True))


def person_of(at: Scope, person_id: UUID) -> Person:
    """Return the person with this id, who takes part in `at`.

    Raises:
        Stray: nobody of this place has it.
    """
    row = Membership.objects.of(at).filter(person_id=person_id).first()
    if row is None:
        raise Stray("Nobody here has this id.")
    return row.person


def _group_for(at: Scope, role: Role) -> Group | None:
    if role is not Role.MEMBER:
        return None
    return Group.objects.of(at).get(kind=SpaceKind.COLLABORATIVE)


def _hold(at: Scope, person: Person, role: Role, group: Group | None, by: Actor) -> Membership:
    return Membership.objects.create(person=person, scope_id=at.pk, role=role, group=group, since=by.now)
