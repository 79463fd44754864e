"""Asking at which gathering the vision was adopted or looked at again."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from collaboratives.models import Gathering
from kit.forms import Form


class _Held(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offers recorded gatherings by name and day."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Name a gathering with its day: two may have the same title."""
        starts_at = getattr(obj, "starts_at", None)
        return f"{obj}, {timezone.localtime(starts_at):%-d %B %Y}"


class _AtAGathering(Form):
    """A form about something that happened at a recorded gathering."""

    def __init__(self, *args: Any, gatherings: models.QuerySet[Gathering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gathering"].queryset = gatherings  # type: ignore[attr-defined]


class Adopt(_AtAGathering):
    """Where the Collaborative adopted the draft, and how people came to agree."""

    gathering = _Held(
        None,
        label="At which gathering was it adopted?",
        empty_label="Choose a gathering",
        help_text="Only gatherings that are written up are listed",
        error_messages={"required": "Choose a gathering", "invalid_choice": "Choose one of these gatherings"},
    )
    how_agreed = forms.CharField(
        label="How did you come to agree?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text="For example: it was read aloud twice, and everybody said where they stand",
        error_messages={"required": "Say how you came to agree"},
    )
    sure = forms.BooleanField(
        label="The people in the room adopted these words, and I know that they stay as they are",
        error_messages={"required": "Tick this when the people in the room adopted these words"},
    )

    def clean(self) -> dict[str, Any]:
        """Leave out the tick: without it the form is not valid."""
        self.cleaned_data.pop("sure", None)
        return self.cleaned_data


class LookAgain(_AtAGathering):
    """Where the Collaborative read the vision again, and what it found."""

    gathering = _Held(
        None,
        label="At which gathering did you read it?",
        empty_label="Choose a gathering",
        error_messages={"required": "Choose a gathering", "invalid_choice": "Choose one of these gatherings"},
    )
    what_we_found = forms.CharField(
        label="Does it still feel like ours?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text="Say in a few words what people said",
        error_messages={"required": "Write a few words"},
    )
