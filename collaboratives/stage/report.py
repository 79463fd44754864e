"""What a report says around the table: figures made safe already, and no words that anybody typed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from collaboratives.models import Agreement, Ask, Dissent, Gathering
from collaboratives.stage.records import collaborative_of
from kit.small_numbers import people, things
from programmes.models import Group, Site
from programmes.stages import Period

QUARTERS_SHOWN = 4


def report_sections(site: Site, period: Period) -> Sequence[dict[str, Any]]:
    """Return the section "around the table", or nothing when the place has no Collaborative.

    Figures are made safe already (`Shown.to_json`); no words that anybody typed are in it. Worries count as
    people do: each is one person's, so an exact count would point at somebody (R9).

        {"kind": "around_the_table",
         "gatherings": {"kind": "exactly", "figure": 3},          # held in the period
         "each": [{"gathering": "<id>", "on": "2026-05-18",         # earliest first
                   "people": {…},
                   "perspectives": {"lived_experience": {…}, …}}],  # in the order of `Perspective`
         "quarters": [{"label": "Apr to Jun 2026", "first": "2026-04-01", "last": "2026-06-30",
                       "gatherings": 3}, …],             # four, the last holds the period's last day
         "agreements": {…},
         "worries": {"raised": {…}, "answered": {…}},
         "asks": {"made": {…}, "answered": {…}}}
    """
    collaborative = collaborative_of(site)
    return [] if collaborative is None else [_around_the_table(collaborative, period)]


def _around_the_table(collaborative: Group, period: Period) -> dict[str, Any]:
    days = (period.first, period.last)
    held = list(Gathering.objects.within(collaborative).held_between(*days).with_totals())
    worries = Dissent.objects.within(collaborative).raised_between(*days)
    asks = Ask.objects.within(collaborative).made_between(*days)
    asked = {"made": asks, "answered": asks.answered()}
    agreements = Agreement.objects.within(collaborative).standing().reached_between(*days)
    raised, unanswered = worries.count(), worries.unanswered().count()
    return {
        "kind": "around_the_table",
        "gatherings": things(len(held)).to_json(),
        "each": [_one(gathering) for gathering in held],
        "quarters": _quarters(collaborative, period.last),
        "agreements": things(agreements.count()).to_json(),
        "worries": {"raised": people(raised).to_json(), "answered": people(raised - unanswered).to_json()},
        "asks": {name: things(rows.count()).to_json() for name, rows in asked.items()},
    }


def _one(gathering: Gathering) -> dict[str, Any]:
    room = gathering.room
    on = timezone.localtime(gathering.starts_at).date()
    return {"gathering": str(gathering.pk), "on": on.isoformat(), **(room.to_json() if room else {})}


def _quarters(collaborative: Group, last: date) -> list[dict[str, Any]]:
    quarters = quarters_until(last)
    held = Gathering.objects.within(collaborative).held_between(quarters[0].first, last)
    days = [timezone.localtime(start).date() for start in held.values_list("starts_at", flat=True)]
    return [
        {
            "label": f"{quarter.first:%b} to {quarter.last:%b %Y}",
            "first": quarter.first.isoformat(),
            "last": quarter.last.isoformat(),
            "gatherings": sum(quarter.first <= day <= quarter.last for day in days),
        }
        for quarter in quarters
    ]


def quarters_until(last: date, how_many: int = QUARTERS_SHOWN) -> list[Period]:
    """Return calendar quarters, earliest first; the last one holds the day `last`."""
    quarters: list[Period] = []
    day = last
    for _ in range(how_many):
        first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        beyond = (first + timedelta(days=95)).replace(day=1)
        quarters.insert(0, Period(first, beyond - timedelta(days=1)))
        day = first - timedelta(days=1)
    return quarters
