"""Names the kit to Django."""

from importlib import import_module

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The ground under the stages; it knows none of them."""

    name = "kit"
    verbose_name = "What every page stands on"

    def ready(self) -> None:
        """Register the start-up checks, which need every app's models."""
        import_module("kit.checks")
