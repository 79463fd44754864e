"""Turns a snapshot's sections into charts; each chart's finding is the sentence that a reader should keep.

A snapshot is read for years, so nothing here asks today's method: names and numbers come from the snapshot.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from kit.charts import Bar, Bars, Chart, Journey, Quarter, Stage, State, draw
from kit.small_numbers import Shown, things
from programmes.models import StageState
from programmes.stages import Period

QUARTERS_SHOWN = 9
STATES = {
    StageState.State.NOT_BEGUN.value: State.NOT_BEGUN,
    StageState.State.GROWING.value: State.GROWING,
    StageState.State.ROOTED.value: State.WELL_ROOTED,
    StageState.State.COMING_BACK.value: State.COMING_BACK,
}


def charts_of(sections: Mapping[str, Mapping[str, Any]], period: Period) -> dict[str, Chart]:
    """Return the charts of an edition by their ids: the journey, and the gatherings by quarter."""
    specs: list[Journey | Bars] = [journey_of(sections["journey"], period)]
    table = sections.get("around_the_table")
    if table is not None and len(table["quarters"]) > 1:
        specs.append(gatherings_of(table))
    return {spec.id: draw(spec) for spec in specs}


def journey_of(section: Mapping[str, Any], period: Period) -> Journey:
    """Specify the journey's chart: each stage by quarter, up to the quarter of the report."""
    quarters = quarters_until(period.last)
    stages = tuple(
        Stage(told["number"], told["name"], states_of(told["changes"], quarters))
        for told in section["stages"]
    )
    return Journey("journey", "Our path so far", finding_of(section), quarters, stages)


def quarters_until(last: date) -> tuple[Quarter, ...]:
    """Return the quarters shown, the last one the report's."""
    end = Quarter.of(last)
    found = [Quarter(end.year - QUARTERS_SHOWN // 4, end.number)]
    while found[-1] != end:
        found.append(found[-1].next)
    return tuple(found)


def states_of(changes: Sequence[Mapping[str, str]], quarters: tuple[Quarter, ...]) -> tuple[State, ...]:
    """Return the state at the end of each quarter, from the changes in the order of their days."""
    dated = [(Quarter.of(date.fromisoformat(change["on"])), change["state"]) for change in changes]
    return tuple(_at_end_of(quarter, dated) for quarter in quarters)


def _at_end_of(quarter: Quarter, dated: list[tuple[Quarter, str]]) -> State:
    until = list(takewhile(lambda change: change[0] <= quarter, dated))
    return STATES[until[-1][1]] if until else State.NOT_BEGUN


def finding_of(section: Mapping[str, Any]) -> str:
    """Say in one sentence how the path stands: in the method's words, and never as a share of it."""
    parts = [
        f"{_joined(names)} {one if len(names) == 1 else several}"
        for state, one, several in VERBS
        if (names := [told["name"] for told in section["stages"] if told["state"] == state])
    ]
    return "; ".join(parts) + "." if parts else "The path has not begun."


VERBS = (
    (StageState.State.ROOTED.value, "stands well rooted", "stand well rooted"),
    (StageState.State.GROWING.value, "is growing", "are growing"),
    (StageState.State.COMING_BACK.value, "is looked at again", "are looked at again"),
)


def _joined(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def gatherings_of(table: Mapping[str, Any]) -> Bars:
    """Specify the bars of gatherings held by quarter; counts of things need no hiding (R9)."""
    bars = tuple(
        Bar(Quarter.of(date.fromisoformat(quarter["first"])), things(quarter["gatherings"]))
        for quarter in table["quarters"]
    )
    held = Shown.from_json(table["gatherings"]).words
    how_often = {"0": "did not meet", "1": "met once", "2": "met twice"}.get(held, f"met {held} times")
    finding = f"The Collaborative {how_often} in these months."
    return Bars("gatherings", "How often we met", finding, "Gatherings held", bars)
