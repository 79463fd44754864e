"""Freezes what a place's records say: every stage is asked, in the order of the method.

What comes back is plain data: figures that the small-numbers module has made safe, and texts by reference and
version, so that a text taken back later is not kept here (README 2.11, 2.17).
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from kit.small_numbers import NOT_SHOWN, Kind, threshold
from programmes.models import PlaceCard, Site, StageState
from programmes.stages import Period, Stage, the_method

State = StageState.State
ABOUT_PEOPLE = {kind.value for kind in Kind} - {Kind.EXACTLY.value}


def compose(site: Site, period: Period, *, edition: int, now: datetime) -> list[dict[str, Any]]:
    """Ask every stage about `period` and return the snapshot's sections; call it inside the site's scope.

    While the period still runs, whatever counts people is left out: such figures are published once, for
    whole periods, so that two of them cannot be subtracted.

    Source: R4.
    """
    sections = [section for stage in the_method() for section in stage.report_sections(site, period)]
    still_runs = period.last >= timezone.localtime(now).date()
    if still_runs:
        sections = [_without_people(section) for section in sections]
    return [*sections, journey(site, period), about(period, edition=edition, now=now, still_runs=still_runs)]


def journey(site: Site, period: Period) -> dict[str, Any]:
    """Say where the place stood with each stage, from the cards that it released as it went.

    The stages' names and numbers are kept, so that the section reads alike when the method's words change.
    Why a stage came early is somebody's words, so the card that holds them is named instead.
    """
    cards = list(
        PlaceCard.objects.at(site.programme)
        .filter(site=site, released_at__date__lte=period.last)
        .order_by("released_at", "id")
    )
    return {"kind": "journey", "stages": [_path_of(stage, cards) for stage in the_method()]}


def _path_of(stage: Stage, cards: list[PlaceCard]) -> dict[str, Any]:
    own = [card for card in cards if card.stage == stage.slug]
    return {
        "stage": stage.slug,
        "number": stage.number,
        "name": stage.name,
        "state": own[-1].state if own else State.NOT_BEGUN.value,
        "early_card": next((str(card.pk) for card in reversed(own) if card.why_early), ""),
        "changes": [{"on": _day_of(card), "state": card.state} for card in own],
    }


def _day_of(card: PlaceCard) -> str:
    return timezone.localtime(card.released_at).date().isoformat()


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
    if value.get("kind") in ABOUT_PEOPLE:
        return NOT_SHOWN.to_json()
    return {name: _without_people(item) for name, item in value.items()}
