"""Asking for the words of the draft and of its values."""

from django import forms

from kit.forms import Form, Rewording


class StartFirst(Form):
    """Starting the first version: there is nothing yet that could have changed."""


class StartNext(StartFirst):
    """Why it is time for the next version."""

    why_changed = forms.CharField(
        label="Why write a new version?",
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="For example: it no longer speaks of young people. You can fill this in later.",
    )


class WriteFirst(Rewording):
    """The vision in a few words, and the same in easy words."""

    statement = forms.CharField(
        label="Our vision",
        max_length=600,
        widget=forms.Textarea({"rows": 5}),
        help_text="One or two sentences that anybody who lives here can feel is theirs",
        error_messages={"required": "Write the vision in a sentence or two"},
    )
    plain = forms.CharField(
        label="The same in easy words",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Short sentences. No hard words.",
    )


class WriteNext(WriteFirst):
    """The same, and what changed since the version before."""

    why_changed = forms.CharField(
        label="What changed since the version before, and why?",
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class SayValue(Rewording):
    """One value: its name, what it means, and how one would see it kept."""

    name = forms.CharField(
        label="What is the value called?",
        max_length=60,
        help_text="For example: Kindness that acts",
        error_messages={"required": "Give the value a name"},
    )
    meaning = forms.CharField(
        label="What do we promise?",
        max_length=300,
        help_text="For example: We notice, and we do something about it.",
        error_messages={"required": "Say what the value means"},
    )
    we_would_see = forms.CharField(
        label="What would we see?",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="One thing on each line",
    )
    we_would_not_see = forms.CharField(
        label="What would we not see?",
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="One thing on each line",
    )


class RemoveValue(Form):
    """Taking a value out of the draft."""


class MoveValue(Form):
    """Moving a value one place up, or down."""

    up = forms.BooleanField(required=False, widget=forms.HiddenInput)
