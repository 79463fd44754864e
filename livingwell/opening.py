"""Opens addresses as people of the demo, in this process, and undoes whatever that did."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory
from django.urls import URLPattern
from django.utils import timezone

from people.models import Person
from programmes.models import Membership, Site

LET_IN = {200, 302, 422}
"""What a page answers to somebody whom it lets in; 422 is a form that wants more words."""


@dataclass(frozen=True)
class Actor:
    """One demo person, with what they hold in a place or programme."""

    person: Person
    roles: tuple[str, ...]


def largest_first() -> list[Site]:
    """Return all sites, the one with most people first: it has somebody for nearly every role."""
    return sorted(Site.objects.with_programme(), key=lambda site: (-_people_in(site), site.name))


def _people_in(site: Site) -> int:
    return Membership.objects.filter(scope_id=site.pk).count()


def actors_of(site: Site) -> list[Actor]:
    """Return one person for each set of roles held in `site` or its programme, and an operator."""
    held: dict[Person, list[str]] = {}
    rows = Membership.objects.filter(scope_id__in=[site.pk, site.programme_id])
    for row in rows.select_related("person", "group").order_by("person__joined_at", "person_id"):
        where = row.group.kind if row.group else ("site" if row.scope_id == site.pk else "programme")
        held.setdefault(row.person, []).append(f"{where}:{row.role}")
    by_roles = {tuple(sorted(roles)): person for person, roles in held.items()}
    here = [Actor(person, roles) for roles, person in sorted(by_roles.items(), key=lambda entry: entry[0])]
    operators = Person.objects.filter(is_staff=True, is_active=True).order_by("joined_at")[:1]
    return here + [Actor(person, ("installation:operator",)) for person in operators]


def neighbours_of(site: Site) -> list[Actor]:
    """Return people who belong to other places only, from this programme and from another one."""
    own = Membership.objects.filter(scope_id__in=[site.pk, site.programme_id]).values("person_id")
    strangers = Person.objects.exclude(pk__in=own)
    others = (other for other in largest_first() if other.pk != site.pk)
    found = (strangers.filter(memberships__scope_id=other.pk).first() for other in others)
    return [Actor(person, ("neighbour",)) for person in found if person is not None]


class Opener:
    """Keeps one session for each person, so that many addresses can be opened quickly."""

    def __init__(self) -> None:
        self._sessions: dict[Person, str] = {}

    def status_of(self, path: str, pattern: URLPattern, person: Person | None, method: str = "") -> int:
        """Return what the address answers this person; by default to the first method that it takes."""
        methods = getattr(pattern.callback, "guard", {}).get("methods", ["GET"])
        return self.answer_to(path, person, method or methods[0]).status_code

    def answer_to(self, path: str, person: Person | None, method: str = "GET") -> HttpResponseBase:
        """Open the address with an empty body, and undo whatever came of it."""
        session = self._session_of(person) if person is not None else ""
        request = RequestFactory(SERVER_NAME="localhost").generic(
            method, path, headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        )
        with transaction.atomic():
            answer = _answer(request)
            transaction.set_rollback(True)
        return answer

    def status_to_one_of(self, people: Iterable[Person], path: str, pattern: URLPattern) -> int | None:
        """Return what the address answers the first of these people to whom it opens; None: to nobody."""
        return next(
            (status for person in people if (status := self.status_of(path, pattern, person)) in LET_IN),
            None,
        )

    def _session_of(self, person: Person) -> str:
        if person not in self._sessions:
            session = import_module(settings.SESSION_ENGINE).SessionStore()
            session[SESSION_KEY] = str(person.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = person.get_session_auth_hash()
            session["signed_in_at"] = timezone.now().timestamp()
            session.create()
            self._sessions[person] = session.session_key
        return self._sessions[person]


def _answer(request: HttpRequest) -> HttpResponseBase:
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # the body is ours, and empty
    answer: HttpResponseBase = _handler().get_response(request)  # not closed: that would close the database
    return answer


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


@contextmanager
def without_noise() -> Iterator[None]:
    """Log no refusals in the block: they are what is looked for."""
    logger = logging.getLogger("django.request")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
