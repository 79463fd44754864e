"""Asking at which gathering the vision was adopted or looked at again."""

from typing import Any

from django import forms
from django.db import models

from vision.forms.gatherings import AtAGathering, GatheringField
from vision.forms.reading import HavingRead


class Adopt(HavingRead, AtAGathering):
    """Where the Collaborative adopted the draft, and how people came to agree."""

    gathering = GatheringField(
        None,
        label="At which gathering was it adopted?",
        empty_label="Choose a gathering",
        help_text="Listed are recorded gatherings since the last version was adopted or read again",
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
        error_messages={"required": "Tick that the people in the room adopted these words"},
    )

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Say where it was adopted, if it was."""
        return {**super().words_of(row), "gathering": getattr(row, "adopted_in_id", None)}

    def clean(self) -> dict[str, Any]:
        """Leave out the tick: without it the form is not valid."""
        self.cleaned_data.pop("sure", None)
        return super().clean()


class LookAgain(AtAGathering):
    """Where the Collaborative read the vision again, and what it found."""

    gathering = GatheringField(
        None,
        label="At which gathering did you read it?",
        empty_label="Choose a gathering",
        help_text="Listed are recorded gatherings, since the words that stand now were adopted",
        error_messages={"required": "Choose a gathering", "invalid_choice": "Choose one of these gatherings"},
    )
    what_we_found = forms.CharField(
        label="Does it still feel like ours?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        help_text="Say in a few words what people said",
        error_messages={"required": "Write a few words"},
    )
