"""The demo's way in: choose one of its invented people, press once, and you are them. Nowhere else.

Three things must hold at once: the demo is switched on, this is no real installation (`is_allowed`), and the
person's e-mail ends in `DEMO_DOMAIN`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from kit.models import Scope
from kit.pages import Answer, public
from people.actions import sign_in
from people.models import Person
from programmes.models import Membership, Programme, Site
from programmes.models.places import place_of
from programmes.pages import get_or_404
from programmes.roles import Role, SpaceKind

DEMO_DOMAIN = "@demo.example"
CROWD = "person-"
"""How the addresses of the many begin who only fill the rooms."""

TO_BEGIN_WITH = {
    "sam": "Begin here. Sam runs Harbour City: answer a worry, plan a gathering, make a report.",
    "amara": "Then be a member: see when people meet next, read what they agreed, add a worry.",
    "grace": "Then be a commissioner who is a member, too: read a report that was released.",
}
"""Whom a newcomer tries first, by how their address begins, and what there is to do."""

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Somebody:
    """One of the demo's people in one space: the person, their roles there, and the same in words."""

    person: Person
    roles: list[Role]
    hats: list[str]

    @property
    def to_do(self) -> str:
        """What there is to do for a newcomer; empty for most people."""
        return TO_BEGIN_WITH.get(self._short, "")

    @property
    def order(self) -> tuple[int, int, str]:
        """Where they stand among the others."""
        first = [*TO_BEGIN_WITH, self._short].index(self._short)
        return first, list(Role).index(self.roles[0]), self.person.name

    @property
    def _short(self) -> str:
        return str(self.person.email).removesuffix(DEMO_DOMAIN)


@dataclass(frozen=True)
class Space:
    """A place, or a programme itself, with those of its people whom one can be."""

    at: Programme | Site
    people: list[Somebody]

    @property
    def is_place(self) -> bool:
        """Whether it is a place and no programme."""
        return isinstance(self.at, Site)

    @property
    def is_large(self) -> bool:
        """Whether its people need a heading of their own."""
        return self.is_place and len(self.people) > 1


def is_allowed() -> bool:
    """Whether this is the demo: switched on, and on this machine alone or embedded without HTTPS."""
    is_local = urlsplit(settings.BASE_URL).hostname in LOCAL_HOSTS
    return bool(settings.DEMO and (is_local or (is_embedded() and not settings.IS_HTTPS)))


def is_embedded() -> bool:
    """Whether the database is a file of this machine."""
    return connection.vendor == "sqlite"


@register()
def the_demo_is_no_real_place(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start a real installation with the demo's way in."""
    if not settings.DEMO or is_allowed():
        return []
    words = "LIVINGWELL_DEMO is on, and this looks like a real installation."
    return [Error(words, hint="Set LIVINGWELL_DEMO=no.", id="livingwell.E010")]


@public(because="the demo's way in; its people are invented, and the page is not there elsewhere")
def demo(request: HttpRequest) -> Answer:
    """List the demo's people, place by place, with what each is there; the crowd is left out."""
    _refuse_elsewhere()
    invented = _invented().exclude(email__startswith=CROWD)
    rows = Membership.objects.filter(person__in=invented).order_by("scope_id", "person_id", "id")
    rows = rows.select_related("person", "group", "scope__site__within__programme", "scope__programme")
    spaces = [Space(place_of(scope), _people(list(those))) for scope, those in groupby(rows, _scope)]
    staff = invented.filter(is_staff=True).order_by("name")
    operators = [
        Somebody(person, [Role.OPERATOR], ["operator: adds programmes and places"]) for person in staff
    ]
    return {"programmes": _programmes(spaces), "operators": operators}


@public(because="the demo's way in; refuses everybody who is not invented")
def become(request: HttpRequest, person: UUID) -> Answer:
    """Sign in as one of the demo's people; this counts as their second step, too."""
    _refuse_elsewhere()
    if request.method != "POST":
        return redirect("demo:people")
    somebody = get_or_404(_invented(), pk=person)
    sign_in(request, somebody, now=timezone.now())
    request.session["second_factor"] = "demo"
    return redirect(settings.LOGIN_REDIRECT_URL)


def _refuse_elsewhere() -> None:
    if not is_allowed():
        raise Http404


def _invented() -> QuerySet[Person]:
    return Person.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True)


def _scope(row: Membership) -> Scope:
    return row.scope


def _programmes(spaces: Iterable[Space]) -> list[dict[str, Any]]:
    """Put each programme's places under it, the one with most to choose from first, and itself after them."""
    found: dict[Programme, list[Space]] = {}
    for space in sorted(spaces, key=lambda space: (not space.is_place, -len(space.people), str(space.at))):
        found.setdefault(space.at.programme, []).append(space)
    return [
        {
            "name": programme.name,
            "large": [space for space in inside if space.is_large],
            "small": [space for space in inside if not space.is_large],
        }
        for programme, inside in found.items()
    ]


def _people(rows: list[Membership]) -> list[Somebody]:
    """Those to begin with come first, then those who run the place, its members last."""
    people = [list(held) for _, held in groupby(rows, lambda row: row.person_id)]
    return sorted((_somebody(held) for held in people), key=lambda somebody: somebody.order)


def _somebody(held: list[Membership]) -> Somebody:
    held = sorted(held, key=lambda row: list(Role).index(Role(row.role)))
    return Somebody(held[0].person, [Role(row.role) for row in held], [_hat(row) for row in held])


def _hat(row: Membership) -> str:
    if row.group is None or row.group.kind == SpaceKind.COLLABORATIVE:
        return row.get_role_display()
    return f"{row.get_role_display()} of {row.group}"


app_name = "demo"

urlpatterns = [
    path("", demo, name="people"),
    path("<uuid:person>/", become, name="become"),
]
