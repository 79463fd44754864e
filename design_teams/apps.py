"""Names the app to Django."""

from django.apps import AppConfig


class DesignTeamsConfig(AppConfig):
    """Design."""

    name = "design_teams"
    verbose_name = "Design"
