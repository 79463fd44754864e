"""Names the app to Django."""

from django.apps import AppConfig


class CollaborativesConfig(AppConfig):
    """Come together."""

    name = "collaboratives"
    verbose_name = "Come together"
