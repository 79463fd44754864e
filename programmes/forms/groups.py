"""Forms about groups: making one, saying what it is for, and who joins it."""

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.http import QueryDict

from kit.forms import Form, Rewording
from kit.widgets import RadiosWithHints
from people.models import Person
from programmes.access import roles_of
from programmes.actions.groups import KINDS_TO_ADD
from programmes.models import Group
from programmes.roles import Role, SpaceKind

WHAT_EACH_KIND_DOES = {
    SpaceKind.DESIGN_TEAM: "12 to 15 people turn what was heard into ideas. The Collaborative agrees who.",
    SpaceKind.PROTOTYPING_TEAM: "A few people try one thing, for a short time, and say what they learned.",
    SpaceKind.MDT: "People from different services work as one team, with tools that were made together.",
    SpaceKind.COMMUNITY_OF_PRACTICE: "Team leaders meet, bring real dilemmas, and help each other.",
    SpaceKind.GOVERNANCE: "Comes last: it protects what has grown, and never steers it.",
    SpaceKind.COACHING_PAIR: "A coach and the person they coach. What they write stays between them.",
}


class ChangeGroup(Rewording):
    """What a group is called and what it is for."""

    name = forms.CharField(
        label="What the group is called",
        max_length=80,
        error_messages={"required": "Enter what the group is called"},
    )
    purpose = forms.CharField(
        label="What it is for",
        help_text="One or two sentences that somebody new understands.",
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class AddGroup(ChangeGroup):
    """A new group: which kind, its name and purpose."""

    kind = forms.ChoiceField(
        label="What kind of group",
        choices=[(kind.value, kind.label) for kind in KINDS_TO_ADD],
        error_messages={"required": "Choose what kind of group it is"},
        widget=RadiosWithHints(hints={kind.value: words for kind, words in WHAT_EACH_KIND_DOES.items()}),
    )

    field_order = ("kind", "name", "purpose")


class JoinGroup(Form):
    """Somebody of the place who joins a group, and as what."""

    person = forms.ChoiceField(label="Who joins", error_messages={"required": "Choose who joins"})
    role = forms.ChoiceField(
        label="As what", widget=forms.RadioSelect, error_messages={"required": "Choose as what they join"}
    )

    def __init__(
        self, data: QueryDict | None = None, *, group: Group, people: Collection[Person], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.people = {str(person.pk): person for person in people}
        roles = roles_of(SpaceKind(group.kind))
        self._offer("person", [("", "Choose"), *((pk, person.name) for pk, person in self.people.items())])
        self._offer("role", [(role.value, role.label.capitalize()) for role in roles])
        self.fields["role"].initial = next(iter(roles), Role.MEMBER).value

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def clean_person(self) -> Person:
        """Give the action the person."""
        return self.people[self.cleaned_data["person"]]
