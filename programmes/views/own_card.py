"""What somebody says about themselves in one place, on a page of their own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.text import capfirst

from kit.forms import Form
from kit.models import Event
from people.actions import CAME_BY_LINK
from people.models import Person
from programmes import actions, forms
from programmes.access import Permission, standings_of
from programmes.actions import CannotLeave, answers, cards, invitations, links, why_no_leave
from programmes.forms.own_card import OwnCard, OwnCardAfterALink
from programmes.forms.people import Press
from programmes.models import ContactCard, Invitation, Membership, Site, TakenRole
from programmes.pages import Answer, Refusals, Request, by, page, yours
from programmes.views.lines import words_for
from programmes.views.welcome import waiting_for

LINKS_SHOWN = 5


@dataclass(frozen=True)
class OpenedLink:
    """One of a person's links that was used: when, who had made it, and who else was signed in there."""

    opened_at: datetime
    made_by: str
    beside: str


@page(Permission.KEEP_OWN_CARD)
def own_card(request: Request, site: Site) -> Answer:
    """Keep one's own card: how to reach one, what one needs, what one brings."""
    card = ContactCard.objects.at(site).of_person(request.user.pk).select_related("scope").first()
    data = request.POST or None
    kind = OwnCardAfterALink if request.session.get(CAME_BY_LINK) else OwnCard
    known: dict[str, Any] = {"signs_in_with": request.user.email or "", "taken": _taken(site, request.user)}
    form = kind.of(card, data, **known) if card else kind(data, **known)
    if form.is_valid() and _kept(request, site, card, form):
        messages.success(request, f"Saved for {site}.")
        return redirect("welcome:own_card", site=site.slug)
    roles = [words for _, words in _held(request, site)]
    return {"form": form, "site": site, "roles": roles, "links": _opened_links(site, request.user)}


@page(Permission.KEEP_OWN_CARD)
def put_down_role(request: Request, site: Site) -> Answer:
    """Let somebody put down one of the things they are here; nobody needs to be asked."""
    held = _held(request, site)
    form = forms.PutDownRole(request.POST or None, held=held)
    if form.is_valid():
        with Refusals(form, actions.CannotChangeRole):
            key = UUID(form.cleaned_data["membership"])
            me = request.user.pk
            actions.end_role(at=site, by=by(request, form), person_id=me, membership_id=key)
            messages.success(request, "Put down. It ended at once.")
            return redirect("livingwell:front")
    return {"form": form, "site": site, "is_last": len(held) == 1}


def _held(request: Request, site: Site) -> list[tuple[str, str]]:
    """Return what this person is here, by key and in words."""
    rows = Membership.objects.of(site).filter(person=request.user)
    return [(str(row.pk), capfirst(words_for(row))) for row in rows]


@page(Permission.KEEP_OWN_CARD)
def leave_place(request: Request, site: Site) -> Answer:
    """Say what happens, ask once more, then let somebody leave a place by themselves; one that rests, too."""
    form = Press(request.POST or None)
    if form.is_valid():
        with Refusals(form, CannotLeave):
            actions.leave_place(at=site, by=by(request, form))
            messages.success(request, f"You have left {site}. Thank you for what you brought.")
            return redirect("livingwell:front")
    return {"site": site, "form": form, "stays": why_no_leave(site, request.user)}


@yours
def my_places(request: HttpRequest) -> Answer:
    """List the places in which one can say how to be reached."""
    mine = standings_of(cast(Person, request.user))
    places = [standing.scope for standing in mine if standing.may(Permission.KEEP_OWN_CARD)]
    return {"places": places, "invitations": waiting_for(request)}


def _opened_links(site: Site, person: Person) -> list[OpenedLink]:
    """Return the latest links that let somebody in as `person`: each might have been opened by another."""
    mine = Invitation.objects.filter(scope_id=site.pk, person=person).exclude(used_at=None)
    links = dict(mine.order_by("-used_at").values_list("pk", "used_at")[:LINKS_SHOWN])
    names: dict[object, dict[str, str]] = defaultdict(dict)
    for event in Event.objects.at(site).filter(about_id__in=list(links)).select_related("person"):
        names[event.about_id][event.did] = event.person.name if event.person else ""
    beside = answers.was_signed_in.__name__
    said = [(at, names[pk]) for pk, at in links.items() if at is not None]
    return [OpenedLink(at, _made_by(whose), whose.get(beside, "")) for at, whose in said]


def _made_by(whose: Mapping[str, str]) -> str:
    """Return who made a link, from who did what with it; an invitation may have been sent again."""
    ways = (invitations.invite_again, invitations.add_person, links.invite)
    return next((whose[way.__name__] for way in ways if way.__name__ in whose), "")


def _taken(site: Site, person: Person) -> list[str]:
    return list(TakenRole.objects.at(site).of_person(person.pk).values_list("role", flat=True))


def _kept(request: Request, site: Site, card: ContactCard | None, form: Form) -> bool:
    try:
        if card is None:
            cards.make_own_card(at=site, by=by(request, form), **form.cleaned_data)
        else:
            cards.change_own_card(at=site, by=by(request, form), card=card, **form.cleaned_data)
    except cards.CannotKeepCard as reason:
        form.add_error(reason.field, str(reason))
        return False
    return True
