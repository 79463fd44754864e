"""Who is invited and not in yet: the list, and one invitation, to send again or to take back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kit.models import Scope
from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Invitation, Programme, Site
from programmes.models.places import place_of
from programmes.pages import Answer, Request, by, get_or_404, page
from programmes.roles import Role
from programmes.views.people import A_PAGE, show_link


@page(Permission.CHANGE_PEOPLE)
def not_in_yet(request: Request, site: Site) -> Answer:
    """List who is invited and has not said yes; nobody else of the place sees them."""
    return {"site": site, "page": _listed(request, site)}


@page(Permission.CHANGE_PROGRAMME_PEOPLE)
def programme_not_in_yet(request: Request, programme: Programme) -> Answer:
    """List who is invited to lead or to coach."""
    return {"programme": programme, "page": _listed(request, programme)}


@page(Permission.CHANGE_PEOPLE)
def invitation(request: Request, site: Site, invitation: UUID) -> Answer:
    """Show one invitation to a place."""
    onwards = reverse("programmes:not_in_yet", args=[site.slug])
    return _one(request, site, invitation, onwards, {"site": site})


@page(Permission.CHANGE_PROGRAMME_PEOPLE)
def programme_invitation(request: Request, programme: Programme, invitation: UUID) -> Answer:
    """Show one invitation to lead or to coach."""
    onwards = reverse("programmes:programme_not_in_yet", args=[programme.slug])
    return _one(request, programme, invitation, onwards, {"programme": programme})


@page(Permission.RUN_INSTALLATION)
def keepers_invitation(request: Request, invitation: UUID) -> Answer:
    """Show the invitation of somebody who is to let others in."""
    keepers = invited_keepers().filter(pk=invitation)
    if request.method == "POST" and not keepers.exists():
        return _nothing_done(request, actions.ANSWERED, reverse("programmes:installation"))
    place = place_of(get_or_404(keepers).scope)
    onwards = reverse("programmes:set_up", args=[place.programme_id])
    return _one(request, place, invitation, onwards, {"set_up": place.programme_id})


def invited_keepers() -> QuerySet[Invitation]:
    """Return who is invited to run a place or to lead a programme, or said no, by name."""
    keepers = Q(roles__contains=Role.FACILITATOR) | Q(roles__contains=Role.PROGRAMME_LEAD)
    return Invitation.objects.filter(keepers, person=None).with_place().order_by("name", "pk")


def _listed(request: Request, at: Scope) -> "Page[Invitation]":
    return Paginator(Invitation.objects.not_in_yet(at), A_PAGE).get_page(request.GET.get("page"))


def _one(request: Request, at: Scope, key: UUID, onwards: str, about: dict[str, object]) -> Answer:
    """Show an invitation, or do what was pressed; what somebody else was quicker with leads to the list."""
    form, rows = forms.ChangeInvitation(request.POST or None), Invitation.objects.not_in_yet(at)
    pressed = form.is_valid()
    if pressed and not rows.filter(pk=key).exists():
        return _nothing_done(request, actions.ANSWERED, onwards)
    found = get_or_404(rows, pk=key)
    if pressed:
        return _changed(request, at, found, form, onwards, about)
    presses = {what: forms.ChangeInvitation(initial={"what": what}) for what in forms.ChangeInvitation.WHAT}
    return {"form": form, "invitation": found, "onwards": onwards, **presses, **about}


def _changed(
    request: Request,
    at: Scope,
    invitation: Invitation,
    form: forms.ChangeInvitation,
    onwards: str,
    about: dict[str, object],
) -> HttpResponse:
    what = form.cleaned_data["what"]
    try:
        if what != forms.ChangeInvitation.TAKE_BACK:
            by_hand, who = what == forms.ChangeInvitation.BY_HAND, by(request, form)
            made = actions.invite_again(at=at, by=who, invitation=invitation, by_hand=by_hand)
            return show_link(request, made, about)
        actions.take_back_invitation(at=at, by=by(request, form), invitation=invitation)
    except actions.CannotChangeInvitation as reason:
        return _nothing_done(request, str(reason), onwards)
    messages.success(request, f"{invitation.name} is not invited any more. Their e-mail is forgotten here.")
    return redirect(onwards)


def _nothing_done(request: Request, why: str, onwards: str) -> HttpResponse:
    messages.info(request, why)
    return redirect(onwards)
