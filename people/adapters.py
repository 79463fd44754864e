"""How allauth works here: people are added by a facilitator, and every letter goes through the outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up alone; a facilitator adds people (README 2.23)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: people come in through a one-time link."""
        return False
