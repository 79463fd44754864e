"""Names the app to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and signing in."""

    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Listen for proofs of addresses."""
        from allauth.account.signals import email_confirmed  # noqa: PLC0415 - apps are loaded only now

        from people.adapters import proven  # noqa: PLC0415

        email_confirmed.connect(proven)
