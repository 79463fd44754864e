"""Freezes what a place's records say: every stage is asked, in the order of the method.

What comes back is plain data: figures that the small-numbers module has made safe, and texts by reference and
version, so that a text taken back later is not kept here (README 2.11, 2.17).
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kit.small_numbers import NOT_SHOWN, Kind, threshold
from programmes.models import PlaceCard, Site, StageState
from programmes.stages import Period, the_method

State = StageState.State
PEOPLE_KINDS = {Kind.ABOUT.value, Kind.FEWER.value, Kind.SHARE.value}


def compose(site: Site, period: Period, *, edition: int, now: datetime) -> list[dict[str, Any]]:
    """Ask every stage about `period` and return the sections of the snapshot; call it inside the site's scope.

    While the period still runs, counts of people are left out: figures are published once, for whole periods,
    so that two of them cannot be subtracted (R4).
    """
    sections = [section for stage in the_method() for section in stage.report_sections(site, period)]
    still_runs = period.last >= now.date()
    if still_runs:
        sections = [_without_people(section) for section in sections]
    return [*sections, journey(site, period), about(period, edition=edition, now=now, still_runs=still_runs)]


def journey(site: Site, period: Period) -> dict[str, Any]:
    """Say where the place stood with each stage, from the cards that it released as it went."""
    cards = list(
        PlaceCard.objects.at(site.programme)
        .filter(site=site, released_at__date__lte=period.last)
        .order_by("released_at", "id")
    )
    return {"kind": "journey", "stages": [_path_of(stage.slug, cards) for stage in the_method()]}


def _path_of(slug: str, cards: list[PlaceCard]) -> dict[str, Any]:
    own = [card for card in cards if card.stage == slug]
    return {
        "stage": slug,
        "state": own[-1].state if own else State.NOT_BEGUN.value,
        "why_early": next((card.why_early for card in reversed(own) if card.why_early), ""),
        "changes": [{"on": card.released_at.date().isoformat(), "state": card.state} for card in own],
    }


def about(period: Period, *, edition: int, now: datetime, still_runs: bool) -> dict[str, Any]:
    """Say how the figures were made."""
    return {
        "kind": "about",
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "edition": edition,
        "made_at": now.isoformat(),
        "threshold": threshold(),
        "still_runs": still_runs,
    }


def _without_people(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_people(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") in PEOPLE_KINDS:
        return NOT_SHOWN.to_json()
    return {name: _without_people(item) for name, item in value.items()}


def quarters(first: date, last: date) -> Iterator[tuple[date, str]]:
    """Walk the quarters from the one that holds `first` to the one that holds `last`: first day and name."""
    year, quarter = first.year, (first.month - 1) // 3
    while (year, quarter * 3 + 1) <= (last.year, last.month):
        yield date(year, quarter * 3 + 1, 1), f"Q{quarter + 1} {year}"
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)
