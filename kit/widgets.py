"""Ways to ask that Django does not have: a date in boxes, a time as people say it, answers with help."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
AS_SAID = re.compile(r"(\d{1,2})\s*(?:[:.h]?\s*(\d{2}))?\s*(am|pm)?", re.ASCII)
IN_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
SURELY_A_DAY_HOUR = 8
"""From 8 on, an hour without "am" or "pm" is read as it stands; before that we ask."""


class RadiosWithHints(forms.RadioSelect):
    """Radios with a sentence under each answer, given by the answer's value."""

    def __init__(self, *args: Any, hints: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = dict(hints or {})

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Put the answer's hint where the template finds it."""
        option = super().create_option(*args, **kwargs)
        return {**option, "hint": self.hints.get(str(option["value"]), "")}


class DayMonthYear(forms.MultiWidget):
    """Three short boxes with the names of a day, a month and a year above them."""

    template_name = "forms/day_month_year.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        numbers = {"inputmode": "numeric"}
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({**numbers, "class": "nhsuk-date-input__input nhsuk-input--width-2"}),
            "month": forms.TextInput({**numbers, "class": "nhsuk-date-input__input nhsuk-input--width-2"}),
            "year": forms.TextInput({**numbers, "class": "nhsuk-date-input__input nhsuk-input--width-4"}),
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        """Split a date into what each box shows."""
        return [value.day, value.month, value.year] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Name each box for the template."""
        context = super().get_context(name, value, attrs)
        for box, label in zip(context["widget"]["subwidgets"], ("Day", "Month", "Year"), strict=True):
            box["label"] = label
        return context


class DayMonthYearField(forms.Field):
    """Gives a `datetime.date`; the month may be a number or its name."""

    widget = DayMonthYear
    default_error_messages = {
        "required": "Enter a date, like 18 5 2026",
        "unfinished": "Enter the {missing} too, like 18 5 2026",
        "not_a_date": "Enter a real date, like 18 5 2026",
        "short_year": "Enter the year with 4 numbers, like 2026",
    }

    def to_python(self, value: Any) -> date | None:
        """Read the three boxes.

        Raises:
            ValidationError: a box is empty, or there is no such day.
        """
        if value is None or isinstance(value, date):
            return value
        boxes = [str(box or "").strip() for box in value]
        if not any(boxes):
            return None
        return self._date_of(boxes)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the date that was there with what the boxes say now."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True

    def _date_of(self, boxes: list[str]) -> date:
        missing = [name for name, box in zip(("day", "month", "year"), boxes, strict=True) if not box]
        if missing:
            raise self._refusal("unfinished", missing=" and ".join(missing))
        if boxes[2].isdecimal() and len(boxes[2]) < 4:
            raise self._refusal("short_year")
        try:
            return date(int(boxes[2]), month_of(boxes[1]), int(boxes[0]))
        except (ValueError, OverflowError):
            raise self._refusal("not_a_date") from None

    def _refusal(self, code: str, **words: str) -> forms.ValidationError:
        return forms.ValidationError(str(self.error_messages[code]).format(**words), code=code)


def month_of(text: str) -> int:
    """Read "5", "05", "May" or "may".

    Raises:
        ValueError: no month is called that.
    """
    beginning = text.lower()[:3]
    return MONTHS.index(beginning) + 1 if beginning in MONTHS else int(text)


class TimeOfDayField(forms.Field):
    """Gives a `datetime.time` from what people say: "2pm", "2.30pm", "14:00", "noon"."""

    default_error_messages = {
        "not_a_time": "Enter a time, like 2pm or 14:00",
        "which_half": "Say if it is {said}am or {said}pm",
    }

    widget = forms.TextInput({"class": "nhsuk-input--width-10"})

    def to_python(self, value: Any) -> Any:
        """Read the words.

        Raises:
            ValidationError: no time is said like this, or it could be morning or afternoon.
        """
        if isinstance(value, time):
            return value
        said = "".join(str(value or "").casefold().split()).replace("a.m.", "am").replace("p.m.", "pm")
        if not said:
            return None
        return IN_WORDS.get(said) or self._time_of(said)

    def prepare_value(self, value: Any) -> Any:
        """Show a time as people say it."""
        return as_said(value) if isinstance(value, time) else value

    def _time_of(self, said: str) -> time:
        found = AS_SAID.fullmatch(said)
        if found is None:
            raise self._refusal("not_a_time")
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half is None and 0 < hour < SURELY_A_DAY_HOUR and not found[1].startswith("0"):
            raise self._refusal("which_half", said=said)
        if half is not None and not 1 <= hour <= 12:
            raise self._refusal("not_a_time")
        return self._made(hour if half is None else hour % 12 + 12 * (half == "pm"), minute)

    def _made(self, hour: int, minute: int) -> time:
        try:
            return time(hour, minute)
        except ValueError:
            raise self._refusal("not_a_time") from None

    def _refusal(self, code: str, **words: str) -> forms.ValidationError:
        return forms.ValidationError(str(self.error_messages[code]).format(**words), code=code)


def as_said(moment: time) -> str:
    """Say a time shortly: "2pm", "9:05am"."""
    minutes = f":{moment:%M}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
