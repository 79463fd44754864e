"""Whether two names are the same to people who read them."""

import unicodedata
from collections.abc import Iterable

LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"}
"""Alphabets that share the shapes of letters; a name is written in any of them, and no word in two."""


def is_among(name: str, names: Iterable[str]) -> bool:
    """Return whether `names` hold this name; capital letters, accents and blanks make no difference.

    SQLite folds a to z alone, so that the database is not asked.
    """
    return _as_read(name) in {_as_read(each) for each in names}


def mixes_alphabets(name: str) -> bool:
    """Return whether a word of `name` takes letters from two alphabets that look alike (UTS 39, 5.1)."""
    return any(len(LOOK_ALIKE & {_alphabet_of(each) for each in word}) > 1 for word in name.split())


def _alphabet_of(letter: str) -> str:
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[0], "").split(" ")[0]


def _as_read(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in apart if unicodedata.category(each)[0] not in "MZC")
