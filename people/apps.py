"""Names the app to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and signing in."""

    name = "people"
    verbose_name = "People"
