"""Who is in which space, what they bring, and how to reach them."""

from collections.abc import Iterable
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models

from kit.models import At, Kept, Owned, Scope, Versioned
from people.models import Person
from programmes.models.spaces import Group
from programmes.roles import TAKEN_ROLES, WHOM_TO_TELL, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def of(self, scope: Scope) -> Self:
        """Keep the roles held in `scope` or in one of its groups, people in the order of their names."""
        found = self.filter(scope_id=scope.pk).select_related("person", "group")
        return found.order_by("person__name", "person_id", "group__name", "id")

    def to_turn_to(self) -> Self:
        """Keep those whom Help names to everybody of a place."""
        return self.filter(group=None, role__in=WHOM_TO_TELL, person__is_active=True)

    def people(self) -> "models.QuerySet[Person]":
        """Return the people who hold these roles, each once, in the order of their names."""
        ids = self.order_by().values("person_id")
        return Person.objects.filter(pk__in=ids).order_by(models.functions.Lower("name"), "id")


class Membership(models.Model):
    """One person holds one role in one space: a programme, a site, or a group when `group` is set."""

    kept = Kept.DIRECTORY
    kept_because = "asked for on every request before a scope is open; never lived experience or carer"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+", editable=False)
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=24, choices=Role)
    since = models.DateTimeField()

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "group", "role"],
                name="a_role_is_held_once_in_a_group",
                condition=models.Q(group__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person", "scope", "role"],
                name="a_role_is_held_once_in_a_scope",
                condition=models.Q(group__isnull=True),
            ),
            models.CheckConstraint(
                name="taken_roles_are_never_in_the_directory",
                condition=~models.Q(role__in=[role.value for role in TAKEN_ROLES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} is {self.get_role_display()}"


def names_to_turn_to(person: Person) -> Iterable[str]:
    """Return the names, other than `person`'s own, of those whom Help names to everybody of their places."""
    places = Membership.objects.filter(person=person).values("scope_id")
    others = Membership.objects.to_turn_to().filter(scope_id__in=places).exclude(person=person)
    return others.values_list("person__name", flat=True)


class TakenRoleQuerySet(models.QuerySet["TakenRole"]):
    """Reads of taken roles; chain them after `at(site)`."""

    def of_person(self, person_id: object) -> Self:
        """Keep what one person took; for that person's own page."""
        return self.filter(person_id=person_id)


class TakenRole(Owned):
    """Lived experience or carer: taken by a person, seen by them alone, counted only in totals (C2)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=24, choices=[(role.value, role.label) for role in TAKEN_ROLES])

    objects = At(TakenRoleQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "person", "role"], name="a_role_is_taken_once_in_a_site"
            ),
        ]

    def __str__(self) -> str:
        return f"taken role {self.pk}"


class ContactCardQuerySet(models.QuerySet["ContactCard"]):
    """Reads of contact cards; chain them after `at(site)`."""

    def of_person(self, person_id: object) -> Self:
        """Keep one person's card."""
        return self.filter(person_id=person_id)


class ContactCard(Owned, Versioned):
    """How to reach one person in one place, and what they need to take part. Addresses may be shared."""

    class Way(models.TextChoices):
        """How somebody likes to hear from us (ux 6.3)."""

        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"
        CALL = "call", "Phone call"
        POST = "post", "Post"
        THROUGH = "through", "Through a person I trust"
        NOT = "not", "Do not contact me, I will come"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(max_length=7, choices=Way, default=Way.NOT)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    address = models.TextField(max_length=300, blank=True, default="")
    through_whom = models.CharField(max_length=120, blank=True, default="")
    keep_private = models.BooleanField(default=True)
    access_needs = models.TextField(max_length=600, blank=True, default="")

    objects = At(ContactCardQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "person"], name="one_contact_card_per_person_and_site"),
        ]

    def __str__(self) -> str:
        return f"contact card {self.pk}"
