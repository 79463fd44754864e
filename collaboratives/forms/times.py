"""A time of day as people say it: "2pm", "2.30pm", "14:00", "noon"."""

import re
from datetime import time
from typing import Any

from django import forms

AS_SAID = re.compile(r"(\d{1,2})\s*(?:[:.h]?\s*(\d{2}))?\s*(am|pm)?", re.ASCII)
IN_WORDS = {"noon": time(12), "midday": time(12), "midnight": time(0)}
SURELY_A_DAY_HOUR = 8
"""From 8 on, an hour without "am" or "pm" is read as it stands; before that we ask."""


class TimeOfDayField(forms.Field):
    """Gives a `datetime.time`."""

    default_error_messages = {
        "not_a_time": "Enter a time, like 2pm or 14:00",
        "which_half": "Say if it is {said}am or {said}pm",
    }

    widget = forms.TextInput({"class": "nhsuk-input--width-10", "autocomplete": "off"})

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
