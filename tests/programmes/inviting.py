"""Invites people, and answers for them as a browser does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.models import Letter
from people.models import Person
from programmes import actions
from programmes.actions.answers import accept_invitation
from programmes.models import Invitation, Programme, Site
from programmes.roles import Role
from tests.world import World


def invited(world: World, email: str = "bea@example.org", **about: Any) -> Invitation:
    """Return the invitation, with its secret, of somebody whom Sam invites to Harbour City."""
    about = {"name": "Bea", "roles": [Role.MEMBER], **about}
    row = actions.add_person(at=world.harbour, by=Actor(person=world.sam), email=email, **about)
    return as_its_reader(row)


def again(world: World, invitation: Invitation) -> Invitation:
    """Send the invitation again, an hour later, and return it with its secret."""
    by = Actor(person=world.sam, now=timezone.now() + timedelta(minutes=61))
    return as_its_reader(actions.invite_again(at=world.harbour, by=by, invitation=invitation))


def as_its_reader(invitation: Invitation) -> Invitation:
    """Read the link in the letter, as whoever it went to does."""
    if not invitation.secret:
        letters = Letter.objects.filter(address=invitation.email, scope_id=invitation.scope_id)
        invitation.secret = letters.latest("owed_at").facts["link"].rstrip("/").rpartition("/")[2]
    return invitation


def said(**changes: Any) -> dict[str, Any]:
    """Return what the form sends when somebody says yes and as little as they may."""
    return {"name": "Bea", "way": "not", "form_key": uuid4(), **changes}


def answer(invitation: Invitation, client: Client | None = None, **changes: Any) -> Any:
    """Say yes by the link; as a new browser, unless `client` is given."""
    return (client or Client()).post(f"/welcome/{invitation.secret}/", said(**changes))


def comes_in(at: Site | Programme, by: Person, person: Person, *roles: str) -> None:
    """Invite somebody who has an account by their e-mail, and let them say yes as they are called."""
    email = person.email or ""
    row = actions.add_person(at=at, by=Actor(person=by), name=person.name, email=email, roles=list(roles))
    session = SessionStore()
    accept_invitation(at=at, by=Actor(person=person), invitation=row, session=session, name=person.name)
    person.refresh_from_db()
