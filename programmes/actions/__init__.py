"""What people do in programmes and places: the only writers of these tables."""

from programmes.actions.cards import CannotKeepCard
from programmes.actions.codes import where_to_type
from programmes.actions.groups import KINDS_TO_ADD, CannotKeepGroup, add_group, change_group
from programmes.actions.invitations import (
    ANSWERED,
    CannotAddPerson,
    CannotChangeInvitation,
    add_person,
    invite_again,
    take_back_invitation,
)
from programmes.actions.leaving import (
    CannotLeave,
    end_role,
    leave_place,
    remove_person,
    why_keeper_stays,
    why_no_leave,
)
from programmes.actions.links import (
    CannotInvite,
    CannotLetIn,
    hand_over_link,
    invite,
    let_in,
    link_of,
    needs_no_link,
    opens_more_than,
)
from programmes.actions.programmes import (
    CannotAddPlace,
    CannotBegin,
    add_operator,
    add_programme,
    add_site,
    change_programme,
    first_link_of,
    short_name_of,
)
from programmes.actions.roles import CannotChangeRole, hold_role
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
    "ANSWERED",
    "KINDS_TO_ADD",
    "CannotAddPerson",
    "CannotAddPlace",
    "CannotBegin",
    "CannotChangeInvitation",
    "CannotChangeRole",
    "CannotInvite",
    "CannotKeepCard",
    "CannotKeepGroup",
    "CannotKeepLocality",
    "CannotLeave",
    "CannotLetIn",
    "CannotRest",
    "CannotSetStage",
    "add_group",
    "add_locality",
    "add_operator",
    "add_person",
    "add_programme",
    "add_site",
    "change_group",
    "change_programme",
    "change_settings",
    "change_support_lines",
    "earlier_not_begun",
    "end_role",
    "first_link_of",
    "hand_over_link",
    "hold_role",
    "invite",
    "invite_again",
    "leave_place",
    "let_in",
    "link_of",
    "needs_no_link",
    "opens_more_than",
    "remove_locality",
    "remove_person",
    "rename_locality",
    "rest_site",
    "set_stage",
    "short_name_of",
    "take_back_invitation",
    "where_to_type",
    "why_keeper_stays",
    "why_no_leave",
]
