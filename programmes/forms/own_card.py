"""What somebody says about themselves in one place: the card, and the roles they take."""

from typing import Any

from django import forms
from django.db import models

from kit.forms import Form
from kit.widgets import RadiosWithHints
from programmes.models import ContactCard, TakenRole
from programmes.roles import TAKEN_ROLES

TAKES = [
    (TAKEN_ROLES[0].value, "I bring my own lived experience"),
    (TAKEN_ROLES[1].value, "I care for somebody, or did"),
]
ONLY_YOU = (
    "Only you see this. It is counted in totals, never shown beside your name. You need not say anything."
)
SENSITIVE = {"autocomplete": "off"}


class OwnCard(Form):
    """How to reach somebody, what they need to take part, and what they bring."""

    way = forms.ChoiceField(
        label="How should we reach you?",
        choices=ContactCard.Way.choices,
        initial=ContactCard.Way.NOT,
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

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Return what the card says now, with the roles that its person takes."""
        words = super().words_of(row)
        if isinstance(row, ContactCard):
            taken = TakenRole.objects.at(row.scope).of_person(row.person_id)
            words["takes"] = list(taken.order_by("role").values_list("role", flat=True))
        return words
