"""Turns a snapshot's sections into charts; each chart's finding is the sentence that a reader should keep.

A snapshot is read for years, so nothing here asks today's method: names and numbers come from the snapshot.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import Any

from kit.charts import Bar, Bars, Chart, Journey, Quarter, Stage, State, draw
from kit.small_numbers import Shown, things
from programmes.stages import Period, Word

QUARTERS_SHOWN = 9
STATES = {
    Word.NOT_BEGUN.value: State.NOT_BEGUN,
    Word.NOT_SAID.value: State.NOT_SAID,
    Word.GROWING.value: State.GROWING,
    Word.ROOTED.value: State.WELL_ROOTED,
    Word.COMING_BACK.value: State.COMING_BACK,
    Word.COMES_LAST.value: State.COMES_LAST,
}


def charts_of(sections: Mapping[str, Mapping[str, Any]], period: Period) -> dict[str, Chart]:
    """Return the charts of an edition by their ids: the journey, and the gatherings by quarter.

    They begin with the place. A snapshot from before that was kept says no such day, and shows all quarters.
    """
    since = Quarter.of(date.fromisoformat(sections["about"].get("place_since") or date.min.isoformat()))
    specs: list[Journey | Bars] = [journey_of(sections["journey"], quarters_until(period.last, since))]
    if "around_the_table" in sections:
        gatherings = gatherings_of(sections["around_the_table"], since)
        specs += [gatherings] if len(gatherings.bars) > 1 else []
    return {spec.id: draw(spec) for spec in specs}


def journey_of(section: Mapping[str, Any], quarters: tuple[Quarter, ...]) -> Journey:
    """Specify the journey's chart: each stage by quarter, up to the quarter of the report."""
    stages = tuple(
        Stage(told["number"], told["name"], states_of(told, quarters), _month_of(since_of(told)))
        for told in section["stages"]
    )
    return Journey("journey", "Our path so far", finding_of(section), quarters, stages)


def since_of(told: Mapping[str, Any]) -> date | None:
    """Return the day since which a stage stands as it does: as it was said, else as its records tell."""
    changes = told["changes"]
    same = list(takewhile(lambda change: change["state"] == changes[-1]["state"], reversed(changes)))
    day = same[-1]["on"] if same else told.get("records_since")
    return date.fromisoformat(day) if day else None


def _month_of(day: date | None) -> str:
    return f"{day:%B %Y}" if day is not None else ""


def quarters_until(last: date, since: Quarter) -> tuple[Quarter, ...]:
    """Return the quarters shown: none before that in which the place began, and the report's last."""
    end = Quarter.of(last)
    found = [min(end, max(since, Quarter(end.year - QUARTERS_SHOWN // 4, end.number)))]
    while found[-1] != end:
        found.append(found[-1].next)
    return tuple(found)


def states_of(told: Mapping[str, Any], quarters: tuple[Quarter, ...]) -> tuple[State, ...]:
    """Return how one stage stood at the end of each quarter, from what was said in the order of the days.

    Before anything was said it had not begun, or its records told of something that nobody had said.
    """
    changes = [(_quarter_of(change["on"]), STATES[change["state"]]) for change in told["changes"]]
    silent = STATES[told.get("at_first", Word.NOT_BEGUN.value)]
    if records := told.get("records_since"):
        silence = [(_quarter_of(records), State.NOT_SAID)]
        changes = [*(change for change in silence if not changes or change[0] < changes[0][0]), *changes]
    return tuple(_at_end_of(quarter, changes, silent) for quarter in quarters)


def _quarter_of(day: str) -> Quarter:
    return Quarter.of(date.fromisoformat(day))


def _at_end_of(quarter: Quarter, changes: list[tuple[Quarter, State]], silent: State) -> State:
    until = list(takewhile(lambda change: change[0] <= quarter, changes))
    return until[-1][1] if until else silent


def finding_of(section: Mapping[str, Any]) -> str:
    """Say in one sentence how the path stands: as the place's own word, and never as a share of it."""
    said, unsaid = _told(section, VERBS), _told(section, (UNSAID,))
    if not said and not unsaid:
        return "The path has not begun."
    parts = [f"The place says: {'; '.join(said)}."] if said else []
    return " ".join([*parts, *(f"{part}." for part in unsaid)])


def _told(section: Mapping[str, Any], verbs: Sequence[tuple[str, str, str]]) -> list[str]:
    return [
        (one if len(names) == 1 else several).format(_joined(names))
        for state, one, several in verbs
        if (names := [told["name"] for told in section["stages"] if told["state"] == state])
    ]


VERBS = (
    (Word.ROOTED.value, "{} stands well rooted", "{} stand well rooted"),
    (Word.GROWING.value, "{} is growing", "{} are growing"),
    (Word.COMING_BACK.value, "it is coming back to {}", "it is coming back to {}"),
)
UNSAID = (
    Word.NOT_SAID.value,
    "Nobody has said yet where {} stands",
    "Nobody has said yet where {} stand",
)


def _joined(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def gatherings_of(table: Mapping[str, Any], since: Quarter) -> Bars:
    """Specify the bars of gatherings held by quarter; counts of things need no hiding (R9)."""
    bars = tuple(
        Bar(_quarter_of(quarter["first"]), things(quarter["gatherings"]))
        for quarter in table["quarters"]
        if _quarter_of(quarter["first"]) >= since
    )
    held = Shown.from_json(table["gatherings"]).words
    how_often = {"0": "did not meet", "1": "met once", "2": "met twice"}.get(held, f"met {held} times")
    finding = f"The Collaborative {how_often} in these months."
    return Bars("gatherings", "How often we met", finding, "Gatherings held", bars)
