"""Names the app to Django."""

from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Listen."""

    name = "stories"
    verbose_name = "Listen"
