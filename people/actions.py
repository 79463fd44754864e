"""What people change about themselves, and how they come in and go out; nothing else here writes."""

from datetime import datetime, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, login
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.module_loading import import_string

from kit.actions import Actor, Refused, personal
from kit.names import is_among, mixes_alphabets
from people.devices import live_sessions
from people.models import Person

CAME_BY_LINK = "came_by_link"
"""The session's note that nothing only its person knows let them in: a link did, or an unproven password."""

TWO_ALPHABETS = "One word of this name has letters of two alphabets that look alike. Type it in one of them."
TRUSTED = (
    "{name} is the name of somebody people turn to here. Add a letter or a word to yours, so that nobody "
    "mixes you up."
)

BACKEND = "django.contrib.auth.backends.ModelBackend"


class CannotClose(Exception):
    """An account that must stay open: its operator's own."""


class CannotTakeName(Refused):
    """The name would be read as somebody else's; the message says what to do."""


@personal(edits="person")
def keep_settings(
    *, by: Actor, person: Person, name: str, text_size: str, colours: str, low_data: bool, shares_device: bool
) -> Person:
    """Keep what somebody chose for themselves: their name, and how pages look and behave for them.

    Raises:
        CannotTakeName: see `take_name`.
    """
    take_name(person, name)
    person.text_size, person.colours = text_size, colours
    person.low_data, person.shares_device = low_data, shares_device
    person.save(update_fields=["name", "text_size", "colours", "low_data", "shares_device"])
    return person


@personal
def end_device(*, by: Actor, device_id: int) -> None:
    """Sign one device of this person out; a device of somebody else is left alone."""
    for session in live_sessions(by.person).filter(pk=device_id):
        session.end()


@personal
def sign_out_everywhere(*, by: Actor, person: Person) -> None:
    """End every session of this person, at their next request at the latest (G11)."""
    end_sessions(person)
    person.sessions_key = uuid4()
    person.save(update_fields=["sessions_key"])


@personal
def open_or_close(*, by: Actor, person: Person, is_active: bool) -> Person:
    """Open or close an account; closing ends its sessions at once.

    Raises:
        CannotClose: operators close others' accounts, not the one they are using.
    """
    if person.pk == by.person_id and not is_active:
        raise CannotClose("You cannot close the account that you are using. Ask another operator.")
    if not is_active:
        end_sessions(person)
    person.is_active = is_active
    person.save(update_fields=["is_active"])
    return person


def take_name(person: Person, name: str, *, anew: bool = False) -> None:
    """Call `person` by `name` from now on; whoever calls this saves the row.

    The name that stands is let be, unless its person comes into a place `anew`.

    Raises:
        CannotTakeName: a word of it mixes alphabets that look alike, or it reads like the name of somebody to
            whom people of one of their places turn when they worry (rule ST10).
    """
    if anew or name != person.name:
        if mixes_alphabets(name):
            raise CannotTakeName(TWO_ALPHABETS, field="name")
        if is_among(name, import_string(settings.NAMES_TO_TURN_TO)(person)):
            raise CannotTakeName(TRUSTED.format(name=name), field="name")
    person.name = name


def end_sessions(person: Person, *, but: SessionBase | None = None) -> None:
    """End the sessions on the list of this person's devices, all `but` one."""
    for session in UserSession.objects.filter(user=person):
        if but is None or session.session_key != but.session_key:
            session.end()


def has_proven_address(person: Person) -> bool:
    """Return whether a code that went to this person's address has come back."""
    proven: bool = EmailAddress.objects.filter(user=person, verified=True).exists()
    return proven


def end_ways_in(person: Person, *, but: SessionBase | None = None, keeps_password: bool) -> None:
    """End what whoever opened this person's link could hold on to: sessions, `but` one, and the password."""
    end_sessions(person, but=but)
    person.sessions_key = uuid4()
    if not keeps_password:
        person.set_unusable_password()
    person.save(update_fields=["sessions_key", "password"])
    if but is not None:
        but[HASH_SESSION_KEY] = person.get_session_auth_hash()
        but.save()


def make_theirs_alone(person: Person, *, but: SessionBase | None, keeps_password: bool) -> None:
    """End every way in from before somebody showed, for the first time, that they read their mail (G11, C2).

    Until then a password may be that of whoever made or carried their link. `keeps_password` says that it was
    given together with the proof, `but` that a session was.
    """
    if EmailAddress.objects.filter(user=person, verified=True).count() > 1:
        return  # another address was proven before this one
    if keeps_password:
        end_sessions(person, but=but)
    else:
        end_ways_in(person, but=but, keeps_password=False)


def forget_old_sessions(*, now: datetime) -> int:
    """Forget the sessions that were over by `now`, with their lines on the lists of devices; return how many.

    A line is let be while its session could still be on its way into the database.
    """
    over, _ = Session.objects.filter(expire_date__lte=now).delete()
    long_ago = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    live = Session.objects.values("session_key")
    UserSession.objects.filter(created_at__lt=long_ago).exclude(session_key__in=live).delete()
    return over


def sign_in(request: HttpRequest, person: Person, *, now: datetime) -> None:
    """Sign somebody in who came by a one-time link: a new session, on the list of their devices."""
    login(request, person, backend=BACKEND)
    request.session["signed_in_at"] = now.timestamp()
    UserSession.objects.create_from_request(request)
