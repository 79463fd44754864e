"""What a facilitator says about a report: which time it is about, and who may read it."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.http import QueryDict

from kit.forms import Asking, Form
from people.models import Person
from programmes.models import Site
from programmes.stages import Period
from reports.actions import possible_readers, who_may_see_reports
from reports.models import Report

QUARTERS_OFFERED = 8


def quarter_of(day: date) -> Period:
    """Return the quarter that holds `day`."""
    first = date(day.year, day.month - (day.month - 1) % 3, 1)
    after = (first + timedelta(days=95)).replace(day=1)
    return Period(first, after - timedelta(days=1))


def periods_until(today: date) -> list[Period]:
    """Return the quarter that runs now and the seven before it, latest first: fixed periods only (R4)."""
    found = [quarter_of(today)]
    while len(found) < QUARTERS_OFFERED:
        found.append(quarter_of(found[-1].first - timedelta(days=1)))
    return found


class AskForReport(Asking):
    """Which quarter the report is about; months that a report is about already are asked about once."""

    asks_about = "period"

    period = forms.TypedChoiceField(
        label="Which months is it about?",
        help_text="While a quarter still runs, counts of people are left out.",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose which months the report is about.",
            "invalid_choice": "Choose one of these.",
        },
    )

    def __init__(
        self, data: QueryDict | None = None, *, today: date, since: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        periods = [period for period in periods_until(today) if since is None or period.last >= since]
        offered = {period.first.isoformat(): period for period in periods}
        field = cast(forms.TypedChoiceField, self.fields["period"])
        field.choices = [
            (first, period.in_words(so_far=period.last >= today)) for first, period in offered.items()
        ]
        field.coerce = offered.__getitem__


class ReleaseReport(Form):
    """Who may read it once it is released."""

    audience = forms.ChoiceField(
        label="Who may read it?",
        help_text=f"Who may see reports here: {who_may_see_reports()}.",
        choices=Report.Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who may read it."},
    )


class NameReader(Form):
    """One of the people who may see reports in this place, or who lead or coach its programme."""

    reader = forms.ModelChoiceField(
        label="Who should be able to read it?",
        queryset=Person.objects.none(),
        error_messages={"required": "Choose a person.", "invalid_choice": "Choose somebody from the list."},
    )

    def __init__(self, data: QueryDict | None = None, *, site: Site, report: Report, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = cast("forms.ModelChoiceField[Person]", self.fields["reader"])
        everybody = possible_readers(site)
        # who is named already is not offered, and taken all the same: a form may be sent twice
        offered = everybody.exclude(pk__in=report.readers.values("user_id"))
        field.queryset = everybody
        field.choices = [("", "Choose a person"), *((str(person.pk), person.name) for person in offered)]
