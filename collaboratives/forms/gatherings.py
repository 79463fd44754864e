"""Asking for a plan, a reason to cancel, and the record of a gathering."""

from datetime import date, datetime, time
from typing import Any, Self

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from collaboratives.models import Gathering
from collaboratives.models.gatherings import LARGEST_ROOM
from kit.forms import NOT_SHOWN, Form, Rewording
from kit.widgets import DayMonthYearField, TimeOfDayField, as_said
from people.models import Person
from programmes.roles import Perspective

FIRST_YEAR = 2000
LAST_YEAR = 2100


class PlanGathering(Rewording):
    """When and where people come together, and what for."""

    title = forms.CharField(
        label="What shall we call it?",
        max_length=120,
        help_text="For example: Spring gathering",
        error_messages={"required": "Give the gathering a name"},
    )
    on = DayMonthYearField(label="On which day?", help_text="For example, 18 5 2026")
    starts = TimeOfDayField(
        label="When does it start?",
        help_text="For example, 2pm or 14:00",
        error_messages={"required": "Enter when it starts, like 2pm"},
    )
    ends = TimeOfDayField(
        label="When does it end?",
        help_text="For example, 4.30pm",
        error_messages={"required": "Enter when it ends, like 4pm"},
    )
    place = forms.CharField(
        label="Where?",
        max_length=160,
        help_text="The address, or how to join online",
        error_messages={"required": "Enter where people meet"},
    )
    access = forms.CharField(
        label="How can people get in and take part?",
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Step-free? Quiet room? Food and drink? Travel paid?",
    )
    purpose = forms.CharField(
        label="What is it for?",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="What could become possible, as well as what is hard",
    )

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Give the plan as it was typed: a day and two times."""
        words = super().words_of(row)
        if not isinstance(row, Gathering):
            return words
        starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
        return {**words, "on": starts.date(), "starts": as_said(starts.time()), "ends": as_said(ends.time())}

    def clean_on(self) -> date:
        """Refuse years in which nobody gathers."""
        on: date = self.cleaned_data["on"]
        if not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise forms.ValidationError(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}")
        return on

    def clean(self) -> dict[str, Any]:
        """Make two moments of a day and two times."""
        cleaned = self.cleaned_data
        on, starts, ends = (cleaned.pop(name, None) for name in ("on", "starts", "ends"))
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends", "The end must be later than the start")
        if None not in (on, starts, ends):
            cleaned |= {"starts_at": _moment(on, starts), "ends_at": _moment(on, ends)}
        return cleaned


class PlanAGathering(PlanGathering):
    """A new plan; one that stands there already is asked about."""

    asks_about = "title"


def _moment(on: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))


class CancelGathering(Form):
    """Why it will not take place."""

    reason = forms.CharField(
        label="Why is it cancelled?",
        max_length=300,
        help_text="Everybody in the Collaborative will read this",
        error_messages={"required": "Say why it is cancelled"},
    )


def _count(label: str, of: str, help_text: str = "", least: int = 0) -> forms.IntegerField:
    whole = f"{of}: enter a whole number from {least} to {LARGEST_ROOM}"
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=least,
        max_value=LARGEST_ROOM,
        widget=forms.TextInput({"inputmode": "numeric", "class": "nhsuk-input--width-4"}),
        error_messages={"invalid": whole, "min_value": whole, "max_value": whole},
    )


class RecordGathering(Rewording):
    """What happened, and how many people brought what. Only whoever typed the counts sees them again (C2)."""

    notes = forms.CharField(
        label="What happened?",
        max_length=8000,
        required=False,
        widget=forms.Textarea({"rows": 10}),
        help_text="Write what was said, not who said it. People here will read it.",
    )
    people_came = _count(
        "How many people came in all?",
        "People in all",
        "Others never see these numbers: they see rounded totals, or who is represented.",
        least=1,
    )

    says_optional = False
    is_counted = False
    """Whether somebody counted before, so that the counts may stay as they are."""

    reader: Person | None = None

    @classmethod
    def words_of(cls, row: models.Model) -> dict[str, Any]:
        """Give the notes alone; counts are nobody's to read but the person's who typed them."""
        return {"notes": row.notes} if isinstance(row, Gathering) else {}

    @classmethod
    def read_by(cls, person: Person, gathering: Gathering, data: QueryDict | None) -> Self:
        """Fill in the counts too for the `person` who typed them."""
        form = cls.of(gathering, data)
        form.is_counted, form.reader = gathering.people_came is not None, person
        form.initial.update(form._counts_of(gathering))
        return form

    def standing(self, row: models.Model) -> dict[str, Any]:
        """Return the notes, and the counts for whoever typed them; another's are not shown."""
        words = self.words_of(row)
        if not isinstance(row, Gathering) or row.people_came is None:
            return words
        names = ["people_came", *(_name_of(kind) for kind in Perspective)]
        return {**words, **dict.fromkeys(names, NOT_SHOWN), **self._counts_of(row)}

    def _counts_of(self, gathering: Gathering) -> dict[str, int | None]:
        if self.reader is None or gathering.counted_by_id != self.reader.pk:
            return {}
        typed = {_name_of(kind): people for kind, people in gathering.counts().items()}
        return {"people_came": gathering.people_came, **typed}

    def clean(self) -> dict[str, Any]:
        """Gather the totals in one; whoever counts some of them counts everybody."""
        names = {kind.value: _name_of(kind) for kind in Perspective}
        totals = {kind: self.cleaned_data.pop(name, None) for kind, name in names.items()}
        counts = not self.is_counted or any(count is not None for count in totals.values())
        if counts and self.cleaned_data.get("people_came", 0) is None:
            self.add_error("people_came", "Enter how many people came in all")
        return {**self.cleaned_data, "totals": totals}


def _name_of(kind: str) -> str:
    return f"brought_{kind}"


for _kind in Perspective:
    RecordGathering.base_fields[_name_of(_kind)] = _count(
        f"{_kind.label}: how many people?", str(_kind.label)
    )
RecordGathering.base_fields[
    _name_of(Perspective.LIVED_EXPERIENCE)
].help_text = (
    "What people say they bring. One person can bring more than one thing. An empty box means nobody."
)
