"""Whether two names are the same to people who read them."""

import re
import unicodedata
from collections.abc import Iterable

LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE"}
"""Alphabets that share the shapes of letters; a name is written in any of them, and no word in two."""

MARKS_ARE_ADDED = {"LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW"}
"""Where a mark is an accent or a point that may be left out. Elsewhere it is a vowel: रमा is not राम."""

SMALL_CAPITAL = "LATIN LETTER SMALL CAPITAL "
"""Letters like this are drawn like capital letters, and Unicode folds none of them."""

DRAWN_ALIKE = str.maketrans(
    "авеѕіјкмнорстухһԁԛԝαβεζηικμνορτυχ",
    "abesijkmhopctyxhdqwabezhikmnoptyx",
)
"""Small letters of Cyrillic and Greek, and those of Latin that they or their capitals look like (UTS 39)."""

UNSEEN_LETTERS = "\u115f\u1160\u17b4\u17b5\u2800"
"""Fillers that Unicode counts among letters and signs; nothing is drawn for them."""

DASHES = r"\s\-\u2010-\u2015"
SIGNS = r"'\u2018\u2019\"\u201c\u201d.,;:!?()/&"

SHORTEST_WORD = 3
"""Letters that a word of a name has at least, to be told from "of" and "la" and an initial."""


def is_among(name: str, names: Iterable[str]) -> bool:
    """Return whether `names` hold this name, however it is written.

    Capital letters, accents, blanks, marks between letters, and letters of another alphabet that look the
    same make no difference. SQLite folds a to z alone, so that the database is not asked.
    """
    return _as_read(name) in {_as_read(each) for each in names}


def share_a_word(text: str, name: str) -> bool:
    """Return whether `text` holds a word of `name`, or is all of it; initials do not count."""
    said, called = ({_as_read(word) for word in _words(each, DASHES + SIGNS)} for each in (text, name))
    return is_among(text, [name]) or any(len(word) >= SHORTEST_WORD for word in said & called)


def mixes_alphabets(name: str) -> bool:
    """Return whether a word of `name` takes letters from two alphabets that look alike (UTS 39, 5.1).

    The two halves of a double name are two words.
    """
    return any(len(LOOK_ALIKE & {_alphabet_of(each) for each in word}) > 1 for word in _words(name))


def _words(text: str, between: str = DASHES) -> list[str]:
    return [word for word in re.split(f"[{between}]+", text) if word]


def _alphabet_of(letter: str) -> str:
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[0], "").split(" ")[0]


def _as_read(name: str) -> str:
    """Fold a name to its letters, figures and signs; one without any stays as it is."""
    kept: list[str] = []
    for each in _apart(_apart(name).casefold()):
        kind = unicodedata.category(each)
        if kind[0] == "M" and kept and _alphabet_of(kept[-1]) in MARKS_ARE_ADDED:
            continue
        if kind[0] not in "ZCP" and kind != "Sk" and each not in UNSEEN_LETTERS:
            kept.append(each)
    return "".join(kept).translate(DRAWN_ALIKE) or name


def _apart(text: str) -> str:
    """Take letters and their marks apart, and give specially drawn letters their plain form."""
    return "".join(_plain(each) for each in unicodedata.normalize("NFKD", text))


def _plain(letter: str) -> str:
    drawn = unicodedata.name(letter, "")
    small = len(drawn) == len(SMALL_CAPITAL) + 1 and drawn.startswith(SMALL_CAPITAL)
    return drawn[-1] if small else letter
