"""Asking for something about words on the page: those that were read, and no others."""

from typing import Any

from django import forms
from django.db import models

from kit.forms import Form
from vision.actions import READ_AGAIN
from vision.models import Vision


class HavingRead(Form):
    """A form below the words of a draft; it remembers which words stood there."""

    summary_above = True

    words_read = forms.CharField(widget=forms.HiddenInput, required=False)

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Remember which words stood on the page."""
        read = row.words_digest if isinstance(row, Vision) else ""
        return {**super().words_of(row), "words_read": read}

    def clean(self) -> dict[str, Any]:
        """Ask to read again what others changed in the meantime."""
        now = self.initial.get("words_read", "")
        if self.cleaned_data.get("words_read") != now:
            self.add_error(None, READ_AGAIN)
            self._put("words_read", now)
            self._put("seen_version", str(self.initial["seen_version"]))
        return self.cleaned_data


class PutAway(HavingRead):
    """Putting the draft away."""
