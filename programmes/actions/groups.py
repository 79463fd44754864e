"""The groups of a place: making one, and saying what it is for."""

from kit.actions import Actor, action
from programmes.models import Group, Site
from programmes.roles import GROUP_KINDS, SpaceKind

KINDS_TO_ADD = tuple(kind for kind in GROUP_KINDS if kind is not SpaceKind.COLLABORATIVE)
"""A place has one Collaborative, made with it."""


class CannotKeepGroup(Exception):
    """The group cannot be made or changed like this; the message says why."""


@action
def add_group(*, at: Site, by: Actor, kind: str, name: str, purpose: str = "") -> Group:
    """Make a group in a place, with nobody in it yet.

    Raises:
        CannotKeepGroup: another group here has this name, or it would be a second Collaborative.
    """
    if kind not in KINDS_TO_ADD:
        raise CannotKeepGroup("A place has one Collaborative.")
    _refuse_a_taken_name(at, name)
    return Group.objects.create(scope=at, kind=kind, name=name, purpose=purpose)


@action(edits="group")
def change_group(*, at: Site, by: Actor, group: Group, name: str, purpose: str = "") -> Group:
    """Change a group's name and what it is for.

    Raises:
        CannotKeepGroup: another group here has this name.
    """
    _refuse_a_taken_name(at, name, but=group)
    group.name, group.purpose = name, purpose
    group.save(update_fields=["name", "purpose"])
    return group


def _refuse_a_taken_name(at: Site, name: str, but: Group | None = None) -> None:
    if any(group != but for group in Group.objects.of(at).filter(name__iexact=name)):
        raise CannotKeepGroup("Another group here has this name.")
