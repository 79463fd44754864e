"""Coming in with a one-time link, mailed or printed. Reading the page uses nothing up."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
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
from programmes.actions import cards, invitations
from programmes.forms.own_card import OwnCard
from programmes.forms.welcome import CardCode, form_for
from programmes.models import ContactCard, Invitation, Programme, Site
from programmes.models.places import place_of
from programmes.pages import Answer, public
from programmes.support import lines_of

WRONG_LINKS = "30/m/ip"
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
    now = timezone.now()
    invitation = Invitation.objects.filter(digest=invitations.digest_of(token)).with_place().first()
    if invitation is None:
        is_guessing = is_too_many(request, action="welcome", rate=WRONG_LINKS)
        return too_many(request) if is_guessing else _closed(request, status=404)
    place, person = place_of(invitation.scope), invitation.person
    if not _is_open(request, invitation, now):
        return _gone(request, invitation)
    form = _form_for(request, place, person)
    if invitation.used_at is None and _would_lose_words(request, form):
        return _closed(request, status=410)
    if form.is_valid() and (response := _accepted(request, form, place, invitation, now)):
        return response
    return {"form": form, **_about(request, invitation, place)}


def _about(request: HttpRequest, invitation: Invitation, place: Site | Programme) -> dict[str, object]:
    somebody_else, until = _somebody_else(request, invitation), invitation.works_until
    lines = lines_of(place if isinstance(place, Site) else None)
    return {"place": place, "somebody_else": somebody_else, "until": until, "support_lines": lines}


def _would_lose_words(request: HttpRequest, form: Form) -> bool:
    """Say whether words were sent that `form` does not take: their card was made in another window."""
    not_taken = {*OwnCard.base_fields} - {*form.fields, "way"}
    return any(request.POST.get(name) for name in not_taken)


def _somebody_else(request: HttpRequest, invitation: Invitation) -> Person | None:
    there = request.user
    return there if isinstance(there, Person) and there.pk != invitation.person_id else None


def _form_for(request: HttpRequest, place: Site | Programme, person: Person) -> Form:
    with scopes.opened(place):
        knows_them = ContactCard.objects.at(place).of_person(person.pk).exists()
    kind = form_for(place, knows_them=knows_them)
    known = {"signs_in_with": person.email or ""} if issubclass(kind, OwnCard) else {}
    return kind(request.POST or None, initial={"name": person.name}, **known)


def _accepted(
    request: HttpRequest, form: Form, place: Site | Programme, invitation: Invitation, now: datetime
) -> HttpResponse | None:
    by = Actor(person=invitation.person, form=form, now=now, page=request.path)
    beside = _somebody_else(request, invitation)
    try:
        person = invitations.accept_invitation(
            at=place, by=by, invitation=invitation, beside=beside, **form.cleaned_data
        )
    except invitations.CannotAccept:
        return _gone(request, invitation)
    except (cards.CannotKeepCard, CannotTakeName) as reason:
        form.add_error(reason.field, str(reason))
        return None
    sign_in(request, person, now=now)
    request.session[CAME_BY_LINK] = True
    messages.success(request, f"Welcome to {place}. It is good that you are here.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _is_open(request: HttpRequest, invitation: Invitation, now: datetime) -> bool:
    """Say whether the link lets its person in; a place that rests can be read, and one's own card kept."""
    if not invitation.person.is_active:
        return False
    if invitation.used_at is not None:
        return request.method == "POST" and now - invitation.used_at < TWO_TAPS
    return invitation.works_until > now


def _gone(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.user.is_authenticated and request.user.pk == invitation.person_id:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _closed(request, status=410)


def _closed(request: HttpRequest, *, status: int) -> HttpResponse:
    return render(request, "programmes/link_closed.html", {"words": words_sent(request)}, status=status)
