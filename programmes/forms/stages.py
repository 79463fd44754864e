"""The form that says where a place stands with one stage of the method."""

from typing import Any

from django import forms
from django.http import QueryDict

from kit.forms import Rewording
from kit.widgets import RadiosWithHints
from programmes.models import StageState

State = StageState.State


class SetStage(Rewording):
    """One of four words, a short note, and a reason where a stage comes before one that has not begun."""

    state = forms.ChoiceField(
        label="Where we stand",
        choices=State.choices,
        error_messages={"required": "Choose where you stand"},
        widget=RadiosWithHints(
            hints={
                State.NOT_BEGUN: "That is fine. Things grow in their own time.",
                State.GROWING: "Something is happening, and it changes as we learn.",
                State.ROOTED: "It holds, also when people come and go.",
                State.COMING_BACK: "We have learned something, and go round again.",
            }
        ),
    )
    note = forms.CharField(
        label="A short note, if you like",
        help_text="What is going on, in one sentence. Everybody in the place can read it.",
        max_length=300,
        required=False,
    )
    says_optional = False
    why_early = forms.CharField(
        label="Why this comes early",
        help_text="Something before it has not begun. Who leads and coaches the programme can read this.",
        max_length=300,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, comes_early: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if data is None and not comes_early and not self.initial.get("why_early"):
            del self.fields["why_early"]
