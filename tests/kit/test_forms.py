"""Words that could turn other words around, or that nobody can see, get a message; nothing typed is lost."""

from typing import ClassVar, cast
from uuid import uuid4

import pytest
from django import forms
from django.http import QueryDict

from kit.forms import EMPTIED, NO_LETTER, NOTHING_SEEN, QUESTION_FIRST, TURNED, Form, Rewording

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
FAMILY = "\U0001f469\u200d\U0001f467"


class Naming(Form):
    name = forms.CharField()
    line = forms.CharField(required=False, label="One line", max_length=40)


def sent(**typed: str) -> Naming:
    data = QueryDict(mutable=True)
    data.update({"form_key": str(uuid4()), "name": "Amara", **typed})
    return Naming(data)


def typed_in(form: Form) -> QueryDict:
    return cast(QueryDict, form.data)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("field", ["name", "line"])
def test_a_mark_that_turns_words_around_is_refused_beside_its_field(field: str, mark: str):
    form = sent(**{field: f"Sa{mark}rah"})
    assert form.errors == {field: [TURNED]}
    assert 'value="Sarah"' in str(form[field]), "what was typed is still there, without the mark"


def test_what_is_sent_again_without_the_marks_is_taken():
    form = sent(name="\u202eنور")
    assert not form.is_valid()
    assert Naming(typed_in(form)).is_valid()


def test_a_browser_cuts_nothing_off_without_saying_so():
    assert "maxlength" not in str(sent(line="x")["line"])


def test_a_mark_that_is_no_letter_says_which_field():
    assert sent(line="a\x00b").errors == {"line": [NO_LETTER.format(label="One line")]}


def test_what_is_too_long_says_which_field_and_by_how_much():
    assert sent(line="x" * 40).is_valid()
    form = sent(line="x" * 43)
    assert form.errors == {"line": ["“One line” is too long: 43 letters. Up to 40 fit here"]}


@pytest.mark.parametrize(
    "name", ["سارة", "שרה كوهين", "مها\u200f (Maha)", f"Zoë {FAMILY}", "<b>Bo</b>", "Nguyễn", "O’Brien", "李"]
)
def test_names_of_every_script_are_welcome(name: str):
    form = sent(name=name)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == name


@pytest.mark.parametrize("nothing", ["\u200b", "\u200b\u2060", "\u200f", "\ufeff \u00ad"])
def test_words_that_nobody_can_see_are_refused(nothing: str):
    assert sent(name=nothing).errors == {"name": [NOTHING_SEEN]}


def test_an_empty_line_is_just_empty():
    assert sent(line="").is_valid()
    assert sent(line="  ").is_valid()


class Correcting(Rewording):
    notes = forms.CharField(required=False, label="What happened?")
    people = forms.IntegerField(required=False)


def corrected(stood: dict[str, object], **typed: str) -> Correcting:
    data = QueryDict(mutable=True)
    data.update({"form_key": str(uuid4()), "seen_version": "1", **typed})
    return Correcting(data, initial={"seen_version": 1, **stood})


class TestRewording:
    STOOD: ClassVar = {"notes": "We talked", "people": 12}

    def test_asks_once_before_words_that_stood_there_are_emptied(self):
        first = corrected(self.STOOD, notes="  ")
        assert first.errors == {"notes": [EMPTIED.format(label="What happened?")]}
        assert Correcting(typed_in(first), initial=first.initial).is_valid()

    def test_a_question_alone_is_no_problem(self):
        assert corrected(self.STOOD, notes="").summary_heading == QUESTION_FIRST
        assert corrected(self.STOOD, notes="", people="x").summary_heading == ""
        assert corrected(self.STOOD, notes="We met").summary_heading == ""

    def test_asks_again_about_others(self):
        class Longer(Correcting):
            place = forms.CharField(required=False)

        data = typed_in(corrected(self.STOOD, asked="notes:"))
        assert [*Longer(data, initial={**self.STOOD, "seen_version": 1, "place": "Hall"}).errors] == ["place"]

    def test_takes_other_words_and_what_was_empty_before(self):
        assert corrected(self.STOOD, notes="We talked twice").is_valid()
        assert corrected({"notes": ""}, notes="").is_valid()
        form = corrected({}, notes="")
        assert form.is_valid()
        assert "asked" not in form.cleaned_data

    def test_leaves_what_others_changed_meanwhile_to_the_page_with_both_texts(self):
        form = corrected({**self.STOOD, "seen_version": 2}, notes="")
        assert form.is_valid()
        assert form.seen == 1
