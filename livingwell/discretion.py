"""Keeps one-time links out of the log, and traces of what is no fault: a denied page is one line."""

import logging
import re
from typing import Any

from django.core.exceptions import PermissionDenied

SECRET = re.compile(
    r"(/welcome/+|/installation/first/[0-9a-f-]+/)[^/\n\"'?]+"
    r"|(?<![0-9a-z-])(?:[0-9a-z]{4}-){4}[0-9a-z]{4}(?![0-9a-z-])",
    re.IGNORECASE,
)
"""What opens a link, in its address or, as a card's code is typed, anywhere."""


class Discreet(logging.Filter):
    """Blanks the secret in every address that a line holds, in its words and in what fills them.

    Whoever reads the log must not be able to come in as somebody else.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Blank it, and let the line through."""
        if record.exc_info and isinstance(record.exc_info[1], PermissionDenied):
            record.exc_info = None
        record.msg = _blanked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_blanked, record.args))
        return True


def to_the_console(level: str) -> dict[str, Any]:
    """Return Django's settings for a log that goes to the console, from `level` on, without secrets."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"discreet": {"()": "livingwell.discretion.Discreet"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["discreet"]}},
        "root": {"handlers": ["console"], "level": level},
    }


def _blanked(told: Any) -> Any:
    return SECRET.sub(lambda found: f"{found[1] or ''}…", told) if isinstance(told, str) else told
