"""How a page is guarded: `@page`, `@yours`, `@public`. A view gets a space and its rows, never a key.

    sign-in → the space (a stranger gets 404) → the right (403 in words) → the rows (404) → the view

A route without one of the three guards stops the start (`programmes.checks`).
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast, get_type_hints

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponseBase

from kit import scope as scopes
from kit.models import Owned
from kit.pages import Answer, Refusals, View, answer, by, marked, public, to_sign_in, yours
from people.models import Person
from programmes.access import ANY_GROUP, Permission, Space, Standing, standing_of
from programmes.models import Group, GroupOwned, Programme, Site
from programmes.roles import SpaceKind

__all__ = ["Answer", "Denied", "Here", "Refusals", "Request", "by", "get_or_404", "page", "public", "yours"]

ModelT = TypeVar("ModelT", bound=models.Model)


@dataclass(frozen=True)
class Here:
    """Where a request acts and as whom: the place, the space in the address, and the person's standing."""

    standing: Standing
    permission: Permission
    space: Space | None
    site: Site | None = None
    programme: Programme | None = None
    group: Group | None = None

    @property
    def hats(self) -> str:
        """As what this person is here, in words: the roles that open this page, and no other role."""
        return ", ".join(role.label for role in self.standing.hats(self.permission, self.group))


class Request(HttpRequest):
    """A request by somebody who has signed in, in a place."""

    user: Person
    here: Here


class Denied(PermissionDenied):
    """A page of one's own place that one's role does not have; says what it is for and whom to ask."""

    def __init__(self, here: Here) -> None:
        resting = here.site is not None and not here.site.is_at_work and here.permission.value.changes
        words = here.permission.value.words
        super().__init__(
            f"{here.site} is {here.site.get_status_display()}: it can be read, and nothing can be changed."
            if resting and here.site is not None
            else f"What you are here does not let you {words}."
        )
        self.here = here


def page(permission: Permission, *, post_only: bool = False) -> Callable[[View], View]:
    """Guard a page of a scope; `permission` says in which space it is asked, the address says which one.

    The view's second argument is that space (none for the installation's pages). Further arguments annotated
    with an owned model are loaded through their lock. A returned dict is rendered with the template of the
    view's own name; `Stale` and `AnotherBody` become the page that shows both texts side by side.
    """

    def made(view: View) -> View:
        kinds = _row_kinds(view)

        @wraps(view)
        def guarded(request: Request, **keys: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            request.here = here = _find(request.user, permission, keys)
            with _opened(here.standing.scope):
                if not here.standing.may(permission, here.group):
                    raise Denied(here)
                spaces = () if here.space is None else (here.space,)
                return answer(request, view, *spaces, **_rows(kinds, here, keys))

        return marked(
            guarded, ("GET", "POST") if not post_only else ("POST",), permission=permission, rows=kinds
        )

    return made


def _opened(scope: Programme | Site | None) -> AbstractContextManager[None]:
    return nullcontext() if scope is None else scopes.opened(scope)


def _find(person: Person, permission: Permission, keys: dict[str, Any]) -> Here:
    site = get_or_404(Site.objects.with_programme(), slug=keys.pop("site")) if "site" in keys else None
    programme = site.programme if site else None
    if "programme" in keys:
        programme = get_or_404(Programme.objects.all(), slug=keys.pop("programme"))
    standing = standing_of(person, site or programme)
    if standing.is_stranger:
        raise Http404
    group = _group(permission, site or programme, keys)
    return Here(standing, permission, group or site or programme, site, programme, group)


def _group(permission: Permission, scope: Programme | Site | None, keys: dict[str, Any]) -> Group | None:
    if permission.value.asked_in is SpaceKind.COLLABORATIVE and scope is not None:
        return _with_scope(get_or_404(Group.objects.of(scope), kind=SpaceKind.COLLABORATIVE), scope)
    if permission.value.asked_in is ANY_GROUP and scope is not None:
        return _with_scope(get_or_404(Group.objects.of(scope), pk=keys.pop("group")), scope)
    return None


def _with_scope(group: Group, scope: Programme | Site) -> Group:
    group.scope = scope
    return group


def _row_kinds(view: View) -> dict[str, type[Owned]]:
    hints = get_type_hints(view)
    return {name: kind for name, kind in hints.items() if isinstance(kind, type) and issubclass(kind, Owned)}


def _rows(kinds: Mapping[str, type[Owned]], here: Here, keys: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _row(kinds[name], here, key) if name in kinds else key for name, key in keys.items()}


def _row(kind: type[Any], here: Here, key: Any) -> Owned:
    lock, of_a_group = kind.objects, issubclass(kind, GroupOwned)
    rows = lock.within(here.group) if of_a_group else lock.at(here.standing.scope)
    return cast(Owned, get_or_404(rows, pk=key))


def get_or_404(rows: "models.QuerySet[ModelT]", **keys: Any) -> ModelT:
    """Return the one row among `rows`, which a lock has already narrowed.

    Raises:
        Http404: there is none; a row one may not see and a row that is not there answer alike.
    """
    row = rows.filter(**keys).first()
    if row is None:
        raise Http404
    return row
