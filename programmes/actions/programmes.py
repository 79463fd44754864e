"""What an operator does: begins, adds a programme, adds a place with its Collaborative and facilitator."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from kit.actions import Actor, Question, action, personal
from kit.names import is_among
from people.models import Person
from programmes.actions.invitations import add_person
from programmes.models import Group, Programme, Site
from programmes.roles import Role, SpaceKind

TAKEN_BY_PAGES = frozenset({"library", "admin"})
"""Short names that are addresses of pages beside the programmes'."""


class CannotAddPlace(Exception):
    """The programme or place cannot be added; the message says why."""


class CannotBegin(Exception):
    """No operator can be added like this; the message says why."""


@action
def add_programme(*, at: Programme, by: Actor, sure: bool = True) -> Programme:
    """Add a programme: `at` is the new one, not yet saved.

    An action acts in a scope, and this one makes the scope it acts in. Its key is made in Python, so it can
    be opened before its row is there; the row is saved first, so that the event finds it.

    Raises:
        CannotAddPlace: the short name is taken.
        Question: another programme has this name, and `sure` does not say that this is meant.
    """
    if at.slug in TAKEN_BY_PAGES or Programme.objects.filter(slug=at.slug).exists():
        raise CannotAddPlace("This short name is taken. Choose another.")
    if not sure:
        _ask_about_the_name(Programme.objects.all(), at.name)
    at.save()
    return at


@action(edits="at")
def change_programme(
    *, at: Programme, by: Actor, name: str, purpose: str = "", sure: bool = True
) -> Programme:
    """Change what a programme is called, and what it says that it is for.

    Raises:
        Question: another programme has this name, and `sure` does not say that this is meant.
    """
    if not sure and name != at.name:
        _ask_about_the_name(Programme.objects.exclude(pk=at.pk), name)
    at.name, at.purpose = name, purpose
    at.save(update_fields=["name", "purpose"])
    return at


@action
def add_site(
    *, at: Site, by: Actor, facilitator_name: str, facilitator_email: str = "", sure: bool = True
) -> Site:
    """Add a place to a programme, with its Collaborative and its first facilitator.

    `at` is the new place, not yet saved (see `add_programme`).

    Raises:
        CannotAddPlace: the short name is taken.
        Question: a place of this programme has this name, and `sure` does not say that this is meant.
    """
    if Site.objects.filter(slug=at.slug).exists():
        raise CannotAddPlace("This short name is taken. Choose another.")
    if not sure:
        _ask_about_the_name(Site.objects.of(at.programme), at.name)
    at.save()
    Group.objects.create(scope=at, kind=SpaceKind.COLLABORATIVE, name=f"{at.name[:66]} Collaborative")
    add_person(
        at=at,
        by=replace(by, form=None),
        name=facilitator_name,
        email=facilitator_email,
        roles=[Role.FACILITATOR],
    )
    return at


def _ask_about_the_name(others: "models.QuerySet[Any]", name: str) -> None:
    if is_among(name, others.values_list("name", flat=True)):
        raise Question(
            f"Another one is called {name} already. If this is meant, press the button again.", about="name"
        )


def short_name_of(name: str) -> str:
    """Return the short name that an address can carry; empty when the name has no Latin letter or number."""
    return slugify(name)[:40].strip("-")


@personal
def add_operator(
    *, by: Actor, name: str, email: str, password: str | None = None, another: bool = False
) -> Person:
    """Add somebody who runs this installation; it happens in no place, so no place records it.

    Raises:
        CannotBegin: there is an operator and `another` was not asked for, or the e-mail is somebody's.
    """
    if not another and Person.objects.filter(is_staff=True, is_active=True).exists():
        raise CannotBegin("There is an operator already. Use --another to add one more.")
    if Person.objects.filter(email__iexact=email).exists():
        raise CannotBegin("Somebody signs in with this e-mail. Operators have an account of their own.")
    return Person.objects.add(name=name, email=email, password=password, is_staff=True)


def first_link_of(operator: Person) -> str:
    """Return the one-time link with which an operator comes in for the first time.

    It works for `settings.PASSWORD_RESET_TIMEOUT` seconds, and no more once they have signed in. An
    invitation needs a place to stand in; a new installation has none.
    """
    token = default_token_generator.make_token(operator)
    return settings.BASE_URL + reverse("programmes:first_link", args=[operator.pk, token])
