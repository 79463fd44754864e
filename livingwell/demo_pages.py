"""The demo's way in: choose one of its invented people, press once, and you are them. Nowhere else.

Three things must hold at once: the demo is switched on, this is no real installation (`is_allowed`), and the
person's e-mail ends in `DEMO_DOMAIN`.
"""

from collections.abc import Sequence
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
from programmes.models import Membership
from programmes.models.places import place_of
from programmes.pages import get_or_404
from programmes.roles import Role

DEMO_DOMAIN = "@demo.example"
CROWD = "person-"
"""How the addresses of the many begin who only fill the rooms."""

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


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
    places = [(place_of(scope), _people(list(those))) for scope, those in groupby(rows, _scope)]
    by_name = sorted(places, key=lambda place: str(place[0]))
    return {"places": by_name, "operators": invented.filter(is_staff=True).order_by("name")}


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


def _people(rows: list[Membership]) -> list[dict[str, Any]]:
    """Those who run a place come first, its members last."""
    roles = list(Role)
    people = [list(held) for _, held in groupby(rows, lambda row: row.person_id)]
    people.sort(key=lambda held: (min(roles.index(Role(row.role)) for row in held), held[0].person.name))
    return [{"person": held[0].person, "hats": [_hat(row) for row in held]} for held in people]


def _hat(row: Membership) -> str:
    return f"{row.get_role_display()} of {row.group}" if row.group else row.get_role_display()


app_name = "demo"

urlpatterns = [
    path("", demo, name="people"),
    path("<uuid:person>/", become, name="become"),
]
