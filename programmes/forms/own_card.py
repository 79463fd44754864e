"""What somebody says about themselves in one place: the card, and the roles they take."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict

from kit.forms import Form
from kit.widgets import RadiosWithHints
from programmes.actions.cards import NEEDS
from programmes.models import ContactCard, TakenRole
from programmes.roles import TAKEN_ROLES

TAKES = [
    (TAKEN_ROLES[0].value, "I bring my own lived experience"),
    (TAKEN_ROLES[1].value, "I care for somebody, or did"),
]
ONLY_YOU = (
    "Only you see this. It is counted in totals, never shown beside your name. You need not say anything."
)
DIGITS = 3
NO_NUMBER = "Enter a phone number, like 01632 960 001. Words may stand beside it"
SENSITIVE = {"autocomplete": "off"}


class OwnCard(Form):
    """How to reach somebody, what they need to take part, and what they bring."""

    way = forms.ChoiceField(
        label="How should we reach you?",
        choices=ContactCard.Way.choices,
        widget=RadiosWithHints(hints={"through": "Somebody who knows that we may ask them."}),
        error_messages={"required": "Choose how we should reach you"},
    )
    email = forms.EmailField(
        label="E-mail address",
        required=False,
        max_length=254,
        help_text="You may share one with somebody else.",
        error_messages={"invalid": "Enter an e-mail address like name@example.com"},
    )
    phone = forms.CharField(
        label="Phone number", required=False, max_length=40, widget=forms.TextInput({"inputmode": "tel"})
    )
    address = forms.CharField(
        label="Address for letters", required=False, max_length=300, widget=forms.Textarea({"rows": 3})
    )
    through_whom = forms.CharField(label="Person we should ask", required=False, max_length=120)
    keep_private = forms.BooleanField(
        label="Keep it private",
        required=False,
        initial=True,
        help_text="Messages say the name of the place only, and nothing about mental health.",
    )
    access_needs = forms.CharField(
        label="What helps you take part?",
        required=False,
        max_length=600,
        widget=forms.Textarea({"rows": 3, **SENSITIVE}),
        help_text="For example: step-free, a quiet room, large print, an interpreter, breaks.",
    )
    takes = forms.MultipleChoiceField(
        label="What do you bring?",
        required=False,
        choices=TAKES,
        widget=forms.CheckboxSelectMultiple,
        help_text=ONLY_YOU,
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        signs_in_with: str = "",
        taken: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """Know the e-mail that the person signs in with, never shown here, and the roles they took before."""
        super().__init__(data, **kwargs)
        self.signs_in_with, self.taken = signs_in_with, taken
        if signs_in_with:
            self.fields["email"].help_text = "Leave this empty to use the e-mail you sign in with."

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Return what the card says now, with the roles that its person takes."""
        words = super().words_of(row)
        if isinstance(row, ContactCard):
            taken = TakenRole.objects.at(row.scope).of_person(row.person_id)
            words["takes"] = list(taken.order_by("role").values_list("role", flat=True))
        return words

    def clean(self) -> dict[str, Any]:
        """Say what the chosen way cannot do without, together with whatever else is missing."""
        super().clean()
        if self.cleaned_data.get("way") == ContactCard.Way.EMAIL and not self.errors.get("email"):
            self.cleaned_data["email"] = self.cleaned_data.get("email") or self.signs_in_with
        field, words = NEEDS.get(self.cleaned_data.get("way", ""), ("", ""))
        if field and field not in self.errors and not self.cleaned_data.get(field):
            self.add_error(field, words)
        elif field == "phone" and sum(map(str.isdecimal, self.cleaned_data.get("phone", ""))) < DIGITS:
            self.add_error("phone", NO_NUMBER)
        return self.cleaned_data


NOTHING = "nothing"


class OwnCardAfterALink(OwnCard):
    """The card for somebody whom a one-time link let in: what they take for themselves stays unseen (C2).

    Whoever makes or carries a link could open it before the person does. So nothing that was said before is
    read out. It stays: what is chosen now is added, and taking it back is a choice of its own.
    """

    takes = forms.MultipleChoiceField(
        label="What do you bring?",
        required=False,
        choices=[*TAKES, (NOTHING, "Take back what I said before")],
        widget=forms.CheckboxSelectMultiple,
        help_text=f"{ONLY_YOU} You came in by a link, so what you said before is not shown. "
        "It stays. What you choose now is added to it.",
    )

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Return what the card says now, without the roles that its person takes."""
        return {**super().words_of(row), "takes": []}

    def clean_takes(self) -> list[str] | None:
        """Return the roles taken before, unless taken back, with those chosen now; None for no change."""
        chosen = set(self.cleaned_data["takes"])
        kept = set() if NOTHING in chosen else set(self.taken)
        return sorted(kept | chosen - {NOTHING}) if chosen else None
