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

UNSEEN_LETTERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800"} | {
    *map(chr, [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
}
"""Fillers, joiners and choices of shape that Unicode counts among letters, marks and signs; none is drawn."""

DASHES = re.compile(r"[\s\-\u2010-\u2015]+")

SHORTEST_WORD = 3
"""Letters that one word out of a name has at least, to be told from "of" and "la" and an initial."""

SHORTEST_NAME = 2
"""Letters that a name has at least to be looked for among other words; a single one is an article, too."""


def is_among(name: str, names: Iterable[str]) -> bool:
    """Return whether `names` hold this name, however it is written.

    Capital letters, accents, blanks, signs between letters, and the letters of Cyrillic and Greek that look
    the same make no difference. SQLite folds a to z alone, so that the database is not asked.
    """
    return _as_read(name) in {_as_read(each) for each in names}


def share_a_word(text: str, name: str) -> bool:
    """Return whether `text` holds the whole of `name`, or a word of it that has three letters or more."""
    said, called = ([_as_read(word) for word in _words_of(each)] for each in (text, name))
    if is_among(text, [name]) or any(len(word) >= SHORTEST_WORD for word in {*said} & {*called}):
        return True
    runs = (said[start : start + len(called)] for start in range(len(said)))
    return len("".join(called)) >= SHORTEST_NAME and called in runs


def mixes_alphabets(name: str) -> bool:
    """Return whether a word of `name` takes letters from two alphabets that look alike (UTS 39, 5.1).

    The two halves of a double name are two words.
    """
    words = filter(None, DASHES.split(name))
    return any(len(LOOK_ALIKE & {_alphabet_of(each) for each in word}) > 1 for word in words)


def _words_of(text: str) -> list[str]:
    """Part a text where neither a letter nor a mark nor a figure stands."""
    return "".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in text).split()


def _alphabet_of(letter: str) -> str:
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[0], "").split(" ")[0]


def _as_read(name: str) -> str:
    """Fold a name to its letters, figures and signs; one without any stays as it is."""
    kept: list[str] = []
    for each in _apart(_apart(name).casefold()):
        kind = unicodedata.category(each)
        if kind[0] == "M" and (not kept or _alphabet_of(kept[-1]) in MARKS_ARE_ADDED):
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
