"""Who can open what: for every address of ours, arguments with which it answers, and who was let in.

Nothing here is a promise on paper. Each address is opened, in this process, as one person of each kind in the
place, until arguments are found with which it answers; the outcome for each of them is written down.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from people.models import Person
from programmes.access import Permission
from programmes.checks import foreign_reason, routes
from programmes.models import Group, GroupOwned, Membership, Programme, Site
from programmes.roles import SpaceKind

CANDIDATES = 40
"""How many rows of a kind are tried before an address is said to have no example."""


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
    return [Actor(person, roles) for roles, person in sorted(by_roles.items(), key=lambda entry: entry[0])]


def client_of(person: Person | None) -> Client:
    """Return a browser in which this person has signed in; without a person, nobody has."""
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def arguments_for(pattern: URLPattern, site: Site) -> Iterator[dict[str, str]]:
    """Propose arguments: the site's own rows of the kinds that the view asks for, one after the other."""
    names = list(pattern.pattern.converters)
    fixed = {"site": site.slug, "programme": site.programme.slug}
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
    return []


def _parent(row: Any, name: str, site: Site) -> Any:
    if name == "group":
        return getattr(row, "group_id", None) or Group.objects.of(site).values_list("pk", flat=True).last()
    return getattr(row, f"{name}_id", None)
