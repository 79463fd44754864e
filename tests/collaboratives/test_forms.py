"""What the Collaborative's forms understand, and what they ask again in plain words."""

from datetime import time
from typing import Any

import pytest
from django.forms import Form, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from collaboratives import forms
from collaboratives.forms.times import TimeOfDayField, as_said
from collaboratives.models import Agreement, Gathering

DAY = {"on_day": "14", "on_month": "may", "on_year": "2026"}
PLAN = {"title": "Spring", "starts": "2pm", "ends": "4.30pm", "place": "Hall", **DAY}


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


class TestPlanGathering:
    def errors(self, **said: str) -> Any:
        return forms.PlanGathering({**PLAN, **said}).errors  # type: ignore[arg-type]

    def test_makes_two_moments_in_the_places_own_time(self) -> None:
        form = forms.PlanGathering(PLAN)  # type: ignore[arg-type]
        form.is_valid()
        starts, ends = form.cleaned_data["starts_at"], form.cleaned_data["ends_at"]
        assert f"{starts:%d %m %Y %H:%M} to {ends:%H:%M}" == "14 05 2026 14:00 to 16:30"
        assert "on" not in form.cleaned_data

    def test_says_beside_the_field_that_the_end_must_be_later(self) -> None:
        assert self.errors(ends="1pm")["ends"] == ["The end must be later than the start"]

    @pytest.mark.parametrize("year", ["1926", "2206"])
    def test_asks_to_check_the_year(self, year: str) -> None:
        assert self.errors(on_year=year)["on"] == ["Check the year"]

    def test_asks_for_everything_that_people_need(self) -> None:
        assert {"title", "on", "starts", "ends", "place"} <= set(forms.PlanGathering({}).errors)  # type: ignore[arg-type]

    def test_a_day_that_is_not_there_is_asked_again(self) -> None:
        assert "on" in self.errors(on_day="31", on_month="2")


class TestRecordGathering:
    def test_gathers_the_totals(self) -> None:
        form = forms.RecordGathering({"people_came": "12", "brought_carer": "3"})  # type: ignore[arg-type]
        form.is_valid()
        assert form.cleaned_data["totals"]["carer"] == 3
        assert form.cleaned_data["totals"]["lived_experience"] is None

    @pytest.mark.parametrize("said", ["-1", "2001", "some", "1.5"])
    def test_a_count_is_a_whole_number_of_people(self, said: str) -> None:
        assert "brought_carer" in forms.RecordGathering({"brought_carer": said}).errors  # type: ignore[arg-type]


def test_forms_say_nothing_of_another_kind_of_row() -> None:
    another = Agreement(text="Tea first")
    assert forms.PlanGathering.words_of(another) == {}
    assert forms.RecordGathering.words_of(another) == {}


def test_c2_a_record_never_says_the_counts_by_itself() -> None:
    held = Gathering(notes="We talked", people_came=12)
    assert forms.RecordGathering.words_of(held) == {"notes": "We talked"}
