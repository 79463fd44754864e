"""Finds, for each address of ours, arguments with which it answers somebody: rows of the demo's places."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, URLPattern, reverse

from kit import scope as scopes
from livingwell.opening import Actor, Opener, actors_of
from programmes.access import GRANTS, Permission, standing_of
from programmes.checks import foreign_reason, routes
from programmes.models import Group, GroupOwned, Invitation, Locality, Membership, Programme, Site
from programmes.roles import SpaceKind
from programmes.stages import the_method
from reports.models import Report
from vision.models import Value, Voice

NO_EXAMPLE = {
    "programmes:first_link": "its token is a secret: whoever has the link is let in",
    "welcome:accept": "its token is a secret: whoever has the link is let in",
}
"""Addresses without an example, each with its reason."""

CANDIDATES = 40
"""How many rows of a kind are tried before an address is said to have no example."""

TRIED_AS = 4
"""As how many of those whom `GRANTS` lets in an address is opened with one set of arguments."""


def _memberships(place: Site | Programme) -> QuerySet[Membership]:
    return Membership.objects.filter(scope_id=place.pk).order_by("group__kind", "role", "pk")


OTHER_ROWS: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "group": Group.objects.of,
    "invitation": Invitation.objects.not_in_yet,
    "locality": Locality.objects.at,
    "membership": _memberships,
    "named": lambda site: Programme.objects.filter(pk=site.programme_id),
    "person": lambda site: Membership.objects.of(site).people(),
    "place": lambda site: [site],
    "report": Report.objects.at,
    "value": Value.objects.at,
    "voice": Voice.objects.at,
}
"""Rows whose ids views take as they are, because more than the scope decides who may see them."""


def routes_of_ours() -> Iterator[tuple[str, URLPattern]]:
    """Walk the addresses that are no library's."""
    for name, pattern in routes():
        if foreign_reason(name) is None:
            yield name, pattern


def guard_of(pattern: URLPattern) -> dict[str, Any]:
    """Return what the guard wrote on the view: permission or reason, methods, and kinds of rows."""
    guard: dict[str, Any] = getattr(pattern.callback, "guard", {})
    return guard


def example_for(
    name: str, pattern: URLPattern, sites: list[Site], opener: Opener
) -> tuple[Site, dict[str, str], str] | None:
    """Return a place, arguments and their address, which opens to one of those whom `GRANTS` lets in.

    A page that is shown comes before one that leads elsewhere.
    """
    permission, leads_on = guard_of(pattern).get("permission"), None
    for site in sites:
        entitled = [actor.person for actor in actors_of(site) if is_entitled(actor, permission, site)]
        if permission is not None:  # what is one person's own is tried as everybody
            entitled = entitled[:TRIED_AS]
        for arguments in arguments_for(pattern, site) if entitled else ():
            path = _address(name, arguments)
            status = opener.status_to_one_of(entitled, path, pattern) if path is not None else None
            if path is not None and status is not None:
                if status != 302 or "GET" not in guard_of(pattern).get("methods", ["GET"]):
                    return site, arguments, path
                leads_on = leads_on or (site, arguments, path)
    return leads_on


def is_entitled(actor: Actor, permission: Permission | None, site: Site) -> bool:
    """Say whether a role of this person has the right, in `site`, its programme or the installation."""
    return permission is None or any(
        permission in GRANTS.get((held_in, role), ())
        for scope in (site, site.programme, None)
        for held_in, role, _ in standing_of(actor.person, scope).held
    )


def _address(name: str, arguments: Mapping[str, str]) -> str | None:
    try:
        return reverse(name, kwargs=dict(arguments))
    except NoReverseMatch:
        return None


def arguments_for(pattern: URLPattern, site: Site) -> Iterator[dict[str, str]]:
    """Propose arguments: the site's own rows of the kinds that the view asks for, one after the other."""
    names, known = list(pattern.pattern.converters), _known(site)
    fixed = {name: known[name] for name in names if name in known}
    kinds: Mapping[str, type[Any]] = guard_of(pattern).get("rows", {})
    rest = [name for name in names if name not in known]
    place = site.programme if "programme" in names else site
    with scopes.opened(site):
        proposed = list(_rows_for(rest, kinds, place))
    yield from ({**fixed, **found} for found in proposed)


def _known(site: Site) -> dict[str, str]:
    stage = the_method()[0].slug
    return {"site": site.slug, "programme": site.programme.slug, "stage": stage, "chart": "journey"}


def _rows_for(
    names: list[str], kinds: Mapping[str, type[Any]], place: Site | Programme
) -> Iterator[dict[str, str]]:
    if not names:
        yield {}
        return
    *above, last = names
    for row in list(_rows(last, kinds.get(last), place))[:CANDIDATES]:
        parents = {name: _parent(row, name, kinds.get(name), place) for name in above}
        if all(parents.values()):
            yield {**{name: str(key) for name, key in parents.items()}, last: str(row.pk)}


def _rows(name: str, kind: type[Any] | None, place: Site | Programme) -> Iterable[Any]:
    if kind is None:
        return OTHER_ROWS[name](place) if name in OTHER_ROWS else ()
    lock: Any = getattr(kind, "objects")  # noqa: B009 - each model has a lock of its own type
    if not issubclass(kind, GroupOwned):
        return list(lock.at(place))
    collaborative = Group.objects.of(place).filter(kind=SpaceKind.COLLABORATIVE).first()
    return list(lock.within(collaborative)) if collaborative else ()


def _parent(row: Any, name: str, kind: type[Any] | None, place: Site | Programme) -> Any:
    """Return the key of the row above: the one that `row` points to, else any of the place."""
    if pointed_to := getattr(row, f"{name}_id", None):
        return pointed_to
    return next((other.pk for other in _rows(name, kind, place) if other.pk != row.pk), None)
