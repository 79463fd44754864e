"""One-time links: for somebody who is here, and for somebody who is invited and has not said yes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from kit.models import Kept, Scope
from people.models import Person
from programmes.models.places import Programme, Site, place_of
from programmes.roles import WHOM_TO_TELL, Role

IN_WORDS: Mapping[str, str] = {Role.MEMBER: "member of the Collaborative"}

FOR_SOMEBODY_HERE = Q(person__isnull=False, name="", email="", roles="", declined_at__isnull=True)
WAITS = Q(person__isnull=True, used_at__isnull=True, declined_at__isnull=True) & ~Q(email="") & ~Q(roles="")
SAID_NO = Q(person__isnull=True, used_at__isnull=True, declined_at__isnull=False, email="")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Reads of one-time links."""

    def open_at(self, moment: datetime) -> Self:
        """Keep the links that still work at `moment`."""
        return self.filter(used_at__isnull=True, declined_at__isnull=True, works_until__gt=moment)

    def waiting(self) -> Self:
        """Keep the invitations that nobody has answered, those whose link has run out too."""
        return self.filter(WAITS)

    def for_account(self, person: Person, moment: datetime, *, came_by_link: bool) -> Self:
        """Keep what waits for the answer of whoever signs in with this e-mail, by place.

        Whoever came in by a link of another place might not be who reads the mail: nothing waits for them.
        """
        if came_by_link:
            return self.none()
        mine = self.waiting().open_at(moment).filter(email__iexact=person.email or "")
        return mine.with_place().order_by("scope_id")

    def not_in_yet(self, scope: Scope) -> Self:
        """Keep who is invited to `scope`, or said no, those who were invited last first."""
        return self.filter(scope_id=scope.pk, person__isnull=True).order_by("-works_until", "pk")

    def with_place(self) -> Self:
        """Read the person and the place, site or programme, in the same query."""
        return self.select_related("person", "scope__site__within__programme", "scope__programme")


class Invitation(models.Model):
    """A one-time link, mailed or printed; only the digest of its secret is kept.

    It lets in `person`, who is here. Or it invites whoever reads the mail of `email`: then `person` is empty,
    and nobody is looked up, before they say yes. `name` is what their inviter calls them; `roles` are what
    they would be, divided by commas. Once they are in, these three are empty; a no empties the e-mail.
    """

    kept = Kept.DIRECTORY
    kept_because = "opened by somebody who has not signed in; a digest, ids, and whom a letter invites"

    secret = ""
    """What opens the link. Known only to the call that made it; the table keeps the digest."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    roles = models.CharField(max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    went_by_letter = models.BooleanField(default=False)
    works_until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "scope", name="an_e_mail_is_invited_once_to_a_place", condition=~Q(email="")
            ),
            models.CheckConstraint(
                name="a_link_is_for_somebody_here_or_invited",
                condition=FOR_SOMEBODY_HERE | (~Q(name="") & (WAITS | SAID_NO)),
            ),
        ]

    def __str__(self) -> str:
        return f"one-time link {self.pk}"

    @property
    def called(self) -> str:
        """What to call whoever the link is for: their own name once they are here."""
        return self.name if self.person is None else self.person.name

    @property
    def place(self) -> Programme | Site:
        """The site or the programme that it opens."""
        return place_of(self.scope)

    @property
    def waits(self) -> bool:
        """Whether it is for somebody who was invited, and has not answered."""
        return bool(self.email)

    @property
    def roles_offered(self) -> list[str]:
        """What somebody would be here, as values of `Role`."""
        return self.roles.split(",") if self.roles else []

    @property
    def offered(self) -> str:
        """What somebody would be here, in words."""
        return ", ".join(IN_WORDS.get(role, Role(role).label) for role in self.roles_offered)

    @property
    def is_to_turn_to(self) -> bool:
        """Whether Help would name them to everybody of the place (rule ST10)."""
        return not set(WHOM_TO_TELL).isdisjoint(self.roles_offered)

    @property
    def has_run_out(self) -> bool:
        """Whether the link works no more, because nobody used it in time."""
        return self.works_until <= timezone.now()
