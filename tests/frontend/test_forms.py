"""Forms look and behave alike: every box has its question, every problem a link to its place."""

from datetime import date

import pytest
from django import forms

from kit.gallery import EveryField
from kit.widgets import DayMonthYearField, month_of


class When(forms.Form):
    """Asks for a day."""

    when = DayMonthYearField()


def asked(day: str, month: str, year: str) -> When:
    """Give the form as somebody filled it in."""
    return When({"when_day": day, "when_month": month, "when_year": year})


@pytest.mark.parametrize("month", ["5", "05", "May", "may"])
def test_a_date_may_be_written_as_people_write_it(month: str) -> None:
    form = asked("18", month, "2026")
    assert form.is_valid()
    assert form.cleaned_data["when"] == date(2026, 5, 18)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (("", "", ""), "Enter a date, like 18 5 2026"),
        (("18", "5", ""), "Enter the year too, like 18 5 2026"),
        (("18", "5", "26"), "Enter the year with 4 numbers, like 2026"),
        (("31", "2", "2026"), "Enter a real date, like 18 5 2026"),
        (("x", "y", "2026"), "Enter a real date, like 18 5 2026"),
    ],
)
def test_a_date_that_is_not_one_says_kindly_what_to_do(boxes: tuple[str, str, str], words: str) -> None:
    assert asked(*boxes).errors["when"] == [words]


def test_a_date_shows_again_what_was_typed() -> None:
    page = asked("31", "2", "2026").as_p()
    assert 'value="31"' in page
    assert 'value="2026"' in page


def test_no_month_is_called_that() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        month_of("Smarch")


def test_each_problem_links_to_a_box_that_is_there() -> None:
    page = EveryField({}, auto_id="id_%s").render("forms/form.html")
    targets = [part.split('"')[0] for part in page.split('href="#')[1:]]
    assert targets[0] == "id_title"
    assert "id_ring_0" in targets
    assert "id_happened_0" in targets
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_a_form_without_problems_has_no_summary() -> None:
    assert "nhsuk-error-summary" not in EveryField(auto_id="id_%s").render("forms/form.html")


def test_help_and_errors_are_read_with_their_box() -> None:
    page = EveryField({}, auto_id="id_%s").render("forms/form.html")
    assert 'aria-describedby="id_title_helptext id_title_error"' in page
    assert 'aria-describedby="id_words_helptext id_words_error id_words-info"' in page
    for part in ("id_title_helptext", "id_title_error", "id_words-info", "id_ring_error"):
        assert f'id="{part}"' in page
