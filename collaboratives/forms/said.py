"""Asking for an agreement, an ask, a worry, and answers to them."""

from typing import Any

from django import forms
from django.db import models

from collaboratives.models import Agreement
from kit.forms import Asking, Form, Rewording
from kit.widgets import DayMonthYearField


class AddAgreement(Asking):
    """What was agreed, and how people came to it."""

    asks_about = "text"

    text = forms.CharField(
        label="What did people agree?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what people agreed"},
    )
    how_reached = forms.CharField(
        label="How did you come to it?",
        max_length=300,
        help_text="For example: we went round the room, and everybody can live with it",
        error_messages={"required": "Say how people came to it"},
    )
    is_way_of_working = forms.BooleanField(label="It is about how we work together", required=False)


class AddAsk(Asking):
    """What the Collaborative asks of somebody else."""

    asks_about = "text"

    text = forms.CharField(
        label="What do you ask?",
        max_length=600,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write what you ask"},
    )
    to_whom = forms.CharField(
        label="Of whom?", max_length=120, error_messages={"required": "Say who should answer"}
    )
    by_when = DayMonthYearField(label="When do you need an answer?", required=False)


class ChangeAsk(AddAsk, Rewording):
    """Other words for an ask that waits for its answer."""

    asks_about = ""


class AddWorry(Asking):
    """A worry in one's own words, and which agreement it is about."""

    asks_about = "words"

    words = forms.CharField(
        label="What worries you?",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Everybody in the Collaborative can read it, as you write it. Your name is not shown.",
        error_messages={"required": "Write a few words about the worry"},
    )
    agreement: "forms.ModelChoiceField[Agreement]" = forms.ModelChoiceField(
        None,
        label="Is it about one of these agreements?",
        required=False,
        empty_label="About the whole gathering",
        error_messages={"invalid_choice": "Choose one of these agreements"},
    )

    says_optional = False

    def __init__(self, *args: Any, agreements: models.QuerySet[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        if not agreements.exists():
            self.fields["agreement"].widget = forms.HiddenInput()


class EnterWorry(AddWorry):
    """The same for a facilitator, who may enter it for a member from paper, a call or the room (C5)."""

    entered_for_a_member = forms.BooleanField(
        label="I am entering this for a member",
        required=False,
        help_text="Use their own words. It counts the same as any other worry. Without this tick, the worry "
        "is your own. If you are not a member too, it is shown as a facilitator’s: where you are the only "
        "one, everybody then knows whose it is.",
    )


class AnswerWorry(Form):
    """What is answered to a worry."""

    words = forms.CharField(
        label="What is your answer?",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text="Say what changed because of it, or why not. The worry stays beside your answer.",
        error_messages={"required": "Write an answer"},
    )


class AnswerAsk(Form):
    """What was answered to an ask."""

    answer = forms.CharField(
        label="What was the answer?",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Write the answer"},
    )
