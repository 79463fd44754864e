"""The colours of charts (ux 5.1, light), and the contrast that text must keep."""

from functools import cache

WHITE = "#FFFFFF"
STONE = "#F4EDE3"
RULE = "#E7DFD3"
RULE_OF_A_YEAR = "#C9BDAC"
EDGE = "#776C5F"
INK = "#2A2233"
MUTED = "#5C5366"
PLUM = "#5A2A66"
PLUM_DEEP = "#3F1B49"
LILAC = "#8E7CC3"
LEAF = "#1D6B49"
LEAF_DEEP = "#124A32"
LEAF_TINT = "#E3F1E8"
CORAL = "#B23A1E"
MARIGOLD = "#F4B53F"
MARIGOLD_TINT = "#FDF1D2"
AMBER_INK = "#7A4B00"

ENOUGH_FOR_TEXT = 4.5  # WCAG 2.2, 1.4.3


class Unreadable(Exception):
    """Text was about to be drawn in a colour that does not stand out enough from what is behind it."""


@cache
def contrast(one: str, other: str) -> float:
    """Give the WCAG 2 contrast ratio of two colours written as #RRGGBB, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, *, on: str) -> str:
    """Give `colour` back if text in it can be read on `on`.

    Raises:
        Unreadable: the contrast is below 4.5 to 1.
    """
    if contrast(colour, on) < ENOUGH_FOR_TEXT:
        raise Unreadable(f"{colour} on {on} has a contrast of only {contrast(colour, on):.2f} to 1.")
    return colour


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
