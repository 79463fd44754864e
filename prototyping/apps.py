"""Names the app to Django."""

from django.apps import AppConfig


class PrototypingConfig(AppConfig):
    """Prototype."""

    name = "prototyping"
    verbose_name = "Prototype"
