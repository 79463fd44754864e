"""Asking at which gathering the vision was adopted or looked at again."""

from typing import Any

from django import forms
from django.db import models

from vision.actions.adopting import READ_AGAIN
from vision.forms.gatherings import AtAGathering, GatheringField
from vision.models import Vision


class Adopt(AtAGathering):
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
    words_read = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(
        label="The people in the room adopted these words, and I know that they stay as they are",
        error_messages={"required": "Tick this when the people in the room adopted these words"},
    )

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Say where it was adopted, if it was, and remember which words stood on the page."""
        adopted_in = getattr(row, "adopted_in_id", None)
        read = row.words_digest if isinstance(row, Vision) else ""
        return {**super().words_of(row), "gathering": adopted_in, "words_read": read}

    def clean(self) -> dict[str, Any]:
        """Leave out the tick, and ask to read again what others changed in the meantime."""
        self.cleaned_data.pop("sure", None)
        now = self.initial.get("words_read", "")
        if self.cleaned_data.get("words_read") != now:
            self.add_error(None, READ_AGAIN)
            self._put("words_read", now)
            self._put("seen_version", str(self.initial["seen_version"]))
        return self.cleaned_data


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
