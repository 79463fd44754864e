"""What people do in programmes and places: the only writers of these tables."""

from programmes.actions.cards import CannotKeepCard
from programmes.actions.groups import KINDS_TO_ADD, CannotKeepGroup, add_group, change_group
from programmes.actions.invitations import CannotAccept, CannotInvite, accept_invitation, invite
from programmes.actions.people import (
    ROLES_HERE,
    CannotAddPerson,
    CannotChangeRole,
    CannotLetIn,
    add_person,
    end_role,
    hand_over_link,
    hold_role,
    let_in,
    link_of,
    remove_person,
)
from programmes.actions.programmes import (
    CannotAddPlace,
    CannotBegin,
    add_operator,
    add_programme,
    add_site,
    first_link_of,
    short_name_of,
)
from programmes.actions.settings import (
    CannotKeepLocality,
    CannotRest,
    add_locality,
    change_settings,
    change_support_lines,
    remove_locality,
    rename_locality,
    rest_site,
)
from programmes.actions.stages import CannotSetStage, earlier_not_begun, set_stage

__all__ = [
    "KINDS_TO_ADD",
    "ROLES_HERE",
    "CannotAccept",
    "CannotAddPerson",
    "CannotAddPlace",
    "CannotBegin",
    "CannotChangeRole",
    "CannotInvite",
    "CannotKeepCard",
    "CannotKeepGroup",
    "CannotKeepLocality",
    "CannotLetIn",
    "CannotRest",
    "CannotSetStage",
    "accept_invitation",
    "add_group",
    "add_locality",
    "add_operator",
    "add_person",
    "add_programme",
    "add_site",
    "change_group",
    "change_settings",
    "change_support_lines",
    "earlier_not_begun",
    "end_role",
    "first_link_of",
    "hand_over_link",
    "hold_role",
    "invite",
    "let_in",
    "link_of",
    "remove_locality",
    "remove_person",
    "rename_locality",
    "rest_site",
    "set_stage",
    "short_name_of",
]
