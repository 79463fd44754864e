"""The form that says where a place stands with one stage of the method."""

from django import forms

from kit.forms import Form
from kit.widgets import RadiosWithHints
from programmes.models import StageState

State = StageState.State


class SetStage(Form):
    """One of four words, a short note, and a reason where a stage begins early."""

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
        label="A short note",
        help_text="What is going on, in one sentence. Everybody in the place can read it.",
        max_length=300,
        required=False,
    )
    why_early = forms.CharField(
        label="Why this comes early",
        help_text="Only when something before it has not begun. Who leads the programme can read it.",
        max_length=300,
        required=False,
    )
