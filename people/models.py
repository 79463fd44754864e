"""A person: the name they chose, one way to sign in, and how pages should look for them."""

from typing import Any, ClassVar
from uuid import uuid4

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from kit.models import Kept, Versioned


class People(BaseUserManager["Person"]):
    """Finds people; allauth and Django sign-in ask here."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by sign-in e-mail; capital letters make no difference."""
        return self.get(email__iexact=username)

    def add(
        self, *, name: str, email: str | None = None, password: str | None = None, **kept: Any
    ) -> "Person":
        """Add a person; without a password they sign in by code or one-time link."""
        person = self.model(name=name, email=email.lower() if email else None, **kept)
        person.set_password(password)
        with transaction.atomic(using=self._db):
            person.save(using=self._db)
            if person.email:
                apps.get_model("account", "EmailAddress").objects.create(
                    user=person, email=person.email, primary=True, verified=False
                )
        return person


class Person(AbstractBaseUser, PermissionsMixin, Versioned):
    """Somebody who takes part. Nobody needs an e-mail address to be a member (rule C5).

    What somebody brings, how to reach them and what they need for access belong to a place, not here.
    """

    class TextSize(models.TextChoices):
        """How large the letters are: 100, 125 or 150 per cent."""

        NORMAL = "normal", "Normal"
        LARGE = "large", "Large"
        LARGEST = "largest", "Largest"

    class Colours(models.TextChoices):
        """Which colours pages use."""

        DEVICE = "device", "As my device is set"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"
        CONTRAST = "contrast", "High contrast"

    kept = Kept.DIRECTORY
    kept_because = "signs in before any scope is open; a name and a sign-in address, nothing a person said"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("name", max_length=80)
    email = models.EmailField("sign-in e-mail", unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("operator", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    text_size = models.CharField(max_length=7, choices=TextSize, default=TextSize.NORMAL)
    colours = models.CharField(max_length=8, choices=Colours, default=Colours.DEVICE)
    low_data = models.BooleanField(default=False)
    shares_device = models.BooleanField(default=False)
    sessions_key = models.UUIDField(default=uuid4, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    class Meta:
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="a_sign_in_email_is_one_persons"),
            models.CheckConstraint(name="a_person_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie every session to the password and to `sessions_key`: changing either ends them all (G11)."""
        salt = "people.models.Person.get_session_auth_hash"
        tied_to = f"{self.password}{self.sessions_key}"
        return salted_hmac(salt, tied_to, secret=secret, algorithm="sha256").hexdigest()
