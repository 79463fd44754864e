"""The pages composed of all stages: the front page, a place's home, and what everybody may read."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from collaboratives.stage.steps import RANK_OF_COMING_UP
from kit.gallery import samples
from livingwell import journey
from livingwell.frame import landing
from people.models import Person
from programmes.access import Permission, Standing, standings_of
from programmes.models import Membership, Programme, Site
from programmes.pages import Answer, Request, page, public, yours
from programmes.roles import Role
from programmes.stages import one_look, the_method
from programmes.views.welcome import waiting_for

NOT_YET_FOR = {
    Role.SAFEGUARDING_LEAD: "Help names you to everybody here. People tell you of a worry in person or by "
    "phone. Living Well keeps no notes of concerns yet: record them the way your place does.",
    Role.CONSENT_LEAD: "Living Well keeps no stories yet, so there is no consent to look after here. Until "
    "then, keep to the way of your place.",
}
"""What the pages cannot do yet for whom they would be made, so that nobody waits for something here."""


@public(because="what Living Well is, for anybody")
def front(request: HttpRequest) -> Answer:
    """Say what Living Well is; whoever has signed in goes on to their places."""
    if isinstance(request.user, Person):
        return redirect("livingwell:places")
    return {"stages": the_method()}


@yours
def places(request: HttpRequest) -> Answer:
    """List a person's places, and where they are invited; with one place alone, go straight there."""
    person = cast(Person, request.user)
    found = [place for standing in standings_of(person) if (place := _place(standing))]
    if person.is_staff:
        found.append(
            {"name": "This installation", "as": "operator", "url": reverse("programmes:installation")}
        )
    invited = list(waiting_for(request))
    if len(found) == 1 and not invited:
        return redirect(found[0]["url"])
    return {"places": found, "invitations": invited}


def _place(standing: Standing) -> dict[str, str] | None:
    scope = standing.scope
    roles = ", ".join(dict.fromkeys(role.label for _, role, _ in standing.held))
    if isinstance(scope, Programme):
        return {"name": scope.name, "as": roles, "url": reverse("programmes:programme", args=[scope.slug])}
    if isinstance(scope, Site) and (first := landing(scope, standing)):
        return {"name": scope.name, "as": roles, "url": first}
    return None


@page(Permission.SEE_HOME)
def home(request: Request, site: Site) -> Answer:
    """Show the place's path: what goes on, with one next step, or the patterns seen from the balcony."""
    standing, from_balcony = request.here.standing, request.GET.get("view") == "balcony"
    with one_look():
        path = journey.path_of(site, standing)
        patterns = journey.seen_from_the_balcony(site, standing, path) if from_balcony else []
        steps = {} if from_balcony else _next_steps(request, site, path)
    views = journey.views_of(request.path, from_balcony=from_balcony)
    leads = [
        (role.label, words)
        for role, words in NOT_YET_FOR.items()
        if role in standing.hats(Permission.SEE_HOME)
    ]
    about = {"site": site, "path": path, "views": views, "from_balcony": from_balcony, "leads": leads}
    return {**about, "patterns": patterns, **steps}


def _next_steps(request: Request, site: Site, path: Sequence[journey.Place]) -> dict[str, Any]:
    everything = journey.all_steps(site, request.here.standing, path)
    steps, resting = journey.still_shown(everything, site, request.user)
    first = steps[0] if steps else None
    key = journey.key_of(site, first) if first else ""
    return {
        "next_step": first,
        "more_steps": steps[1:3],
        "put_off": resting,
        "not_now": f"{reverse('livingwell:not_now', kwargs={'site': site.slug})}?step={key}",
        "coming_up": next((s for s in everything if s.rank == RANK_OF_COMING_UP and s is not first), None),
    }


@page(Permission.SEE_HOME, post_only=True)
def not_now(request: Request, site: Site) -> Answer:
    """Hide one next step for a week."""
    if journey.put_off(site, request.here.standing, key=request.GET.get("step", "")):
        messages.success(request, "Put off for a week. It stays in the list under your next step.")
    return redirect("livingwell:home", site=site.slug)


@public(because="whom to call, with or without an account")
def find_help(request: HttpRequest) -> Answer:
    """Say whom to call and how things work; whoever has signed in also finds the people of their places."""
    mine = standings_of(request.user) if isinstance(request.user, Person) else []
    sites = [standing.scope for standing in mine if isinstance(standing.scope, Site)]
    return {"places": [(site, told) for site, told in _whom_to_tell(sites).items()]}


def _whom_to_tell(sites: Sequence[Site]) -> dict[Site, list[dict[str, Any]]]:
    rows = Membership.objects.to_turn_to().filter(scope__in=sites).select_related("person")
    roles: dict[tuple[UUID, Person], list[str]] = {}
    for row in rows.order_by("role", "person__name", "person_id"):
        roles.setdefault((row.scope_id, row.person), []).append(Role(row.role).label)
    return {
        site: [{"person": who, "roles": held} for (scope, who), held in roles.items() if scope == site.pk]
        for site in sites
    }


@public(because="what is kept about people, for whoever wants to know before joining")
def privacy(request: HttpRequest) -> Answer:
    """Say what is kept, who sees it, and how to take it back."""
    return {}


@public(because="how far the pages work for everybody, and what to do where they do not")
def accessibility(request: HttpRequest) -> Answer:
    """Say what was tested and what was not."""
    return {}


@public(because="the method, for anybody")
def method(request: HttpRequest) -> Answer:
    """Walk through the method, with the reason for its order."""
    return {"stages": the_method()}


@public(because="the pieces that pages are put together from, for those who build them; only in development")
def gallery(request: HttpRequest) -> Answer:
    """Show every component in all its states."""
    return samples()
