"""Names the app to Django."""

from importlib import import_module

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes, their places, and the people in them."""

    name = "programmes"
    verbose_name = "Programmes and places"

    def ready(self) -> None:
        """Register the start-up checks, which need every app's routes."""
        import_module("programmes.checks")
