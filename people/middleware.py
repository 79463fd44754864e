"""Ends sessions in time: after twelve hours, and soon after the last page on a shared device (G11, ux W6)."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.models import Person

AT_MOST = timedelta(hours=12)
IDLE_ON_A_SHARED_DEVICE = timedelta(minutes=20)
IDLE_FOR_OPERATORS = timedelta(minutes=30)
NOTED_EVERY = timedelta(minutes=1)

ENDED = "We signed you out, so that nobody else can see your pages. What you saved is still here."


def ends_in_time(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sign somebody out when their time is over; a page is noted at most once a minute."""

    def answered(request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, Person):
            if _is_over(request, person):
                logout(request)
                messages.info(request, ENDED)
            else:
                _note(request, person)
        return get_response(request)

    return answered


def idle_limit(person: Person) -> timedelta | None:
    """Return how long `person` may leave a page alone; None when only the twelve hours count."""
    if person.shares_device:
        return IDLE_ON_A_SHARED_DEVICE
    return IDLE_FOR_OPERATORS if person.is_staff else None


def _is_over(request: HttpRequest, person: Person) -> bool:
    now, session, limit = timezone.now().timestamp(), request.session, idle_limit(person)
    too_long = now - session.get("signed_in_at", now) > AT_MOST.total_seconds()
    idle = limit is not None and now - session.get("seen_at", now) > limit.total_seconds()
    return too_long or idle


def _looks_by_itself(request: HttpRequest) -> bool:
    """Whether the page asks, and nobody who sits before it: that keeps nobody signed in."""
    return request.method == "GET" and ("HX-Request" in request.headers or "watch" in request.GET)


def _note(request: HttpRequest, person: Person) -> None:
    now, session = timezone.now().timestamp(), request.session
    if "signed_in_at" not in session:
        session["signed_in_at"] = now
    if idle_limit(person) is None:
        session.pop("seen_at", None)
    elif not _looks_by_itself(request) and now - session.get("seen_at", 0) >= NOTED_EVERY.total_seconds():
        session["seen_at"] = now
    if person.shares_device != session.get_expire_at_browser_close():
        session.set_expiry(0 if person.shares_device else None)
