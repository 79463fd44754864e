"""Names the app to Django."""

from django.apps import AppConfig


class MdtsConfig(AppConfig):
    """Teams and practice."""

    name = "mdts"
    verbose_name = "Teams and practice"
