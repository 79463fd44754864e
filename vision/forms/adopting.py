"""Asking at which gathering the vision was adopted or looked at again."""

from typing import Any, cast

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from collaboratives.models import Gathering
from kit.forms import Form
from vision.models import Vision

READ_AGAIN = (
    "Somebody changed the values after you opened this page. Read them once more, then press the button."
)


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
    values_read = forms.CharField(widget=forms.HiddenInput, required=False)
    sure = forms.BooleanField(
        label="The people in the room adopted these words, and I know that they stay as they are",
        error_messages={"required": "Tick this when the people in the room adopted these words"},
    )

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Remember which values stood on the page, and in which words."""
        return {**super().words_of(row), "values_read": _values_of(row)}

    def clean(self) -> dict[str, Any]:
        """Leave out the tick, and ask to read again what others changed in the meantime."""
        self.cleaned_data.pop("sure", None)
        read, now = self.cleaned_data.pop("values_read", ""), self.initial.get("values_read", "")
        if read and read != now:
            self.add_error(None, READ_AGAIN)
            self._keep_as_read(now)
        return self.cleaned_data

    def _keep_as_read(self, values: str) -> None:
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("values_read")] = values
        self.data = data


def _values_of(vision: models.Model) -> str:
    """Name the values of a version, in their order, each with the version of its words."""
    values = vision.values.all() if isinstance(vision, Vision) else ()
    return " ".join(f"{value.pk}:{value.version}" for value in values) or "none"


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
