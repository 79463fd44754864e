"""Forms about people: adding somebody, giving a role, and the buttons that need no words."""

from collections.abc import Collection, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from kit.forms import Asking, Form
from programmes.access import roles_of
from programmes.actions.roles import ROLES_HERE
from programmes.models import Group
from programmes.roles import Role, SpaceKind

NAME = "Enter the name they would like to go by"
EMAIL = "Enter an e-mail address like name@example.org"

Choices = Sequence[tuple[str, str]]


def words_for(role: Role) -> str:
    """Return a role with a capital letter; a member is a member of the Collaborative."""
    return "Member of the Collaborative" if role is Role.MEMBER else role.label.capitalize()


class Press(Form):
    """A button and nothing else. A page may hold many of them, so they have no ids."""

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id=False, **kwargs)


class MakeLink(Press):
    """Makes a link: by letter where one can go, or `by_hand`, to be shown and handed over."""

    by_hand = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ChangeInvitation(Press):
    """What to do with an invitation that waits: three buttons, each with a form and a key of its own."""

    WHAT = SEND, BY_HAND, TAKE_BACK = "send", "by_hand", "take_back"

    what = forms.ChoiceField(choices=[(each, each) for each in WHAT], widget=forms.HiddenInput)


class Somebody(Asking):
    """Somebody who is to come here; a name that stands here already is asked about once.

    Whoever has an e-mail is invited, and in once they say yes (`actions.add_person`).
    """

    asks_about = "name"

    name = forms.CharField(
        label="The name they go by",
        help_text="Leave out titles.",
        max_length=80,
        error_messages={"required": NAME},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="E-mail they sign in with",
        required=False,
        max_length=254,
        error_messages={"invalid": EMAIL},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )


class AddPerson(Somebody):
    """Somebody who is to take part in a place. Nobody needs an e-mail address (rule C5)."""

    roles = forms.MultipleChoiceField(
        label="What they are here",
        choices=[(role.value, words_for(role)) for role in ROLES_HERE],
        help_text="Most people are members of the Collaborative. Who only reads what is released, as a "
        "commissioner, need not be.",
        error_messages={"required": "Choose at least one thing they are here"},
        widget=forms.CheckboxSelectMultiple,
    )


class AddFacilitator(Somebody):
    """Somebody who is to run a place; with or without an e-mail address."""

    def clean(self) -> dict[str, Any]:
        """Say what they are to be, as the action takes it."""
        super().clean()
        return {**self.cleaned_data, "roles": [Role.FACILITATOR.value]}


class AddProgrammePerson(Somebody):
    """Somebody who leads or coaches a programme; they work across places and sign in by e-mail."""

    email = forms.EmailField(
        label="E-mail they sign in with",
        max_length=254,
        error_messages={"required": EMAIL, "invalid": EMAIL},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label="What they are here",
        choices=[(role.value, words_for(role)) for role in roles_of(SpaceKind.PROGRAMME)],
        error_messages={"required": "Choose what they are here"},
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        """Give the action the list of roles that it takes."""
        super().clean()
        if "role" in self.cleaned_data:
            self.cleaned_data["roles"] = [self.cleaned_data.pop("role")]
        return self.cleaned_data


class PutDownRole(Form):
    """Names one of the things that somebody is here, to be it no more."""

    membership = forms.ChoiceField(
        label="What do you put down?",
        error_messages={
            "required": "Choose what you put down",
            "invalid_choice": "That has ended already. Nothing else was changed",
        },
        widget=forms.RadioSelect,
    )

    def __init__(self, data: QueryDict | None = None, *, held: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast(forms.ChoiceField, self.fields["membership"]).choices = held


class GiveRole(Asking):
    """Another role for somebody who is here: in the place itself, or in one of its groups."""

    asks_about = "where"

    where = forms.ChoiceField(
        label="Another thing they are here",
        error_messages={"required": "Choose what they are here"},
        widget=forms.Select,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        groups: Collection[Group],
        held: Collection[tuple[UUID | None, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        choices = [("", "Choose"), *_in_the_place(held), *_in_groups(groups, held)]
        cast(forms.ChoiceField, self.fields["where"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Split the choice into what the action takes: a role, and a group or none."""
        super().clean()
        group, _, role = self.cleaned_data.pop("where", ":").partition(":")
        self.cleaned_data.update(role=role, group=self.groups.get(group))
        return self.cleaned_data


def _in_the_place(held: Collection[tuple[UUID | None, str]]) -> Choices:
    roles = roles_of(SpaceKind.SITE)
    return [(f":{role.value}", words_for(role)) for role in roles if (None, role.value) not in held]


def _in_groups(groups: Collection[Group], held: Collection[tuple[UUID | None, str]]) -> Choices:
    return [
        (f"{group.pk}:{role.value}", f"{role.label.capitalize()}, {group.name}")
        for group in groups
        for role in roles_of(SpaceKind(group.kind))
        if (group.pk, role.value) not in held
    ]
