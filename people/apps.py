"""Names the app to Django."""

from django.apps import AppConfig
from django.utils.module_loading import import_string


class PeopleConfig(AppConfig):
    """People and signing in."""

    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Listen for proofs of addresses; neither can be imported before all apps are there."""
        confirmed, proven = map(
            import_string, ("allauth.account.signals.email_confirmed", "people.adapters.proven")
        )
        confirmed.connect(proven)
