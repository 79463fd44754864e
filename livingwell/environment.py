"""Reads settings from the environment; a missing or malformed value stops the start and is named."""

import os

from django.core.exceptions import ImproperlyConfigured

HINT = "See .env.example."


def text(name: str, default: str | None = None) -> str:
    """Return the variable's text.

    Raises:
        ImproperlyConfigured: it is not set and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. {HINT}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return the variable's comma-separated words, without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def yes_no(name: str, *, default: bool) -> bool:
    """Return whether the variable says yes.

    Raises:
        ImproperlyConfigured: it is neither "yes" nor "no" (nor 1, 0, true, false).
    """
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}. {HINT}")
    return value in {"yes", "1", "true"}


def number(name: str, default: int, *, least: int = 0) -> int:
    """Return the variable's whole number, at least `least`.

    Raises:
        ImproperlyConfigured: it is not a whole number, or too small.
    """
    value = text(name, str(default))
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(
            f"{name} must be a whole number of at least {least}, not {value!r}. {HINT}"
        )
    return int(value)
