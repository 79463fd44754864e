"""Names the app to Django."""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    """Governance."""

    name = "governance"
    verbose_name = "Governance"
