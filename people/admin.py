"""Accounts, as operators see them: who, whether open, on how many devices. They may open and close them."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest

from kit.pages import by
from people import actions
from people.door import ForOperators
from people.models import Person


@admin.register(Person)
class PersonAdmin(ForOperators):
    """People's accounts."""

    list_display = ("name", "email", "is_active", "is_staff", "last_login", "devices")
    list_filter = ("is_active", "is_staff")
    search_fields = ("name", "email")
    ordering = ("name", "id")
    fields = ("name", "email", "is_active", "is_staff", "last_login", "joined_at", "devices")
    may_be_changed = ("is_active",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """Count each person's devices in the same query."""
        rows = super().get_queryset(request)
        with_devices: models.QuerySet[Any] = rows.annotate(device_count=models.Count("usersession"))
        return with_devices

    @admin.display(description="signed-in devices")
    def devices(self, person: Any) -> int:
        """Return on how many devices this person is signed in, or was until lately."""
        return int(person.device_count)

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """Keep operators from closing the account that they are using."""
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "is_active"] if obj is not None and obj.pk == request.user.pk else fields

    def save_model(self, request: HttpRequest, obj: Any, form: "ModelForm[Any]", change: bool) -> None:  # noqa: FBT001
        """Open or close the account through the action, which ends its sessions."""
        actions.open_or_close(by=by(request), person=obj, is_active=obj.is_active)
