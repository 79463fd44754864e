"""Bars over time: one figure for each quarter, with the figure itself written on it."""

from dataclasses import dataclass

from kit.charts.chart import Chart
from kit.charts.drawing import SMALL_TEXT_SIZE, TEXT_SIZE, WIDE, box, hatching, line, picture, text
from kit.charts.journey import THIS_REPORT
from kit.charts.lettering import Weight, fitting, wrap
from kit.charts.palette import CORAL, EDGE, INK, LILAC, MUTED, PLUM, STONE
from kit.charts.quarters import Axis, Quarter
from kit.small_numbers import Kind, Shown

TOP = 34  # room above the highest bar for its figure
HIGH = 150
LEAST_TOP = 3  # of the scale, so that a single one does not look like many
WIDEST = 56  # of a bar
THIS_REPORT_WIDE = 64
LINE = 13  # from one line of words to the next


@dataclass(frozen=True, slots=True)
class Bar:
    """The figure of one quarter, as it may be shown."""

    quarter: Quarter
    figure: Shown


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures by quarter, the last of them the report's. `measure` heads their column: "Gatherings held"."""

    id: str
    title: str
    finding: str
    measure: str
    bars: tuple[Bar, ...]

    def chart(self) -> Chart:
        """Draw it."""
        rows = tuple((str(bar.quarter), bar.figure.cell) for bar in self.bars)
        return Chart(self.id, self.title, self.finding, ("Quarter", self.measure), rows, self._svg())

    def _svg(self) -> str:
        axis = Axis([bar.quarter for bar in self.bars], 0, WIDE)
        floor = TOP + HIGH
        most = max([LEAST_TOP, *(_reach(bar.figure) for bar in self.bars)])
        return picture(
            self.id,
            self.finding,
            floor + (52 if axis.begins_a_year(len(self.bars) - 1) else 37),
            *(
                _bar(bar.figure, axis, place, HIGH * _reach(bar.figure) / most)
                for place, bar in enumerate(self.bars)
            ),
            line(0, floor, WIDE, floor, stroke=EDGE),
            *(_under(axis, place, floor) for place in range(len(self.bars))),
        )


def _reach(figure: Shown) -> int:
    """Say how high a figure is drawn: "fewer than 8" as high as it could be, "not shown" not at all."""
    return figure.figure if figure.figure is not None else 0


def _bar(figure: Shown, axis: Axis, place: int, high: float) -> str:
    """Draw one bar with its figure above: full, hatched for "fewer than 8", or dots for what is not shown."""
    floor, is_last = TOP + HIGH, place == len(axis.quarters) - 1
    wide = min(axis.step * 0.72, WIDEST)
    left = axis.at(place) + (axis.step - wide) / 2
    if figure.kind is Kind.FEWER:
        shape = box(left, floor - high, wide, high, fill=STONE, stroke=EDGE) + hatching(
            left, floor - high, wide, high, stroke=EDGE
        )
    elif figure.is_hidden:
        high = 0
        shape = line(
            left, floor - 4, left + wide, floor - 4, stroke=EDGE, stroke_width=2, stroke_dasharray="2 4"
        )
    else:
        shape = box(left, floor - high, wide, high, fill=PLUM if is_last else LILAC) if high else ""
    return shape + _figure(figure.cell, left + wide / 2, floor - high - 7, axis.step - 4)


def _figure(words: str, middle: float, base: float, room: float) -> str:
    """Write a figure above its bar, in as many lines as it needs."""
    lines = wrap(words, TEXT_SIZE, room, Weight.SEMIBOLD)
    return "".join(
        text(words, middle, base - LINE * (len(lines) - 1 - place), weight=Weight.SEMIBOLD, anchor="middle")
        for place, words in enumerate(lines)
    )


def _under(axis: Axis, place: int, floor: float) -> str:
    """Write the months of a quarter, its year where a year begins, and which quarter is the report's."""
    quarter, middle = axis.quarters[place], axis.at(place) + axis.step / 2
    months = (f"{quarter.first_month}\N{EN DASH}{quarter.last_month}", quarter.first_month)
    shown = fitting(months, SMALL_TEXT_SIZE, axis.step - 4)
    lines = text(shown, middle, floor + 16, fill=MUTED, size=SMALL_TEXT_SIZE, anchor="middle")
    if axis.begins_a_year(place):
        lines += _strong(str(quarter.year), middle, floor + 31, INK, "middle")
    if place == len(axis.quarters) - 1:
        y = floor + (46 if axis.begins_a_year(place) else 31)
        where = (middle, "middle") if axis.step > THIS_REPORT_WIDE else (axis.right, "end")
        lines += _strong(THIS_REPORT, where[0], y, CORAL, where[1])
    return lines


def _strong(words: str, x: float, y: float, fill: str, anchor: str) -> str:
    return text(words, x, y, fill=fill, size=SMALL_TEXT_SIZE, weight=Weight.SEMIBOLD, anchor=anchor)
