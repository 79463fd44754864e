"""What the Collaborative's forms understand, and what they ask again in plain words."""

from typing import Any
from uuid import uuid4

import pytest

from collaboratives import forms
from collaboratives.models import Agreement, Gathering

DAY = {"on_day": "14", "on_month": "may", "on_year": "2026"}
PLAN = {"title": "Spring", "starts": "2pm", "ends": "4.30pm", "place": "Hall", **DAY}


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
        assert self.errors(on_year=year)["on"] == ["Enter a year from 2000 to 2100"]

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

    @pytest.mark.parametrize("said", [{}, {"brought_carer": "3"}])
    def test_asks_beside_the_field_how_many_came_in_all(self, said: dict[str, str]) -> None:
        assert forms.RecordGathering(said).errors["people_came"] == [  # type: ignore[arg-type]
            "Enter how many people came in all"
        ]

    def test_lets_the_counts_stay_as_they_are_together_or_not_at_all(self) -> None:
        for said, is_right in (({"notes": "More"}, True), ({"brought_carer": "3"}, False)):
            form = forms.RecordGathering({"form_key": str(uuid4()), **said})  # type: ignore[arg-type]
            form.is_counted = True
            assert form.is_valid() is is_right

    @pytest.mark.parametrize("said", ["0", "2001", "some"])
    def test_a_room_has_people_in_it_and_the_box_says_how_many_it_takes(self, said: str) -> None:
        errors = forms.RecordGathering({"people_came": said}).errors  # type: ignore[arg-type]
        assert errors["people_came"] == ["People in all: enter a whole number from 1 to 2000"]

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
