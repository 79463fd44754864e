"""The few shapes that charts are made of, as SVG elements with presentation attributes and nothing else."""

import re
from collections.abc import Iterator
from html import escape

from kit.charts.lettering import FAMILY, Weight
from kit.charts.palette import INK, WHITE, readable

WIDE = 642  # 170 mm at 96 units an inch: the measure of a report page
TEXT_SIZE = 12.5
SMALL_TEXT_SIZE = 11.4  # 8.5 pt, the smallest that is printed
FONT_WEIGHTS = {Weight.REGULAR: "400", Weight.SEMIBOLD: "600"}
# What XML cannot hold at all, and the marks that could make a name run over its neighbours' reading order.
NOT_DRAWN = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


def plain(words: str) -> str:
    """Leave out what cannot be drawn: control characters and marks that override the direction of text."""
    return NOT_DRAWN.sub("", words)


def element(name: str, content: str = "", /, **attributes: str | float) -> str:
    """Write one element. `content` is SVG; an underscore in an attribute's name stands for a hyphen."""
    pairs = "".join(f' {key.replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{pairs}>{content}</{name}>" if content else f"<{name}{pairs}/>"


def text(
    words: str,
    x: float,
    y: float,
    *,
    on: str = WHITE,
    fill: str = INK,
    size: float = TEXT_SIZE,
    weight: Weight = Weight.REGULAR,
    anchor: str = "start",
) -> str:
    """Write one line of text whose baseline is at `y`.

    Raises:
        palette.Unreadable: `fill` does not stand out enough from `on`, the colour behind it.
    """
    return element(
        "text",
        escape(plain(words)),
        x=x,
        y=y,
        font_size=size,
        font_weight=FONT_WEIGHTS[weight],
        text_anchor=anchor,
        fill=readable(fill, on=on),
    )


def box(x: float, y: float, width: float, height: float, *, fill: str, **more: str | float) -> str:
    """Draw a rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, **more: str | float) -> str:
    """Draw a straight line, one unit wide unless `stroke_width` says otherwise."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, **more)


def path(shape: str, *, fill: str = "none", **more: str | float) -> str:
    """Draw a path."""
    return element("path", d=shape, fill=fill, **more)


def hatching(x: float, y: float, width: float, height: float, *, stroke: str, gap: float = 7) -> str:
    """Fill a rectangle with slanting lines, cut at its edges by arithmetic: patterns have seams."""
    strokes = "".join(
        f"M{_value(left)} {_value(low)}L{_value(right)} {_value(high)}"
        for left, low, right, high in _slants(x, y, width, height, gap)
    )
    return path(strokes, stroke=stroke, stroke_width=1.6) if strokes else ""


def _slants(x: float, y: float, width: float, height: float, gap: float) -> Iterator[tuple[float, ...]]:
    """Give the ends of each line that rises from the left at 45 degrees, within the rectangle."""
    offset = gap
    while offset < width + height:
        left, right = max(0.0, offset - height), min(width, offset)
        yield x + left, y + offset - left, x + right, y + offset - right
        offset += gap


def picture(chart_id: str, finding: str, height: float, *parts: str) -> str:
    """Put the parts of a chart together: an image whose name is its finding."""
    name = f"{chart_id}-title"
    return element(
        "svg",
        element("title", escape(plain(finding)), id=name) + "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDE} {_value(height)}",
        width=WIDE,
        height=height,
        role="img",
        aria_labelledby=name,
        font_family=FAMILY,
    )


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
