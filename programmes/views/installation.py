"""Pages for whoever runs the installation: programmes, places and their first people. Never any content."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.utils import timezone

from people.actions import sign_in
from people.models import Person
from programmes import actions, forms
from programmes.access import Permission
from programmes.models import Invitation, Membership, Programme, Site
from programmes.models.places import place_of
from programmes.pages import Answer, Refusals, Request, by, get_or_404, page, public
from programmes.roles import Role
from programmes.views.invitations import invited_keepers
from programmes.views.people import A_PAGE, added, show_link


@page(Permission.RUN_INSTALLATION)
def installation(request: Request) -> Answer:
    """List the programmes."""
    shown = Paginator(Programme.objects.order_by("name", "pk"), A_PAGE).get_page(request.GET.get("page"))
    return {"page": shown}


@page(Permission.RUN_INSTALLATION)
def set_up(request: Request, named: UUID) -> Answer:
    """Show one programme's places, and the people who can let others in."""
    found = get_or_404(Programme.objects.all(), pk=named)
    shown = Paginator(Site.objects.of(found), A_PAGE).get_page(request.GET.get("page"))
    keepers, invited = _keepers([found, *shown]), _invited([found, *shown])
    return {
        "programme": found,
        "page": shown,
        "leads": keepers[found.pk],
        "leads_invited": invited[found.pk],
        "places": [(site, keepers[site.pk], invited[site.pk]) for site in shown],
    }


@page(Permission.RUN_INSTALLATION)
def add_programme(request: Request) -> Answer:
    """Ask what the new programme is called."""
    form = forms.AddProgramme(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotAddPlace, field="slug"):
            made = actions.add_programme(by=by(request, form), **form.for_a_programme())
            return redirect("programmes:set_up", named=made.pk)
    return {"form": form}


@page(Permission.RUN_INSTALLATION)
def change_programme(request: Request, named: UUID) -> Answer:
    """Change a programme's name and purpose."""
    found = get_or_404(Programme.objects.all(), pk=named)
    form = forms.ChangeProgramme.of(found, request.POST or None)
    if form.is_valid():
        with Refusals(form):
            actions.change_programme(at=found, by=by(request, form), **form.cleaned_data)
            messages.success(request, "Saved.")
            return redirect("programmes:set_up", named=found.pk)
    return {"programme": found, "form": form}


@page(Permission.RUN_INSTALLATION)
def add_lead(request: Request, named: UUID) -> Answer:
    """Ask who is to lead or coach a programme."""
    found = get_or_404(Programme.objects.all(), pk=named)
    form = forms.AddProgrammePerson(request.POST or None)
    return added(request, found, form, {"set_up": found.pk}) or {"programme": found, "form": form}


@page(Permission.RUN_INSTALLATION)
def add_site(request: Request, named: UUID) -> Answer:
    """Ask what the new place is called, and who begins there."""
    found = get_or_404(Programme.objects.all(), pk=named)
    form = forms.AddSite(request.POST or None)
    if form.is_valid():
        with Refusals(form, actions.CannotAddPlace, field="slug"):
            actions.add_site(by=by(request, form), **form.for_a_place_of(found))
            return redirect("programmes:set_up", named=found.pk)
    return {"programme": found, "form": form}


@page(Permission.RUN_INSTALLATION)
def add_facilitator(request: Request, place: UUID) -> Answer:
    """Ask who is to run a place, when nobody there can let them in."""
    found = get_or_404(Site.objects.with_programme(), pk=place)
    form = forms.AddFacilitator(request.POST or None)
    return added(request, found, form, {"set_up": found.programme_id}) or {"site": found, "form": form}


@page(Permission.RUN_INSTALLATION, post_only=True)
def hand_over_link(request: Request, membership: UUID) -> Answer:
    """Make a one-time link for a facilitator or lead who cannot come in by themselves, and show it once."""
    row = get_or_404(_rows_of_keepers(), pk=membership)
    form, scope = forms.Press(request.POST), place_of(row.scope)
    if form.is_valid():
        try:
            invitation = actions.hand_over_link(at=scope, by=by(request, form), person=row.person)
        except actions.CannotLetIn as reason:
            messages.error(request, str(reason))
        else:
            return show_link(request, invitation, {"set_up": scope.programme_id})
    return redirect("programmes:set_up", named=scope.programme_id)


@public(because="the link that `manage.py begin` prints; the link itself is their right")
def first_link(request: HttpRequest, operator: UUID, token: str) -> Answer:
    """Let an operator in for the first time; reading the page uses nothing up."""
    found = Person.objects.filter(pk=operator, is_staff=True, is_active=True).first()
    if found is None or not default_token_generator.check_token(found, token):
        return render(request, "programmes/link_closed.html", status=404)
    form = forms.Press(request.POST or None)
    if form.is_valid():
        sign_in(request, found, now=timezone.now())
        return redirect("programmes:installation")
    return {"form": form}


def _rows_of_keepers() -> QuerySet[Membership]:
    keepers = Membership.objects.filter(group=None, role__in=[Role.FACILITATOR, Role.PROGRAMME_LEAD])
    return keepers.select_related("person", "scope__site", "scope__programme")


def _keepers(scopes: Iterable[Programme | Site]) -> dict[UUID, list[tuple[Membership, forms.Press | None]]]:
    found: dict[UUID, list[tuple[Membership, forms.Press | None]]] = defaultdict(list)
    rows = _rows_of_keepers().filter(scope_id__in=[scope.pk for scope in scopes])
    for row in rows.order_by("person__name", "pk"):
        press = None if actions.needs_no_link(row.person) else forms.Press()
        found[row.scope_id].append((row, press))
    return found


def _invited(scopes: Iterable[Programme | Site]) -> dict[UUID, list[Invitation]]:
    found: dict[UUID, list[Invitation]] = defaultdict(list)
    for row in invited_keepers().filter(scope_id__in=[scope.pk for scope in scopes]):
        found[row.scope_id].append(row)
    return found
