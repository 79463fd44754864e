"""How allauth works here: people are added by a facilitator, and every letter goes through the outbox."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from kit import outbox
from people import actions
from people.models import Person

PROOF_BY_LETTER = "allauth.account.stages.EmailVerificationStage"
ASKED_FOR_PROOF = "account_email_verification_sent"
"""The page to which a right password at an unproven address leads."""

TOO_MANY = "too_many_login_attempts"
WAIT_SECONDS = 15 * 60

WORDS = {
    "account_inactive": "This account is closed. Please talk to your facilitator.",
    "email_password_mismatch": "That e-mail address and password do not go together. Check both, try again.",
    "enter_current_password": "That is not your password now. Check it and try again.",
    "incorrect_code": "That is not the code we sent. Check the e-mail and try again.",
    "incorrect_password": "That is not your password. Check it and try again.",
    "duplicate_email": "This is already the address you sign in with.",
    "email_taken": "This address cannot be used. Please use another one.",
    "same_as_current": "This is already the address you sign in with.",
    TOO_MANY: "That was too many tries. Please wait 15 minutes, or ask your facilitator to let you in.",
    "rate_limited": "That was very quick. Please wait a minute, then try again.",
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up alone; a facilitator adds people (README 2.23)."""

    error_messages = {**DefaultAccountAdapter.error_messages, **WORDS}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: people come in through a one-time link."""
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """Answer too many tries with a page of its own (429); anything else is said beside the field."""
        if code == TOO_MANY:
            raise ImmediateHttpResponse(too_many(current.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def get_login_stages(self) -> list[str]:
        """Ask for proof of an address only where the letter with the code leaves this machine."""
        stages: list[str] = super().get_login_stages()
        return stages if outbox.letters_leave() else [stage for stage in stages if stage != PROOF_BY_LETTER]

    def post_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse:
        """Note in the session that a password at an address nobody has proven may be a link holder's (C2)."""
        if not actions.has_proven_address(user):
            request.session[actions.CAME_BY_LINK] = True
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to one's settings."""
        return reverse("people:me")

    def set_password(self, user: Person, password: str) -> None:
        """Keep a new password; it ends every session on every other device.

        A request that was under way while its session ended sets none: it might be that of a link's holder.
        """
        with transaction.atomic():
            now = Person.objects.select_for_update().get(pk=user.pk)
            if (now.sessions_key, now.password) != (user.sessions_key, user.password):
                raise ImmediateHttpResponse(redirect("people:sign_in"))
            actions.end_sessions(user)
            super().set_password(user, password)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the letter; it leaves off the request, so a known address takes no longer than another."""
        facts = {"email": email, "base_url": settings.BASE_URL, **context}
        outbox.owe_letter(
            kind="account",
            to=Person.objects.filter(email__iexact=email).first(),
            address=email,
            scope=None,
            facts={
                "subject": " ".join(render_to_string(f"{template_prefix}_subject.txt", facts).split()),
                "body": render_to_string(f"{template_prefix}_message.txt", facts).strip() + "\n",
            },
            now=timezone.now(),
        )


def proven(*, request: HttpRequest, email_address: EmailAddress, **signal: Any) -> None:
    """Take note that somebody reads the mail of an address; allauth tells of it by this signal alone.

    Whoever typed a password and was asked for this proof keeps it; whoever was in already stays in. If a link
    let them in, what they took for themselves is forgotten: it might be the address of a link's holder (C2).
    """
    person = email_address.user
    is_in = request.user.is_authenticated and request.user.pk == person.pk
    ways = {way["method"] for way in get_authentication_records(request, person)}
    was_asked = request.resolver_match is not None and request.resolver_match.url_name == ASKED_FOR_PROOF
    with_password = not is_in and was_asked and "password" in ways
    if is_in and request.session.get(actions.CAME_BY_LINK):
        import_string(settings.WHEN_A_LINK_BROUGHT_AN_ADDRESS)(person)
    but = request.session if is_in else None
    actions.make_theirs_alone(person, but=but, keeps_password=with_password)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that it was too many tries, and when to come back (G14)."""
    page = render(request, "429.html", {"minutes": WAIT_SECONDS // 60}, status=429)
    page["Retry-After"] = str(WAIT_SECONDS)
    return page


def is_too_many(request: HttpRequest, *, action: str, rate: str) -> bool:
    """Count one try of `action` against `rate` (as in "30/m/ip") and say whether it is too many."""
    limits = {action: rate}
    used = ratelimit.consume(request, app="livingwell", action=action, config=limits, limit_get=True)
    return used is None
