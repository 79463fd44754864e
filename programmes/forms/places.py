"""Forms for whoever runs the installation: a new programme, a new place."""

from typing import Any

from django import forms

from kit.forms import Asking, Rewording
from programmes.actions.programmes import short_name_of
from programmes.forms.people import EMAIL, NAME
from programmes.models import Programme, Site

SHORT_NAME = "Use small letters a to z, numbers and dashes, like harbour-city"


class _Named(Asking):
    """A name, and the short name that stands in addresses; left empty, it is made from the name.

    A name that another one has is asked about once: the short name alone keeps the two apart.
    """

    asks_about = "name"

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter a name"})
    slug = forms.SlugField(
        label="Short name",
        help_text="Stands in addresses and does not change later. Leave it empty to make it from the name.",
        max_length=40,
        required=False,
        error_messages={"invalid": SHORT_NAME},
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Make the short name from the name where none was given."""
        super().clean()
        slug = (self.cleaned_data.get("slug") or short_name_of(self.cleaned_data.get("name", ""))).lower()
        self.cleaned_data["slug"] = slug
        if not slug and not self.errors:
            self.add_error("slug", SHORT_NAME)
        return self.cleaned_data


class AddProgramme(_Named):
    """A new programme."""

    purpose = forms.CharField(
        label="What it is for", max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )

    def for_a_programme(self) -> dict[str, Any]:
        """Return what the action takes: a programme, not yet saved."""
        typed = dict(self.cleaned_data)
        return {"sure": typed.pop("sure"), "at": Programme(**typed)}


class ChangeProgramme(Rewording):
    """Another name or purpose; the short name stays, because addresses carry it."""

    asks_about = "name"

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter a name"})
    purpose = forms.CharField(
        label="What it is for", max_length=600, required=False, widget=forms.Textarea({"rows": 3})
    )


class AddSite(_Named):
    """A new place, with the person who begins there."""

    facilitator_name = forms.CharField(
        label="First facilitator: the name they go by",
        help_text="They let everybody else in.",
        max_length=80,
        error_messages={"required": NAME},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    facilitator_email = forms.EmailField(
        label="First facilitator: e-mail they sign in with",
        required=False,
        error_messages={"invalid": EMAIL},
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def for_a_place_of(self, programme: Programme) -> dict[str, Any]:
        """Return what the action takes: a place of `programme`, not yet saved, and its first facilitator."""
        typed = dict(self.cleaned_data)
        return {"at": Site(within=programme, name=typed.pop("name"), slug=typed.pop("slug")), **typed}
