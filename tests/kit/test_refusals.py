"""What an action refuses is said on the form; whatever else it raises passes."""

from typing import cast
from uuid import uuid4

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from kit.actions import Question, Refused
from kit.form_keys import AnotherBody
from kit.forms import QUESTION_FIRST, Asking, Form
from kit.models import Versioned
from kit.pages import Refusals
from kit.versions import Stale


class Naming(Form):
    name = forms.CharField()


class CannotName(Exception):
    """Refused."""


class CannotNameTwice(CannotName):
    """Refused for one reason more."""


class CannotKeep(Exception):
    """Refused by another action."""


def sent() -> Naming:
    data = QueryDict(mutable=True)
    data.update({"form_key": str(uuid4()), "name": "Amara"})
    form = Naming(data)
    assert form.is_valid()
    return form


def test_a_refusal_is_said_above_the_fields():
    form = sent()
    with Refusals(form, CannotName):
        raise CannotName("There is one with this name already.")
    assert form.errors == {NON_FIELD_ERRORS: ["There is one with this name already."]}
    assert form["name"].value() == "Amara", "what was typed is still there"


def test_a_refusal_is_said_beside_its_field():
    form = sent()
    with Refusals(form, CannotName, "name"):
        raise CannotName("There is one with this name already.")
    assert form.errors == {"name": ["There is one with this name already."]}


@pytest.mark.parametrize(("named", "beside"), [("name", "name"), ("elsewhere", NON_FIELD_ERRORS)])
def test_a_refusal_that_names_its_box_is_said_beside_it_if_the_form_has_it(named: str, beside: str):
    form = sent()
    with Refusals(form, Refused):
        raise Refused("There is one with this name already.", field=named)
    assert form.errors == {beside: ["There is one with this name already."]}


def test_a_closer_kind_of_the_refusal_is_said_too():
    form = sent()
    with Refusals(form, CannotName):
        raise CannotNameTwice("Twice.")
    assert form.errors == {NON_FIELD_ERRORS: ["Twice."]}


def test_without_a_refusal_nothing_is_said():
    form = sent()
    with Refusals(form, CannotName):
        pass
    assert form.is_valid()


@pytest.mark.parametrize(
    "other",
    [CannotKeep("No."), ValueError("Ours."), Stale(cast(Versioned, object())), AnotherBody(None)],
    ids=lambda other: type(other).__name__,
)
def test_what_is_no_refusal_passes_and_the_form_says_nothing(other: Exception):
    form = sent()
    with pytest.raises(type(other)) as raised, Refusals(form, CannotName, "name"):
        raise other
    assert raised.value is other
    assert form.is_valid()


class Asked(Asking):
    asks_about = "name"

    name = forms.CharField()


def asking(**typed: str) -> Asked:
    data = QueryDict(mutable=True)
    data.update({"form_key": str(uuid4()), "name": "Amara", **typed})
    form = Asked(data)
    assert form.is_valid()
    return form


def test_a_question_is_asked_beside_its_field_and_the_same_words_are_then_taken():
    form = asking(name="Amara, of the quay")
    assert form.cleaned_data == {"name": "Amara, of the quay", "sure": False}
    with Refusals(form, CannotName):
        raise Question("Is this another one?", about="name")
    assert form.errors == {"name": ["Is this another one?"]}
    assert form.summary_heading == QUESTION_FIRST
    again = str(form["asked"].value())
    assert asking(name="Amara, of the quay", asked=again).cleaned_data["sure"] is True
    assert asking(name="Amara", asked=again).cleaned_data["sure"] is False


def test_a_question_is_forgotten_when_its_words_change():
    form = asking()
    with Refusals(form):
        raise Question("Is this another one?", about="name")
    changed = asking(name="Bea", asked=str(form["asked"].value()))
    assert asking(name="Amara", asked=str(changed["asked"].value())).cleaned_data["sure"] is False


def test_without_a_refusal_of_its_own_everything_else_passes():
    with pytest.raises(CannotName), Refusals(asking()):
        raise CannotName("No.")
