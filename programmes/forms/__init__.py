"""What people type about a place, its people, groups and path: is it sensible?"""

from programmes.forms.groups import AddGroup, ChangeGroup, JoinGroup
from programmes.forms.people import (
    AddFacilitator,
    AddPerson,
    AddProgrammePerson,
    ChangeInvitation,
    GiveRole,
    MakeLink,
    Press,
    PutDownRole,
    Somebody,
)
from programmes.forms.places import AddProgramme, AddSite, ChangeProgramme
from programmes.forms.settings import ChangeSettings, ChangeSupportLines, KeepLocality, RestSite
from programmes.forms.stages import SetStage

__all__ = [
    "AddFacilitator",
    "AddGroup",
    "AddPerson",
    "AddProgramme",
    "AddProgrammePerson",
    "AddSite",
    "ChangeGroup",
    "ChangeInvitation",
    "ChangeProgramme",
    "ChangeSettings",
    "ChangeSupportLines",
    "GiveRole",
    "JoinGroup",
    "KeepLocality",
    "MakeLink",
    "Press",
    "PutDownRole",
    "RestSite",
    "SetStage",
    "Somebody",
]
