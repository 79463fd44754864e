"""Names the whole, and its admin, to Django."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class LivingWellConfig(AppConfig):
    """The pages composed of all stages."""

    name = "livingwell"
    verbose_name = "Living Well"

    def ready(self) -> None:
        """Make ours the Celery application that every task belongs to; look whether a demo may be one."""
        import_module("livingwell.celery")
        if settings.DEMO:
            import_module("livingwell.demo_pages")


class AdminConfig(DjangoAdminConfig):
    """Django's admin behind our own door."""

    default_site = "people.door.OperatorsSite"
