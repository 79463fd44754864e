"""The journey of one place: how each stage of the method stood in each quarter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kit.charts.chart import Chart
from kit.charts.drawing import SMALL_TEXT_SIZE, WIDE, box, line, picture, text
from kit.charts.lettering import Weight, width
from kit.charts.marks import BETWEEN_KEYS, State, band, key
from kit.charts.palette import CORAL, INK, MUTED, RULE, WHITE
from kit.charts.quarters import Axis, Quarter

NAMES = 122  # how wide the names of the stages are
TOP = 42  # where the first row begins
ROW = 31
LINE_OF_KEYS = 25
THIS_REPORT = "This report"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of the method, and how it stood from the first quarter shown to that of the report.

    `since` is the month from which it stands as it does ("November 2026"), finer than the quarters; empty
    when nobody said a word.
    """

    number: int
    name: str
    states: tuple[State, ...]
    since: str = ""

    def spells(self) -> Iterator[tuple[State, int, int]]:
        """Give each unbroken run of a state: the position of its first quarter, and of the one after it."""
        start = 0
        for state, run in groupby(self.states):
            end = start + len(list(run))
            yield state, start, end
            start = end


@dataclass(frozen=True, slots=True)
class Journey:
    """The journey of one place. `quarters` may go on after the report's; what is to come stays empty."""

    id: str
    title: str
    finding: str
    quarters: tuple[Quarter, ...]
    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        lengths = {len(stage.states) for stage in self.stages}
        if len(lengths) != 1 or not 0 < min(lengths) <= len(self.quarters):
            raise ValueError(
                "Each stage needs a state for the same quarters: at least one, and none not shown."
            )

    def chart(self) -> Chart:
        """Draw it."""
        head = ("Stage", "How it stands", "Since", "Before that")
        rows = tuple(self._row(stage) for stage in self.stages)
        return Chart(self.id, self.title, self.finding, head, rows, self._svg())

    def _row(self, stage: Stage) -> tuple[str, ...]:
        *before, (state, _, _) = stage.spells()
        said = "; ".join(f"{past.value}, {self._time(first, end)}" for past, first, end in before)
        return (
            f"{stage.number} {stage.name}",
            state.value,
            stage.since or "\N{EN DASH}",
            said or "\N{EN DASH}",
        )

    def _time(self, start: int, end: int) -> str:
        first, last = self.quarters[start], self.quarters[end - 1]
        if first.year == last.year:
            return f"{first.first_month} to {last.last_month} {last.year}"
        return f"{first.first_month} {first.year} to {last.last_month} {last.year}"

    def _svg(self) -> str:
        axis = Axis(self.quarters, NAMES, WIDE - 1)
        bottom = TOP + ROW * len(self.stages)
        reported = axis.at(len(self.stages[0].states))
        keys = _lines_of_keys({state for stage in self.stages for state in stage.states})
        return picture(
            self.id,
            self.finding,
            bottom + 27 + LINE_OF_KEYS * len(keys),
            axis.rules(TOP, bottom),
            axis.labels(TOP - 12),
            *(_drawn(stage, axis, TOP + ROW * place) for place, stage in enumerate(self.stages)),
            line(0, bottom, WIDE, bottom, stroke=RULE),
            this_report(reported, TOP - 8, bottom + 4),
            *(_keys(line, bottom + 39 + LINE_OF_KEYS * place) for place, line in enumerate(keys)),
        )


def this_report(x: float, top: float, bottom: float) -> str:
    """Draw the line up to which a report looks, with its words on a plate at the foot."""
    wide = width(THIS_REPORT, SMALL_TEXT_SIZE, Weight.SEMIBOLD) + 16
    left = min(max(x - wide / 2, 0), WIDE - wide)
    words = text(
        THIS_REPORT,
        left + wide / 2,
        bottom + 13,
        on=CORAL,
        fill=WHITE,
        size=SMALL_TEXT_SIZE,
        weight=Weight.SEMIBOLD,
        anchor="middle",
    )
    return (
        line(x, top, x, bottom, stroke=CORAL, stroke_width=2)
        + box(left, bottom, wide, 18, fill=CORAL, rx=4)
        + words
    )


def _drawn(stage: Stage, axis: Axis, top: float) -> str:
    middle = top + ROW / 2
    return (
        line(0, top, WIDE, top, stroke=RULE)
        + text(str(stage.number), 0, middle + 4.5, fill=MUTED, weight=Weight.SEMIBOLD)
        + text(stage.name, 15, middle + 4.5, fill=INK, weight=Weight.SEMIBOLD)
        + "".join(band(state, axis.at(start), axis.at(end), middle) for state, start, end in stage.spells())
    )


def _lines_of_keys(shown: set[State]) -> list[list[State]]:
    """Break the key of the states that are shown into lines that fit."""
    lines: list[list[State]] = [[]]
    for state in (state for state in State if state in shown):
        if lines[-1] and key(state, _keys_end(lines[-1]), 0)[1] - BETWEEN_KEYS > WIDE:
            lines.append([])
        lines[-1].append(state)
    return lines


def _keys_end(states: list[State]) -> float:
    left = 0.0
    for state in states:
        left = key(state, left, 0)[1]
    return left


def _keys(states: list[State], middle: float) -> str:
    return "".join(key(state, _keys_end(states[:place]), middle)[0] for place, state in enumerate(states))
