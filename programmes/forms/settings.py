"""Forms about a place itself: its name and contact, help lines, localities, and resting."""

import re
from dataclasses import asdict
from typing import Any, cast

from django import forms
from django.db import models
from django.http import QueryDict

from kit.forms import Asking, Form
from kit.widgets import RadiosWithHints
from programmes.models import Site
from programmes.support import ENGLAND, SupportLine, lines_of

LINES = 6
"""How many help lines a place may show: more would hide the one that is needed."""

PHONE = "Enter a phone number with 3 to 15 numbers, like 01632 960 001"
WAYS = (("tel", "Call"), ("sms", "Text"))
PARTS = ("for", "number", "way")
LABELS = {"for": "What it is for", "number": "Number", "way": "Call or text"}
CAN_BE_DIALLED = re.compile(r"^\+?[0-9]{3,15}$")


def dialled(number: str) -> str:
    """Return what a phone dials for `number`; empty when it is no phone number."""
    digits = re.sub(r"[\s().\-/]", "", number)
    return digits if CAN_BE_DIALLED.match(digits) else ""


class ChangeSettings(Form):
    """What the place is called, and whom people can call."""

    name = forms.CharField(
        label="What the place is called",
        max_length=120,
        error_messages={"required": "Enter what the place is called"},
    )
    contact_name = forms.CharField(
        label="Whom people can call",
        help_text="A real person, by name. Their name and number stand on welcome cards and in invitations.",
        max_length=80,
        required=False,
    )
    contact_phone = forms.CharField(
        label="Their phone number", max_length=40, required=False, widget=forms.TextInput({"type": "tel"})
    )

    def clean_contact_phone(self) -> str:
        """Keep the number as it was typed, once a phone can dial it."""
        number = str(self.cleaned_data["contact_phone"])
        if number and not dialled(number):
            raise forms.ValidationError(PHONE)
        return number


class ChangeSupportLines(Asking):
    """The lines to call when somebody is not safe, up to six; with none, the place follows England's."""

    asks_about = "number_1"

    says_optional = False

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for row in range(1, LINES + 1):
            self.fields.update(_line_fields(row))

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Return the lines that the place shows now, field by field."""
        words: dict[str, Any] = {}
        for number, line in enumerate(lines_of(row if isinstance(row, Site) else None), start=1):
            way = line.link.partition(":")[0]
            words |= {f"for_{number}": line.what_for, f"number_{number}": line.number, f"way_{number}": way}
        return words

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields line by line, to stand under a heading that says which line it is."""
        return [[self._under_a_heading(f"{part}_{row}") for part in PARTS] for row in range(1, LINES + 1)]

    def lines(self) -> list[dict[str, str]]:
        """Return the lines as the action takes them; none when they are England's."""
        lines = [line for row in range(1, LINES + 1) if (line := self._line(row))]
        return [] if lines == [asdict(line) for line in ENGLAND] else lines

    def clean(self) -> dict[str, Any]:
        """Refuse a line that is neither whole nor empty."""
        for row in range(1, LINES + 1):
            what, number, _ = self._said(row)
            if what and not number and f"number_{row}" not in self.errors:
                self.add_error(f"number_{row}", f"Line {row}: enter the number, or empty the line")
            if number and not what:
                self.add_error(f"for_{row}", f"Line {row}: say what it is for, or empty the line")
        return self.cleaned_data

    def _under_a_heading(self, name: str) -> forms.BoundField:
        field = self[name]
        field.label = LABELS[name.partition("_")[0]]
        return field

    def _said(self, row: int) -> list[str]:
        return [str(self.cleaned_data.get(f"{part}_{row}") or "") for part in PARTS]

    def _line(self, row: int) -> dict[str, str] | None:
        what, number, way = self._said(row)
        if not what:
            return None
        own = SupportLine(what, number, f"{way or 'tel'}:{dialled(number)}")
        return asdict(_known(what, number, way) or own)


def _known(what_for: str, number: str, way: str) -> SupportLine | None:
    same = (line for line in ENGLAND if line.number == number and line.link.startswith(f"{way}:"))
    line = next(same, None)
    return SupportLine(what_for, number, line.link) if line is not None else None


def _line_fields(row: int) -> dict[str, forms.Field]:
    labels = {part: f"Line {row}: {label[0].lower()}{label[1:]}" for part, label in LABELS.items()}

    def phone(number: str) -> None:
        if not dialled(number):
            raise forms.ValidationError(f"Line {row}: {PHONE[0].lower()}{PHONE[1:]}")

    return {
        f"for_{row}": forms.CharField(label=labels["for"], max_length=120, required=False),
        f"number_{row}": forms.CharField(
            label=labels["number"],
            max_length=40,
            required=False,
            validators=[phone],
            widget=forms.TextInput({"type": "tel"}),
        ),
        f"way_{row}": forms.ChoiceField(
            label=labels["way"], choices=WAYS, initial="tel", required=False, widget=forms.Select
        ),
    }


class KeepLocality(Form):
    """A neighbourhood's name."""

    name = forms.CharField(
        label="What people call it", max_length=80, error_messages={"required": "Enter what people call it"}
    )


class RestSite(Form):
    """Pausing, leaving or coming back, with a reason that everybody in the place can read."""

    status = forms.ChoiceField(
        label="What happens",
        error_messages={"required": "Choose what happens"},
        widget=RadiosWithHints(
            hints={
                Site.Status.PAUSED: "People can read everything, come and go. Nobody can change anything.",
                Site.Status.LEFT: "The record stays here, to be read. The place shows as having left.",
                Site.Status.ACTIVE: "People can add and change things again.",
            }
        ),
    )
    status_reason = forms.CharField(
        label="Why",
        help_text="One sentence, for a pause or a leave. Everybody here and whoever leads can read it.",
        max_length=300,
        required=False,
    )
    says_optional = False
    agreed = forms.BooleanField(
        label="Yes, do this now", error_messages={"required": "Tick the box when you are sure"}
    )

    def __init__(self, data: QueryDict | None = None, *, standing: str, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        words = {
            Site.Status.PAUSED: "The place takes a pause",
            Site.Status.LEFT: "The place leaves the programme",
            Site.Status.ACTIVE: "The place comes back to work",
        }
        offered = [(status.value, text) for status, text in words.items() if data or status != standing]
        cast(forms.ChoiceField, self.fields["status"]).choices = offered

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Leave the form empty: what stands now is said on the page, and is no choice."""
        return {}

    def clean(self) -> dict[str, Any]:
        """Leave out the tick: the action takes only what happens, and why."""
        super().clean()
        self.cleaned_data.pop("agreed", None)
        return self.cleaned_data
