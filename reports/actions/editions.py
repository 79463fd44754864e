"""What an edition shows: the snapshot's sections, their texts looked up at this moment, and its charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.utils.dateparse import parse_date, parse_datetime

from kit.charts import Chart
from kit.small_numbers import Kind, Shown, people
from programmes.models import PlaceCard, Site
from programmes.roles import Perspective
from programmes.stages import Period, Word
from reports.actions.drawing import charts_of, finding_of, since_of
from reports.models import Report, Snapshot
from vision.stage import resolve

SHOWN_KINDS = {kind.value for kind in Kind}


@dataclass(frozen=True)
class Figure:
    """One figure at a glance: what may be printed, and what it counts."""

    shown: str
    label: str


@dataclass(frozen=True)
class Edition:
    """One report, ready for a page or for paper; both are made from this.

    `why` is empty when the place had no vision then, or when its text is not to be read any more. `table` is
    empty while the place has no Collaborative; it has a row for each gathering, which fits paper however many
    there are, and `turned` a column for each, which fits a phone while they are few. `begins_on` is the day
    on which the place began, when that lies within the period.
    """

    title: str
    place: str
    programme: str
    period: Period
    number: int
    made_at: datetime
    still_runs: bool
    threshold: int
    glance: list[Figure]
    why: Mapping[str, Any]
    journey: list[dict[str, Any]]
    finding: str
    table: Mapping[str, Any]
    charts: Mapping[str, Chart]
    begins_on: date | None = None

    @property
    def months(self) -> str:
        """The period in words, as it was told of when this was made."""
        return self.period.in_words(so_far=self.still_runs)


def edition_of(site: Site, report: Report) -> Edition:
    """Return the edition of a `report` that has its snapshot; call it inside the site's scope."""
    return edition_from(site, report, cast(Snapshot, report.snapshot).sections)


def edition_from(site: Site, report: Report, sections: list[dict[str, Any]]) -> Edition:
    """Return the edition that `sections` make; texts are looked up now, by reference and version."""
    by_kind = {section["kind"]: section for section in sections}
    about = by_kind["about"]
    place = about.get("place", site.name)
    counted = by_kind.get("around_the_table", {})
    table = _readable(counted)
    return Edition(
        title=f"{place}: progress report",
        place=place,
        programme=about.get("programme", site.programme.name),
        period=report.period,
        number=report.edition,
        made_at=cast(datetime, parse_datetime(about["made_at"])),
        still_runs=about["still_runs"],
        threshold=about["threshold"],
        glance=_glance(table, _worries(counted, about)),
        why=_why(site, by_kind.get("vision")),
        journey=_path(site, by_kind["journey"]["stages"]),
        finding=finding_of(by_kind["journey"]),
        table=_with_people(table),
        charts=charts_of(by_kind, report.period),
        begins_on=_begins_on(about.get("place_since", ""), report.period),
    )


def _begins_on(since: str, period: Period) -> date | None:
    day = parse_date(since)
    return day if day is not None and day > period.first else None


def file_name(site: Site, report: Report) -> str:
    """Return the name under which the PDF is saved: place, period and edition."""
    return f"{site.slug}-{report.first_day:%Y-%m}-edition-{report.edition}.pdf"


def _why(site: Site, section: dict[str, Any] | None) -> Mapping[str, Any]:
    words = resolve(site, section) if section else {}
    return {**words, "adopted_on": parse_date(section["adopted_on"])} if section and words else {}


def _path(site: Site, stages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    named = [told["early_card"] for told in stages if told["early_card"]]
    cards = {
        str(card.pk): card.why_early for card in PlaceCard.objects.at(site.programme).filter(pk__in=named)
    }
    return [_stood(told, cards.get(told["early_card"], "")) for told in stages]


def _stood(told: Mapping[str, Any], why_early: str) -> dict[str, Any]:
    return {
        "number": told["number"],
        "name": told["name"],
        "state": told["state"],
        "words": str(Word(told["state"]).label),
        "since": since_of(told),
        "why_early": why_early,
    }


def _readable(value: Any) -> Any:
    """Turn every figure that was made safe into its words, wherever it stands in a section."""
    if isinstance(value, list):
        return [_readable(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("kind") in SHOWN_KINDS:
        return Shown.from_json(value).words
    return {name: _readable(item) for name, item in value.items()}


def _glance(table: Mapping[str, Any], worries: list[Figure]) -> list[Figure]:
    if not table:
        return []
    asks = table["asks"]
    return [
        Figure(held := table["gatherings"], f"{_one_or_more(held, 'gathering')} of the Collaborative"),
        Figure(reached := table["agreements"], f"{_one_or_more(reached, 'agreement')} reached"),
        *worries,
        Figure(asks["made"], f"{_one_or_more(asks['made'], 'ask')} made, {asks['answered']} answered"),
    ]


def _worries(table: Mapping[str, Any], about: Mapping[str, Any]) -> list[Figure]:
    """Count worries as people are counted (R9); while the period runs they are left out as those are."""
    if not table or about["still_runs"]:
        return []
    raised, answered = (_as_people(table["worries"][name]).words for name in ("raised", "answered"))
    return [Figure(raised, f"worries raised, {answered} answered")]


def _as_people(figure: dict[str, Any]) -> Shown:
    """Read a figure about people: early snapshots hold it as exact as one about things."""
    shown = Shown.from_json(figure)
    return people(cast(int, shown.figure)) if shown.kind is Kind.EXACTLY else shown


def _one_or_more(figure: str, thing: str) -> str:
    return thing if figure == "1" else f"{thing}s"


def _with_people(table: Mapping[str, Any]) -> Mapping[str, Any]:
    if not table:
        return {}
    names = [perspective.label for perspective in Perspective]
    rows = [
        [parse_date(each["on"]), each.get("people", "not shown"), *each.get("perspectives", {}).values()]
        for each in table["each"]
    ]
    heads = ["Gathering", "People who came", *names]
    return {**table, "heads": heads, "rows": rows, "turned": list(zip(heads, *rows, strict=True))}
