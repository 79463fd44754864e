"""How wide words are, measured from the very font files that PDFs are set in."""

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts" / "pdf"
FAMILY = "'Source Sans 3', 'Segoe UI', system-ui, sans-serif"
SLACK = 1.03  # a browser without our font sets its own a little wider
UNKNOWN = 1.0  # of the size, for a letter that the font does not have: scripts and pictures are wide


class Weight(StrEnum):
    """The cuts that charts use, named as their files are."""

    REGULAR = "Regular"
    SEMIBOLD = "SemiBold"


def width(words: str, size: float, weight: Weight = Weight.REGULAR) -> float:
    """Give the width of one line in the unit that `size` is in."""
    advances = _advances(weight)
    return SLACK * size * sum(advances.get(ord(letter), _missing(letter)) for letter in words)


def wrap(words: str, size: float, room: float, weight: Weight = Weight.REGULAR) -> list[str]:
    """Break words into lines no wider than `room`; a single word that is wider keeps a line of its own."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, weight) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def fitting(choices: tuple[str, ...], size: float, room: float, weight: Weight = Weight.REGULAR) -> str:
    """Give the first of several ways to say a thing that fits, or nothing at all."""
    return next((words for words in choices if width(words, size, weight) <= room), "")


def _missing(letter: str) -> float:
    return 0 if unicodedata.category(letter) in {"Mn", "Me", "Cf", "Cc"} else UNKNOWN


@cache
def _advances(weight: Weight) -> dict[int, float]:
    """Read how far each letter moves the pen, as a share of the size."""
    with TTFont(FONTS / f"SourceSans3-{weight.value}.ttf", lazy=True) as font:
        unit, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {code: widths[glyph][0] / unit for code, glyph in font.getBestCmap().items()}
