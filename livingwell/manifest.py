"""Who can open what: for every address of ours, arguments with which it answers, and who was let in.

Nothing here is a promise on paper. Each address is opened, in this process, as one person of each kind in the
place, until arguments are found with which it answers; the outcome for each of them is written down.
"""

from typing import Any

from django.urls import URLPattern, reverse

from livingwell.demo_pages import DEMO_DOMAIN
from livingwell.examples import NO_EXAMPLE, example_for, guard_of, routes_of_ours
from livingwell.opening import LET_IN, Opener, actors_of, largest_first, without_noise
from people.models import Person
from programmes.access import Permission
from programmes.checks import foreign_reason, routes
from programmes.models import Membership, Programme, Site
from programmes.models.places import place_of


def manifest(base_url: str) -> dict[str, Any]:
    """Return everything an outsider needs to check us; docs/checking-us.md describes the shape."""
    sites, opener = largest_first(), Opener()
    with without_noise():
        opened = [_route(name, pattern, sites, opener) for name, pattern in routes_of_ours()]
    return {
        "base_url": base_url,
        "sign_in": f"{base_url}{reverse('demo:people')}",
        "programmes": [_programme(programme, sites) for programme in Programme.objects.order_by("name")],
        "people": [_person(person) for person in Person.objects.order_by("joined_at", "pk")],
        "routes": opened,
        "routes_of_libraries": routes_of_libraries(),
    }


def routes_of_libraries() -> list[dict[str, str]]:
    """List the libraries' addresses, each with the reason why it may be there without a guard of ours."""
    return [{"route": name, "because": why} for name, _ in routes() if (why := foreign_reason(name))]


def _programme(programme: Programme, sites: list[Site]) -> dict[str, Any]:
    own = [site for site in sites if site.within_id == programme.pk]
    return {
        "id": str(programme.pk),
        "name": programme.name,
        "slug": programme.slug,
        "sites": [
            {"id": str(site.pk), "name": site.name, "slug": site.slug, "status": site.status} for site in own
        ],
    }


def _person(person: Person) -> dict[str, Any]:
    held = Membership.objects.filter(person=person).select_related("group", "scope__site", "scope__programme")
    roles = [_role(row) for row in held]
    if person.is_staff:
        roles.append({"role": "operator", "space": "installation", "in": "this installation"})
    can_sign_in = bool(person.email and person.email.endswith(DEMO_DOMAIN))
    way = {"press": "POST", "at": reverse("demo:become", args=[person.pk])} if can_sign_in else None
    return {"id": str(person.pk), "name": person.name, "email": person.email, "roles": roles, "sign_in": way}


def _role(row: Membership) -> dict[str, str]:
    kind = row.group.kind if row.group else row.scope.kind
    return {"role": row.role, "space": kind, "in": str(row.group or place_of(row.scope))}


def _route(name: str, pattern: URLPattern, sites: list[Site], opener: Opener) -> dict[str, Any]:
    guard = guard_of(pattern)
    permission: Permission | None = guard.get("permission")
    told = {
        "route": name,
        "pattern": str(pattern.pattern),
        "guard": "page" if permission else ("yours" if guard.get("yours") else "public"),
        "permission": permission.name if permission else None,
        "because": guard.get("because"),
        "methods": guard.get("methods", []),
        "no_example": NO_EXAMPLE.get(name),
    }
    return {**told, **_tried(name, pattern, sites, opener)}


def _tried(name: str, pattern: URLPattern, sites: list[Site], opener: Opener) -> dict[str, Any]:
    found = None if name in NO_EXAMPLE else example_for(name, pattern, sites, opener)
    if found is None:
        return {"arguments": None, "path": None, "site": None, "opens_for": [], "refused": []}
    site, arguments, path = found
    return {"arguments": arguments, "path": path, "site": site.slug, **_outcomes(path, pattern, site, opener)}


def _outcomes(path: str, pattern: URLPattern, site: Site, opener: Opener) -> dict[str, list[dict[str, Any]]]:
    told = [
        {
            "person": str(actor.person.pk),
            "name": actor.person.name,
            "roles": list(actor.roles),
            "status": opener.status_of(path, pattern, actor.person),
        }
        for actor in actors_of(site)
    ]
    return {
        "opens_for": [one for one in told if one["status"] in LET_IN],
        "refused": [one for one in told if one["status"] not in LET_IN],
    }
