"""Who can open what: for every address of ours, arguments with which it answers, and who was let in.

Nothing here is a promise on paper. Each address is opened, in this process, as one person of each kind in the
place, until arguments are found with which it answers; the outcome for each of them is written down.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from livingwell.demo_pages import DEMO_DOMAIN
from people.models import Person
from programmes.access import GRANTS, Permission, standing_of
from programmes.checks import foreign_reason, routes
from programmes.models import Group, GroupOwned, Locality, Membership, Programme, Site
from programmes.models.places import place_of
from programmes.roles import SpaceKind
from programmes.stages import the_method
from reports.models import Report

LET_IN = {200, 302, 422}
"""What a page answers to somebody whom it lets in; 422 is a form that wants more words."""

CANDIDATES = 40
"""How many rows of a kind are tried before an address is said to have no example."""


OTHER_ROWS: Mapping[str, Callable[[Site], QuerySet[Any]]] = {
    "locality": Locality.objects.at,
    "report": Report.objects.at,
}
"""Rows whose ids views take as they are, because more than the scope decides who may see them."""


@dataclass(frozen=True)
class Actor:
    """One demo person, with what they hold in a place or programme."""

    person: Person
    roles: tuple[str, ...]


def routes_of_ours() -> Iterator[tuple[str, URLPattern]]:
    """Walk the addresses that are no library's."""
    for name, pattern in routes():
        if foreign_reason(name) is None:
            yield name, pattern


def routes_of_libraries() -> list[dict[str, str]]:
    """List the libraries' addresses, each with the reason why it may be there without a guard of ours."""
    return [{"route": name, "because": why} for name, _ in routes() if (why := foreign_reason(name))]


def actors_of(site: Site) -> list[Actor]:
    """Return one person for each set of roles that anybody holds in `site` or its programme."""
    held: dict[Person, list[str]] = {}
    rows = Membership.objects.filter(scope_id__in=[site.pk, site.programme_id]).select_related("person", "group")
    for row in rows.order_by("person__joined_at", "person_id"):
        where = row.group.kind if row.group else ("site" if row.scope_id == site.pk else "programme")
        held.setdefault(row.person, []).append(f"{where}:{row.role}")
    by_roles = {tuple(sorted(roles)): person for person, roles in held.items()}
    here = [Actor(person, roles) for roles, person in sorted(by_roles.items(), key=lambda entry: entry[0])]
    operators = Person.objects.filter(is_staff=True, is_active=True).order_by("joined_at")[:1]
    return here + [Actor(person, ("installation:operator",)) for person in operators]


def largest_first() -> list[Site]:
    """Return all sites, the one with most people first: it has somebody for nearly every role."""
    return sorted(Site.objects.with_programme(), key=lambda site: (-_people_in(site), site.name))


def _people_in(site: Site) -> int:
    return Membership.objects.filter(scope_id=site.pk).count()


def neighbours_of(site: Site) -> list[Actor]:
    """Return people who belong to other places only, from this programme and from another one."""
    own = Membership.objects.filter(scope_id__in=[site.pk, site.programme_id]).values("person_id")
    others = [other for other in largest_first() if other.pk != site.pk]
    found = (Person.objects.filter(memberships__scope_id=other.pk).exclude(pk__in=own).first() for other in others)
    return [Actor(person, ("neighbour",)) for person in found if person is not None]


def client_of(person: Person | None) -> Client:
    """Return a browser in which this person has signed in; without a person, nobody has."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def arguments_for(pattern: URLPattern, site: Site) -> Iterator[dict[str, str]]:
    """Propose arguments: the site's own rows of the kinds that the view asks for, one after the other."""
    names = list(pattern.pattern.converters)
    fixed = {"site": site.slug, "programme": site.programme.slug, "stage": the_method()[0].slug, "chart": "journey"}
    known = {name: fixed[name] for name in names if name in fixed}
    rest = [name for name in names if name not in fixed]
    if not rest:
        yield known
        return
    kinds: Mapping[str, type[Any]] = getattr(pattern.callback, "guard", {}).get("rows", {})
    for found in _rows_for(rest, kinds, site):
        yield {**known, **found}


def _rows_for(names: list[str], kinds: Mapping[str, type[Any]], site: Site) -> Iterator[dict[str, str]]:
    last = names[-1]
    for row in _rows(last, kinds.get(last), site):
        above = {name: _parent(row, name, site) for name in names[:-1]}
        if all(above.values()):
            yield {**{name: str(key) for name, key in above.items()}, last: str(row.pk)}


def _rows(name: str, kind: type[Any] | None, site: Site) -> Iterable[Any]:
    if kind is not None and issubclass(kind, GroupOwned):
        collaborative = Group.objects.of(site).filter(kind=SpaceKind.COLLABORATIVE).first()
        return kind.objects.within(collaborative)[:CANDIDATES] if collaborative else []
    if kind is not None:
        return kind.objects.at(site)[:CANDIDATES]
    if name == "group":
        return Group.objects.of(site)
    if name == "person":
        return Person.objects.filter(memberships__scope_id__in=[site.pk, site.programme_id])[:CANDIDATES]
    if name == "membership":
        return Membership.objects.filter(scope_id=site.pk)[:CANDIDATES]
    return OTHER_ROWS[name](site)[:CANDIDATES] if name in OTHER_ROWS else []


def _parent(row: Any, name: str, site: Site) -> Any:
    if name == "group":
        return getattr(row, "group_id", None) or Group.objects.of(site).values_list("pk", flat=True).last()
    return getattr(row, f"{name}_id", None)


def manifest(base_url: str) -> dict[str, Any]:
    """Return everything an outsider needs to check us; see docs/checking-us.md for the shape."""
    sites = largest_first()
    return {
        "base_url": base_url,
        "sign_in": f"{base_url}/demo/",
        "programmes": [_programme(programme, sites) for programme in Programme.objects.order_by("name")],
        "people": [_person(person) for person in Person.objects.order_by("joined_at", "pk")],
        "routes": [_route(name, pattern, sites) for name, pattern in routes_of_ours()],
        "routes_of_libraries": routes_of_libraries(),
    }


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


def _route(name: str, pattern: URLPattern, sites: list[Site]) -> dict[str, Any]:
    guard: dict[str, Any] = getattr(pattern.callback, "guard", {})
    permission: Permission | None = guard.get("permission")
    told = {
        "route": name,
        "pattern": str(pattern.pattern),
        "guard": "page" if permission else ("yours" if guard.get("yours") else "public"),
        "permission": permission.name if permission else None,
        "because": guard.get("because"),
        "methods": guard.get("methods", []),
    }
    return {**told, **_tried(name, pattern, permission, sites)}


def _tried(name: str, pattern: URLPattern, permission: Permission | None, sites: list[Site]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"arguments": None, "path": None, "site": None, "opens_for": [], "refused": []}
    for site in sites:
        actors = actors_of(site)
        entitled = [actor for actor in actors if permission is None or _may(actor, permission, site)]
        found = next(_answering(name, pattern, site, entitled), None) if entitled else None
        if found is not None:
            arguments, path = found
            return {"arguments": arguments, "path": path, "site": site.slug, **_outcomes(path, pattern, actors)}
    return nothing


def _may(actor: Actor, permission: Permission, site: Site) -> bool:
    scopes = (site, site.programme, None)
    return any(
        permission in GRANTS.get((held_in, role), ())
        for scope in scopes
        for held_in, role, _ in standing_of(actor.person, scope).held
    )


def _answering(
    name: str, pattern: URLPattern, site: Site, entitled: list[Actor]
) -> Iterator[tuple[dict[str, str], str]]:
    """Find arguments with which the address answers one of those whom `GRANTS` lets in."""
    for arguments in arguments_for(pattern, site):
        path = _address(name, arguments)
        if path is not None and any(opens(path, pattern, actor.person) for actor in entitled[:4]):
            yield arguments, path


def _outcomes(path: str, pattern: URLPattern, actors: list[Actor]) -> dict[str, list[dict[str, Any]]]:
    told = [
        {
            "person": str(actor.person.pk),
            "name": actor.person.name,
            "roles": list(actor.roles),
            "status": status_of(path, pattern, actor.person),
        }
        for actor in actors
    ]
    return {
        "opens_for": [one for one in told if one["status"] in LET_IN],
        "refused": [one for one in told if one["status"] not in LET_IN],
    }


def opens(path: str, pattern: URLPattern, person: Person) -> bool:
    """Whether the address lets this person in: it answers, or it asks them to fill in its form."""
    return status_of(path, pattern, person) in LET_IN


def status_of(path: str, pattern: URLPattern, person: Person, method: str = "") -> int:
    """Return what the address answers this person; whatever an empty POST does is undone."""
    methods = getattr(pattern.callback, "guard", {}).get("methods", ["GET"])
    with transaction.atomic():
        client = client_of(person)
        answer = client.get(path) if (method or methods[0]) == "GET" else client.post(path, {})
        transaction.set_rollback(True)
    return int(answer.status_code)


def _address(name: str, arguments: Mapping[str, str]) -> str | None:
    try:
        return reverse(name, kwargs=dict(arguments))
    except NoReverseMatch:
        return None
