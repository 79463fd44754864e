"""The words for who somebody is in a space, and for the kinds of space there are."""

from django.db import models


class SpaceKind(models.TextChoices):
    """The kinds of space in which a role can be held (README 2.7)."""

    INSTALLATION = "installation", "this installation"
    PROGRAMME = "programme", "the programme"
    SITE = "site", "the place"
    COLLABORATIVE = "collaborative", "the Collaborative"
    DESIGN_TEAM = "design_team", "a Design Team"
    PROTOTYPING_TEAM = "prototyping_team", "a Prototyping Team"
    MDT = "mdt", "a multidisciplinary team (MDT)"
    COMMUNITY_OF_PRACTICE = "community_of_practice", "a Community of Practice"
    GOVERNANCE = "governance", "a governance group"
    COACHING_PAIR = "coaching_pair", "a coaching pair"


GROUP_KINDS = tuple(
    kind for kind in SpaceKind if kind not in (SpaceKind.INSTALLATION, SpaceKind.PROGRAMME, SpaceKind.SITE)
)


class Role(models.TextChoices):
    """What somebody is in a space. The database keeps the short word, never a path into the code."""

    OPERATOR = "operator", "operator"
    PROGRAMME_LEAD = "programme_lead", "programme lead"
    COACH = "coach", "coach"
    FACILITATOR = "facilitator", "facilitator"
    SAFEGUARDING_LEAD = "safeguarding_lead", "safeguarding lead"
    CONSENT_LEAD = "consent_lead", "consent lead"
    PRACTITIONER_STATUTORY = "practitioner_statutory", "practitioner, statutory"
    PRACTITIONER_VOLUNTARY = "practitioner_voluntary", "practitioner, voluntary sector"
    MANAGER = "manager", "manager"
    COMMISSIONER = "commissioner", "commissioner"
    MEMBER = "member", "member"
    TEAM_LEADER = "team_leader", "team leader"
    BOARD_MEMBER = "board_member", "board member"
    LIVED_EXPERIENCE = "lived_experience", "person with lived experience"
    CARER = "carer", "carer"


TAKEN_ROLES = (Role.LIVED_EXPERIENCE, Role.CARER)
"""Roles that a person takes for themselves; only they see them, others see a member (README 2.7, rule C2)."""


WHOM_TO_TELL = (Role.FACILITATOR, Role.SAFEGUARDING_LEAD)
"""Who is named to everybody of a place: somebody with a worry must know whom to tell (ST10)."""


class Perspective(models.TextChoices):
    """What people bring to a room. Shown as totals only, never beside a name (rule C2)."""

    LIVED_EXPERIENCE = "lived_experience", "Lived experience"
    CARER = "carer", "Carer"
    STATUTORY = "statutory", "Practitioner, statutory"
    VOLUNTARY = "voluntary", "Practitioner, voluntary sector"
    MANAGER = "manager", "Manager"
    COMMISSIONER = "commissioner", "Commissioner"
    COMMUNITY = "community", "Community"
