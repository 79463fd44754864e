"""Names the kit to Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """The ground under the stages; it knows none of them."""

    name = "kit"
    verbose_name = "What every page stands on"
