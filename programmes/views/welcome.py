"""Answering a one-time link, mailed or printed: yes or no. Reading the page uses nothing up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kit import scope as scopes
from kit.actions import Actor
from kit.forms import Form
from kit.pages import words_sent
from people.actions import CAME_BY_LINK, CannotTakeName, sign_in
from people.adapters import is_too_many, too_many
from people.models import Person
from programmes.actions import answers, cards, codes
from programmes.forms.own_card import OwnCard
from programmes.forms.people import Press
from programmes.forms.welcome import CardCode, form_for
from programmes.models import ContactCard, Invitation, Programme, Site
from programmes.pages import Answer, get_or_404, public, yours
from programmes.support import lines_of

WRONG_LINKS = "30/m/ip"
YOUR_NAME_EVERYWHERE = "This is your name in all your places. The people there see it."
TWO_TAPS = timedelta(minutes=1)
"""How long after its use a link still answers the same form, sent twice by an impatient finger."""


@public(because="whoever holds a printed card has no session; the code on it is their right")
def type_code(request: HttpRequest) -> Answer:
    """Take the code from a printed card, and go on to what it opens; wrong ones are counted there."""
    form = CardCode(request.POST or None)
    if form.is_valid():
        return redirect("welcome:accept", token=form.cleaned_data["code"])
    return {"form": form}


@public(because="opened by somebody who has not signed in: the link itself is their right")
def accept(request: HttpRequest, token: str) -> Answer:
    """Say who is invited to what; accepting uses the link up and signs its person in."""
    invitation = Invitation.objects.filter(digest=codes.digest_of(token)).with_place().first()
    if invitation is None:
        is_guessing = is_too_many(request, action="welcome", rate=WRONG_LINKS)
        return too_many(request) if is_guessing else _closed(request, status=404)
    return _asked(request, invitation)


@yours
def invited(request: HttpRequest, invitation: UUID) -> Answer:
    """Ask the same from the list of one's places, without the link."""
    rows = waiting_for(request)
    if request.method == "POST" and not rows.filter(pk=invitation).exists():
        messages.info(request, "This was answered before, or the invitation was taken back.")
        return redirect("livingwell:places")
    return _asked(request, get_or_404(rows, pk=invitation))


def waiting_for(request: HttpRequest) -> QuerySet[Invitation]:
    """Return the invitations that whoever has signed in can answer without their links."""
    came_by_link = bool(request.session.get(CAME_BY_LINK))
    person = cast(Person, request.user)
    return Invitation.objects.for_account(person, timezone.now(), came_by_link=came_by_link)


@dataclass(frozen=True)
class Opened:
    """A link that somebody opened, or found on the list of their places.

    `account` is whom it lets in; None for somebody invited who has no account yet.
    """

    request: HttpRequest
    invitation: Invitation
    account: Person | None
    place: Site | Programme
    now: datetime

    @property
    def by_its_person(self) -> bool:
        """Whether whoever opened it had signed in as the person it is for."""
        return self.account is not None and self.request.user.pk == self.account.pk

    @property
    def somebody_else(self) -> Person | None:
        """Who else is signed in where it was opened."""
        there = self.request.user
        return there if isinstance(there, Person) and not self.by_its_person else None

    @property
    def is_open(self) -> bool:
        """Whether it lets its person in; a place that rests can be read, and one's own card kept."""
        if self.account is not None and not self.account.is_active:
            return False
        if self.invitation.used_at is not None:
            return self.request.method == "POST" and self.now - self.invitation.used_at < TWO_TAPS
        return self.invitation.works_until > self.now

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether the link of an invitation does not do alone: see `must_sign_in`."""
        who = self.account
        if who is None or not self.invitation.waits or self.by_its_person:
            return False
        return answers.must_sign_in(self.place, who)


def _asked(request: HttpRequest, invitation: Invitation) -> Answer:
    """Show what somebody is invited to, or take their answer."""
    opened = Opened(request, invitation, answers.account_of(invitation), invitation.place, timezone.now())
    if invitation.declined_at is not None:
        return _declined(opened)
    if not opened.is_open:
        return _gone(opened)
    if "no" in request.POST:
        return _said_no(opened)
    return _sign_in_first(opened) if opened.asks_to_sign_in else _asked_who(opened)


def _asked_who(opened: Opened) -> Answer:
    form, invitation = _form_for(opened), opened.invitation
    if invitation.used_at is None and _would_lose_words(opened.request, form):
        return _closed(opened.request, status=410)
    if form.is_valid() and (response := _accepted(opened, form)):
        return response
    lines = lines_of(opened.place if isinstance(opened.place, Site) else None)
    no = Press() if invitation.waits else None
    return {"form": form, "no": no, "place": opened.place, "opened": opened, "support_lines": lines}


def _would_lose_words(request: HttpRequest, form: Form) -> bool:
    """Say whether words were sent that `form` does not take: their card was made in another window."""
    not_taken = {*OwnCard.base_fields} - {*form.fields, "way"}
    return any(request.POST.get(name) for name in not_taken)


def _form_for(opened: Opened) -> Form:
    """Return the form with which somebody comes in; the name of an account is shown to its person alone."""
    account, invitation = opened.account, opened.invitation
    with scopes.opened(opened.place):
        cards_here = ContactCard.objects.at(opened.place)
        knows_them = account is not None and cards_here.of_person(account.pk).exists()
    kind = form_for(opened.place, knows_them=knows_them)
    email = invitation.email or (account.email if account else "")
    known = {"signs_in_with": email or ""} if issubclass(kind, OwnCard) else {}
    mine = account if opened.by_its_person else None
    form = kind(
        opened.request.POST or None, initial={"name": mine.name if mine else invitation.called}, **known
    )
    if mine:
        form.fields["name"].help_text = YOUR_NAME_EVERYWHERE
    return form


def _accepted(opened: Opened, form: Form) -> HttpResponse | None:
    """Let them in; whoever had signed in as the person it is for stays so, all others come in by a link."""
    try:
        person = _let_in(opened, form)
    except answers.MustSignIn:
        return _sign_in_first(opened)
    except answers.CannotAccept:
        return _gone(opened)
    except (cards.CannotKeepCard, CannotTakeName) as reason:
        form.add_error(reason.field, str(reason))
        return None
    _is_in(opened, person)
    messages.success(opened.request, f"Welcome to {opened.place}. It is good that you are here.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _is_in(opened: Opened, person: Person) -> None:
    if opened.by_its_person:  # a second tap has read the session before the first one's yes was kept
        opened.request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        return
    sign_in(opened.request, person, now=opened.now)
    opened.request.session[CAME_BY_LINK] = True


def _let_in(opened: Opened, form: Form) -> Person:
    by = _by(opened, opened.account, form)
    said = {"beside": opened.somebody_else, **form.cleaned_data}
    at, invitation = opened.place, opened.invitation
    if opened.account is None:
        return answers.open_account(at=at, by=by, invitation=invitation, **said)
    session = opened.request.session if opened.by_its_person else None
    return answers.accept_invitation(at=at, by=by, invitation=invitation, session=session, **said)


def _said_no(opened: Opened) -> HttpResponse:
    by = _by(opened, opened.account if opened.by_its_person else None)
    try:
        answers.say_no(at=opened.place, by=by, invitation=opened.invitation)
    except answers.CannotAccept:
        return _gone(opened)
    return _declined(opened)


def _by(opened: Opened, person: Person | None, form: Form | None = None) -> Actor:
    system = "" if person else answers.WELCOME
    return Actor(person=person, form=form, now=opened.now, page=opened.request.path, system=system)


def _gone(opened: Opened) -> HttpResponse:
    if opened.by_its_person:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _closed(opened.request, status=410)


def _closed(request: HttpRequest, *, status: int) -> HttpResponse:
    return render(request, "programmes/link_closed.html", {"words": words_sent(request)}, status=status)


def _sign_in_first(opened: Opened) -> HttpResponse:
    request = opened.request
    known = {"opened": opened, "place": opened.place, "words": words_sent(request), "no": Press()}
    status = 403 if request.method == "POST" else 200
    return render(request, "programmes/sign_in_first.html", known, status=status)


def _declined(opened: Opened) -> HttpResponse:
    known = {"place": opened.place, "words": words_sent(opened.request)}
    return render(opened.request, "programmes/said_no.html", known)
