"""The tables of a programme: its sites and localities, groups and who is in them, the journey's states."""

from programmes.models.invitations import Invitation
from programmes.models.journey import PlaceCard, StageState
from programmes.models.people import ContactCard, Membership, TakenRole
from programmes.models.places import Locality, Programme, Site
from programmes.models.spaces import Group, GroupOwned, Within

__all__ = [
    "ContactCard",
    "Group",
    "GroupOwned",
    "Invitation",
    "Locality",
    "Membership",
    "PlaceCard",
    "Programme",
    "Site",
    "StageState",
    "TakenRole",
    "Within",
]
