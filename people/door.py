"""Django's admin for operators: accounts and health, never content."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest


class OperatorsSite(AdminSite):
    """The admin behind the same door as everything else."""

    site_header = "Living Well: accounts and health"

    def has_permission(self, request: HttpRequest) -> bool:
        """Let operators in, and nobody else."""
        return bool(request.user.is_active and request.user.is_staff)
