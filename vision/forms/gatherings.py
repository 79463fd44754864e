"""Asking about a recorded gathering."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from collaboratives.models import Gathering
from kit.forms import Form


class GatheringField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offers recorded gatherings by name and day."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Name a gathering with its day: two may have the same title."""
        starts_at = getattr(obj, "starts_at", None)
        return f"{obj}, {timezone.localtime(starts_at):%-d %B %Y}"


class AtAGathering(Form):
    """A form about something that happened at a gathering; `gathering` offers `gatherings`."""

    def __init__(self, *args: Any, gatherings: models.QuerySet[Gathering], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gathering"].queryset = gatherings  # type: ignore[attr-defined]
