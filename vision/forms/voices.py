"""Asking for a voice behind the vision."""

from typing import Any

from django import forms
from django.db import models

from collaboratives.models import Gathering
from kit.forms import Asking, Form
from vision.forms.gatherings import AtAGathering, GatheringField


class AddVoice(AtAGathering, Asking):
    """What somebody said, in their words, and who they are in general words."""

    asks_about = "said_by"

    text = forms.CharField(
        label="What was said?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text=(
            "Your own words, or somebody else’s as they said them. "
            "Leave out names, and anything that shows who it was."
        ),
        error_messages={"required": "Write what was said"},
    )
    said_by = forms.CharField(
        label="Who says it, in general words?",
        max_length=80,
        help_text="For example: a neighbour, a mother of two. Never a name, and not your own.",
        error_messages={"required": "Say who says it in general words, like “a neighbour”"},
    )
    lives_here = forms.BooleanField(label="Whoever says it lives here", required=False)
    gathering = GatheringField(
        None,
        label="Was it said at a gathering?",
        required=False,
        empty_label="No, or I do not know",
        error_messages={"invalid_choice": "Choose one of these gatherings"},
    )
    they_agree = forms.BooleanField(
        label="Whoever says it knows that everybody who can read our why will read it, and says yes",
        error_messages={
            "required": "Is it somebody else’s? Ask them first. If they say no, that is fine: leave it out."
        },
    )

    says_optional = False

    def __init__(self, *args: Any, gatherings: models.QuerySet[Gathering], **kwargs: Any) -> None:
        super().__init__(*args, gatherings=gatherings, **kwargs)
        if not gatherings.exists():
            self.fields["gathering"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Leave out the tick: without it the form is not valid."""
        self.cleaned_data.pop("they_agree", None)
        return self.cleaned_data


class TakeBackVoice(Form):
    """Taking a voice back."""
