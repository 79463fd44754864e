"""Django's admin for operators: accounts and health, never content."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from kit.models import Kept


class ForOperators(ModelAdmin):  # type: ignore[type-arg]
    """A list that operators read; what may be changed is opened field by field."""

    actions = None
    list_per_page = 25
    may_be_changed: tuple[str, ...] = ()

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the list to operators."""
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let operators read."""
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Let operators change what `may_be_changed`, if anything."""
        return bool(self.may_be_changed) and self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Add nothing here: people and places are added on their own pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Delete nothing here."""
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Filter by nothing that the list does not show: filters could spell a secret out, bit by bit."""
        return lookup.split("__")[0] in {*map(str, self.list_display), *map(str, self.list_filter)}

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        """Leave open what `may_be_changed`, and nothing else."""
        fields: list[str] = list(self.get_fields(request, obj))  # type: ignore[arg-type]
        return [name for name in fields if name not in self.may_be_changed]


class OperatorsSite(AdminSite):
    """The admin behind the same door as everything else."""

    site_header = "Living Well: accounts and health"
    site_title = "Living Well"
    index_title = "Accounts and health"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """Let operators in, and nobody else."""
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send people to the one way in; whoever is in already and is no operator is told so.

        Raises:
            PermissionDenied: this person has signed in, and does not look after the installation.
        """
        if request.user.is_authenticated:
            raise PermissionDenied("This page is for people who look after this installation.")
        return redirect_to_login(request.GET.get("next", request.path))

    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out where everybody signs out; a press, not a look."""
        if request.method == "POST":
            logout(request)
        return redirect("account_logout")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Change the password where everybody changes it."""
        return redirect("account_change_password")

    def register(
        self,
        model_or_iterable: type[models.Model] | Iterable[type[models.Model]],
        admin_class: "type[ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Take in our own lists alone: libraries' pages would show addresses and session keys.

        Raises:
            ImproperlyConfigured: a model holds content of a place.
        """
        kinds = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        for kind in kinds:
            kept = getattr(kind, "kept", None)
            if kept is Kept.OWNED:
                raise ImproperlyConfigured(f"{kind.__name__} holds content: it has no place in the admin.")
            if kept is not None:
                super().register(kind, admin_class, **options)
