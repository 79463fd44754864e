"""The devices on which somebody has signed in, in words they recognise."""

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import models
from django.utils import timezone

from people.models import Person

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome"}
LATE_BROWSERS = {"Chrome": "Chrome", "Safari": "Safari"}
"""Looked for after the others, whose names stand beside these."""

MACHINES = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "an Android device",
    "Windows": "a Windows computer",
    "CrOS": "a Chromebook",
    "Macintosh": "a Mac",
    "Linux": "a Linux computer",
}


@dataclass(frozen=True)
class Device:
    """One place where a person is signed in; its address on the network is never shown."""

    id: int
    name: str
    signed_in_at: datetime
    is_this_one: bool


def live_sessions(person: Person) -> "models.QuerySet[UserSession]":
    """Return the sessions of `person` that still work, latest first."""
    live = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    sessions: models.QuerySet[UserSession]
    sessions = UserSession.objects.filter(user=person, session_key__in=live).order_by("-created_at", "-pk")
    return sessions


def devices_of(person: Person, *, this_session: str | None) -> list[Device]:
    """Return where `person` is signed in; one query, and nothing is written."""
    return [
        Device(kept.pk, name_of(kept.user_agent), kept.created_at, kept.session_key == this_session)
        for kept in live_sessions(person)
    ]


def name_of(user_agent: str) -> str:
    """Return what a browser says about itself in words: "Firefox on an Android device"."""
    names = [*BROWSERS.items(), *LATE_BROWSERS.items()]
    browser = next((name for sign, name in names if f"{sign}/" in user_agent), "A browser")
    machine = next((name for sign, name in MACHINES.items() if sign in user_agent), "a device")
    return f"{browser} on {machine}"
