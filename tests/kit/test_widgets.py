"""What a time is read from, and what is asked again in plain words."""

from datetime import time
from typing import Any

import pytest
from django.forms import Form, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from kit.widgets import TimeOfDayField, as_said


class AnyTime(Form):
    at = TimeOfDayField()


def read(said: str) -> Any:
    return TimeOfDayField().clean(said)


class TestTimeOfDay:
    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("2pm", time(14)),
            ("2 PM", time(14)),
            ("2.30pm", time(14, 30)),
            ("2:30 p.m.", time(14, 30)),
            ("14:00", time(14)),
            ("1400", time(14)),
            ("14", time(14)),
            ("9", time(9)),
            ("07:30", time(7, 30)),
            ("12am", time(0)),
            ("12pm", time(12)),
            ("noon", time(12)),
            ("midday", time(12)),
            ("0:15", time(0, 15)),
        ],
    )
    def test_understands_a_time_as_people_say_it(self, said: str, meant: time) -> None:
        assert read(said) == meant

    @pytest.mark.parametrize("said", ["tea time", "25:00", "14:60", "13pm", "0am", "2pmm", "-2pm", "2:3:4"])
    def test_asks_again_when_it_is_no_time(self, said: str) -> None:
        with pytest.raises(ValidationError, match="like 2pm or 14:00"):
            read(said)

    @pytest.mark.parametrize("said", ["2", "7:30", "130"])
    def test_asks_which_half_of_the_day(self, said: str) -> None:
        with pytest.raises(ValidationError, match="Say if it is"):
            read(said)

    @given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
    def test_every_time_is_shown_so_that_it_can_be_read_back(self, moment: time) -> None:
        assert read(as_said(moment)) == moment

    @given(st.text(max_size=20))
    def test_any_words_give_a_time_or_a_question(self, said: str) -> None:
        form = AnyTime({"at": said})
        assert form.is_valid() == isinstance(form.cleaned_data.get("at"), time)

    def test_stays_when_it_is_one_already(self) -> None:
        assert TimeOfDayField().clean(time(14)) == time(14)
