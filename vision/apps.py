"""Names the app to Django."""

from django.apps import AppConfig


class VisionConfig(AppConfig):
    """Our why."""

    name = "vision"
    verbose_name = "Our why"
