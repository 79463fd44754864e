"""What somebody types to sign in, and the settings they choose for themselves."""

from typing import Any

from allauth.account import forms as allauth
from allauth.core import context as current
from django import forms

from kit.forms import Form
from kit.outbox import letters_leave
from people.actions import CAME_BY_LINK, has_proven_address
from people.models import Person

CODE = "Enter the code, like 1234-5678. The dash makes no difference."
NO_LETTERS = "No e-mail leaves this installation yet. The code is only kept in a file."
TWELVE = "At least 12 characters. Three words you remember make a good password."


def _say(form: forms.Form, name: str, label: str, help_text: str = "", required: str = "") -> None:
    """Put our words on one field of allauth's; a placeholder is no label, so it goes."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.error_messages["required"] = required or f"Enter {label[0].lower()}{label[1:]}"


def _ask_where_to(form: forms.Form, label: str) -> None:
    _say(form, "email", label, "We will send a code to it." if letters_leave() else NO_LETTERS)


class _Code:
    """The one field of every page that asks for a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self
        _say(code, "code", "The code from our e-mail" if letters_leave() else "The code", CODE)
        code.fields["code"].widget.attrs.update({"inputmode": "numeric", "maxlength": "20"})


class _NewPassword:
    """The two fields of every page that takes a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        password: Any = self
        _say(password, "password1", "New password", TWELVE, "Choose a password")
        _say(password, "password2", "The new password again")


class AskForCode(allauth.RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for a code by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_where_to(self, "Your e-mail address")


class SignIn(allauth.LoginForm):  # type: ignore[misc]
    """Signs in with a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", "Your e-mail address")
        _say(self, "password", "Your password")


class SignInWithCode(_Code, allauth.ConfirmLoginCodeForm):  # type: ignore[misc]
    """Signs in with the code that came by e-mail."""


class ConfirmEmail(_Code, allauth.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """Says that an e-mail address is one's own, with the code that came to it."""


class ConfirmReset(_Code, allauth.ConfirmPasswordResetCodeForm):  # type: ignore[misc]
    """Leads to a new password, with the code that came by e-mail."""


class ForgotPassword(allauth.ResetPasswordForm):  # type: ignore[misc]
    """Asks for a way to a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_where_to(self, "Your e-mail address")


class NewPassword(_NewPassword, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    """Takes the new password of somebody who forgot theirs."""


class SetPassword(_NewPassword, allauth.SetPasswordForm):  # type: ignore[misc]
    """Takes somebody's first password; it signs in together with an e-mail address, and never without."""

    def clean(self) -> dict[str, Any]:
        """Refuse a password that could sign nobody in."""
        if not self.user.email:
            raise forms.ValidationError("A password works together with an e-mail address. Add one first.")
        if current.request.session.get(CAME_BY_LINK) and has_proven_address(self.user):
            raise forms.ValidationError("A link let you in. Sign in with a code, then you can set one here.")
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class ChangePassword(_NewPassword, allauth.ChangePasswordForm):  # type: ignore[misc]
    """Takes another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", "Your password now")


class ChangeEmail(allauth.AddEmailForm):  # type: ignore[misc]
    """Takes another e-mail address to sign in with; whoever came by a link alone does not replace one."""

    def clean(self) -> dict[str, Any]:
        """Refuse to give somebody's account another address on the strength of a link."""
        if self.user.email and current.request.session.get(CAME_BY_LINK):
            raise forms.ValidationError(
                "A link let you in. Sign in with the address you have, then you can change it here."
            )
        cleaned: dict[str, Any] = super().clean()
        return cleaned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_where_to(self, "E-mail address to sign in with")


class ItIsMe(allauth.ReauthenticateForm):  # type: ignore[misc]
    """Asks once more who is there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", "Your password")


class Settings(Form):
    """How somebody is called, and how pages look and behave for them."""

    name = forms.CharField(
        label="Your name",
        max_length=80,
        help_text="The name you chose. People in your places see it.",
        error_messages={"required": "Enter a name. Any name you like to be called is fine"},
    )
    text_size = forms.ChoiceField(
        label="How large should words be?", choices=Person.TextSize.choices, widget=forms.RadioSelect
    )
    colours = forms.ChoiceField(
        label="Which colours should pages have?", choices=Person.Colours.choices, widget=forms.RadioSelect
    )
    low_data = forms.BooleanField(
        label="Use less data",
        required=False,
        help_text="No special letters, fewer pictures. Pages come faster and cost less.",
    )
    shares_device = forms.BooleanField(
        label="I share this phone or computer with other people",
        required=False,
        help_text=(
            "You are signed out when you close the browser, and after 20 minutes without a new page. "
            "Boxes do not remember what was typed before."
        ),
    )


class EndDevice(Form):
    """Names one device of one's own, to sign it out."""

    device = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SignOutEverywhere(Form):
    """Asks for nothing: pressing the button is the whole of it."""
