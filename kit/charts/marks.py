"""The states of a stage as a reader sees them: each its own shape, pattern, picture and word."""

from dataclasses import dataclass
from enum import StrEnum

from kit.charts.drawing import SMALL_TEXT_SIZE, TEXT_SIZE, box, element, hatching, line, path, text
from kit.charts.lettering import Weight, fitting, width
from kit.charts.palette import (
    AMBER_INK,
    EDGE,
    INK,
    LEAF,
    LEAF_DEEP,
    LEAF_TINT,
    LILAC,
    MARIGOLD,
    MARIGOLD_TINT,
    MUTED,
    PLUM,
    WHITE,
)

BAND = 23  # how high a band is
BETWEEN_KEYS = 26
ICON = 24  # how much of its left end the picture takes
LEAVES = "M0 2C-6 2-7-3-7-5C-2-5 0-2 0 2ZM0-1C0-5 3-7.5 7-7.5C7-3 5-1 0-1Z"
TRUNK = "M0 1V5M-4.5 8C-2.5 8 0 7.5 0 5C0 7.5 2.5 8 4.5 8"
CROWN = "M-3.2 3A3.4 3.4 0 0 1-4.7-3A4 4 0 0 1 4.7-3A3.4 3.4 0 0 1 3.2 3Z"
LOOP = "M4.8-3A5.6 5.6 0 1 0 5.6 1.5"
ARROW = "M7.8-6.5V-.5H1.8Z"
BUBBLE = "M-6.5-5.5H6.5V3H-.5L-4 7V3H-6.5Z"
GATE = "M4.5-6.5V6.5"


class State(StrEnum):
    """How a stage stands. Not a scale: every stage may be come back to (ux 4.2)."""

    NOT_BEGUN = "Not begun"
    GROWING = "Growing"
    WELL_ROOTED = "Well rooted"
    COMING_BACK = "Coming back to it"
    NOT_SAID = "Not said yet"
    COMES_LAST = "Comes last"


@dataclass(frozen=True, slots=True)
class Style:
    """The colours of a state, and its word: the longest first, shorter ones for narrow bands."""

    fill: str
    ink: str
    words: tuple[str, ...]


STYLES = {
    State.NOT_BEGUN: Style(WHITE, MUTED, ("Not begun",)),
    State.GROWING: Style(LEAF_TINT, LEAF_DEEP, ("Growing",)),
    State.WELL_ROOTED: Style(LEAF, WHITE, ("Well rooted", "Rooted")),
    State.COMING_BACK: Style(MARIGOLD_TINT, AMBER_INK, ("Coming back to it", "Coming back")),
    State.NOT_SAID: Style(WHITE, PLUM, ("Not said yet", "Not said")),
    State.COMES_LAST: Style(WHITE, MUTED, ("Comes last",)),
}
DASHES = {State.NOT_BEGUN: "1.6 4", State.COMES_LAST: "9 5"}
"""How the line behind a stage that waits is broken."""


def band(state: State, left: float, right: float, middle: float) -> str:
    """Draw one unbroken run of a state; the word is left out where it has no room."""
    style = STYLES[state]
    words = fitting(style.words, SMALL_TEXT_SIZE, right - left - ICON - 6, Weight.SEMIBOLD)
    written = ICON + (width(words, SMALL_TEXT_SIZE, Weight.SEMIBOLD) + 4 if words else 0)
    return (
        _ground(state, left + 1.5, right - 1.5, middle, written)
        + icon(state, left + 13, middle)
        + (_word(words, left + ICON, middle, style) if words else "")
    )


def key(state: State, left: float, middle: float) -> tuple[str, float]:
    """Draw a state for the key below the chart, and say where the next one may begin."""
    swatch = _ground(state, left, left + 26, middle, ICON) + icon(state, left + 13, middle)
    words = text(state.value, left + 34, middle + 4.2, fill=INK, size=TEXT_SIZE)
    return swatch + words, left + 34 + width(state.value, TEXT_SIZE) + BETWEEN_KEYS


def icon(state: State, x: float, y: float) -> str:
    """Draw the picture of a state round a point: seed, shoot, tree, loop, empty bubble, seed at a gate."""
    drawing = {
        State.NOT_BEGUN: element("circle", cx=0, cy=0, r=4.2, fill=WHITE, stroke=EDGE, stroke_width=1.6),
        State.GROWING: path("M0 7V-1", stroke=LEAF, stroke_width=1.6) + path(LEAVES, fill=LEAF),
        State.WELL_ROOTED: path(TRUNK, stroke=WHITE, stroke_width=1.5) + path(CROWN, fill=WHITE),
        State.COMING_BACK: path(LOOP, stroke=AMBER_INK, stroke_width=1.8) + path(ARROW, fill=AMBER_INK),
        State.NOT_SAID: path(BUBBLE, fill=WHITE, stroke=PLUM, stroke_width=1.4),
        State.COMES_LAST: element("circle", cx=-2, cy=0, r=3.4, fill=WHITE, stroke=EDGE, stroke_width=1.6)
        + path(GATE, stroke=EDGE, stroke_width=1.6),
    }[state]
    return element("g", drawing, transform=f"translate({x:.2f} {y:.2f})")


def _word(words: str, left: float, middle: float, style: Style) -> str:
    return text(
        words, left, middle + 4, on=style.fill, fill=style.ink, size=SMALL_TEXT_SIZE, weight=Weight.SEMIBOLD
    )


def _ground(state: State, left: float, right: float, middle: float, written: float) -> str:
    """Draw what lies behind: dots or dashes, an empty outline, a tinted one, a full band, or hatching."""
    if state in DASHES:
        rest = _dots(state, left + written, right - 2, middle) if right - left > written + 6 else ""
        return box(left, middle - BAND / 2, written, BAND, fill=WHITE) + rest
    style, top, wide = STYLES[state], middle - BAND / 2, right - left
    if state is State.NOT_SAID:
        return box(left, top, wide, BAND, fill=WHITE, stroke=LILAC, stroke_width=1.4, stroke_dasharray="5 3")
    if state is not State.COMING_BACK:
        edge = LEAF if state is State.GROWING else style.fill
        return box(left, top, wide, BAND, fill=style.fill, stroke=edge, stroke_width=1, rx=4)
    return (
        box(left, top, wide, BAND, fill=style.fill)
        + hatching(left + written, top, max(0, wide - written), BAND, stroke=MARIGOLD)
        + box(left, top, wide, BAND, fill="none", stroke=style.ink, stroke_width=1)
    )


def _dots(state: State, left: float, right: float, middle: float) -> str:
    return line(left, middle, right, middle, stroke=EDGE, stroke_width=1.6, stroke_dasharray=DASHES[state])
