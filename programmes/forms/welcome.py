"""What somebody says when they come in with a one-time link."""

from django import forms

from kit.forms import Form
from programmes.actions.codes import code_in
from programmes.forms.own_card import OwnCard
from programmes.models import Programme, Site


def _name() -> forms.CharField:
    return forms.CharField(
        label="Your name",
        max_length=80,
        help_text="Any name you like to be called. The people of this place see it.",
        error_messages={"required": "Enter a name. Any name you like to be called is fine"},
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class CardCode(Form):
    """The code from a printed card, typed by hand."""

    code = forms.CharField(
        label="The code on your card",
        max_length=300,
        help_text="Twenty letters and numbers, like 7k3m-q0xz-04ht-2vbn-9s6d. Capital letters and dashes "
        "make no difference.",
        error_messages={"required": "Enter the code on your card"},
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class": "lw-code"}
        ),
    )

    def clean_code(self) -> str:
        """Return the code as it stands in addresses.

        Raises:
            ValidationError: this is no code; how long it was is no secret.
        """
        if not (code := code_in(self.cleaned_data["code"])):
            raise forms.ValidationError("A code has twenty letters and numbers. Look at your card again.")
        return code


class ComeIntoSite(OwnCard):
    """The name, and the card of one place."""

    name = _name()
    field_order = ("form_key", "seen_version", "name")


class ComeIn(Form):
    """The name alone: for a programme, and for somebody who has told the place about themselves before."""

    name = _name()


def form_for(place: Site | Programme, *, knows_them: bool) -> type[Form]:
    """Return the form with which somebody comes into `place`.

    What a person said before is neither shown nor asked again: whoever holds a link might not be them yet.
    """
    return ComeIntoSite if isinstance(place, Site) and not knows_them else ComeIn
