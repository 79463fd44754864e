"""Freezes what a place's records say: every stage is asked, in the order of the method.

What comes back is plain data: figures that the small-numbers module has made safe, and texts by reference and
version, so that a text taken back later is not kept here (README 2.11, 2.17).
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kit.small_numbers import NOT_SHOWN, Kind, threshold
from programmes.models import PlaceCard, Site
from programmes.stages import Period, Stage, the_method
from reports.actions.days import first_day_of

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
    made = about(site, period, edition=edition, now=now, still_runs=still_runs)
    return [*sections, journey(site, period), made]


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
    stages = [_path_of(stage, cards, _records_since(stage, site, period)) for stage in the_method()]
    return {"kind": "journey", "stages": stages}


def _records_since(stage: Stage, site: Site, period: Period) -> date | None:
    since = stage.begun_on(site)
    return since if since is not None and since <= period.last else None


def _path_of(stage: Stage, cards: list[PlaceCard], since: date | None) -> dict[str, Any]:
    """Say how one stage stood: at the end, at first, since when its records tell of it, and each change."""
    own = [card for card in cards if card.stage == stage.slug]
    said = own[-1].state if own else None
    return {
        "stage": stage.slug,
        "number": stage.number,
        "name": stage.name,
        "state": stage.word(said, has_records=since is not None).value,
        "at_first": stage.word(None, has_records=False).value,
        "records_since": since.isoformat() if since else "",
        "early_card": next((str(card.pk) for card in reversed(own) if card.why_early), ""),
        "changes": [
            {"on": _day_of(card), "state": stage.word(card.state, has_records=True).value} for card in own
        ],
    }


def _day_of(card: PlaceCard) -> str:
    return timezone.localtime(card.released_at).date().isoformat()


def about(site: Site, period: Period, *, edition: int, now: datetime, still_runs: bool) -> dict[str, Any]:
    """Say how the figures were made, what the place is called now, and since when it is here."""
    since = first_day_of(site)
    return {
        "kind": "about",
        "place": site.name,
        "programme": site.programme.name,
        "first_day": period.first.isoformat(),
        "last_day": period.last.isoformat(),
        "edition": edition,
        "made_at": now.isoformat(),
        "threshold": threshold(),
        "still_runs": still_runs,
        "place_since": since.isoformat() if since else "",
    }


def _without_people(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_people(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") in ABOUT_PEOPLE:
        return NOT_SHOWN.to_json()
    return {name: _without_people(item) for name, item in value.items()}
