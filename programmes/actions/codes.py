"""What opens a one-time link: a code that can be typed by hand from a printed card.

Twenty letters and figures, a hundred bits, without those that look like others.
"""

import hashlib
import re
import secrets

from django.conf import settings
from django.urls import reverse

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Five bits each. Left out are i, l and o, which look like 1 and 0, and u (Crockford's base 32)."""

CODE_LENGTH, GROUP = 20, 4
LOOKS_LIKE = str.maketrans("oil", "011")
CODE = re.compile(f"[{ALPHABET}]{{{CODE_LENGTH}}}")


def where_to_type() -> str:
    """Return the address at which a card's code is typed, as short as it can be said."""
    return settings.BASE_URL + reverse("welcome:type_code")


def new_code() -> str:
    """Return a new code in groups of four: "7k3m-q0xz-…"."""
    return _in_groups("".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)))


def code_in(typed: str) -> str:
    """Return the code that somebody typed, in groups; empty when it is none.

    Capital letters, hyphens and blanks make no difference; o is read as 0, i and l as 1. A whole address may
    stand around it.
    """
    last = typed.partition("?")[0].strip(" \t\r\n/.,;<>()").rpartition("/")[2]
    read = re.sub(r"[\s\u2010-\u2015-]", "", last).lower().translate(LOOKS_LIKE)
    return _in_groups(read) if CODE.fullmatch(read) else ""


def digest_of(secret: str) -> str:
    """Return the SHA-256, in hex, under which a link is kept; a code counts however it is typed.

    Links of an older kind are longer, and count as they are.
    """
    return hashlib.sha256((code_in(secret) or secret).encode()).hexdigest()


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))
