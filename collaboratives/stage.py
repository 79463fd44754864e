"""Says where this app stands in the method and answers for it. Source: domain.md 2.5 and ux.md 1.4."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from collaboratives.models import Agreement, Ask, Dissent, Gathering, Room
from kit.small_numbers import Kind, people, things
from programmes.access import Permission, Standing
from programmes.models import Group, Site, StageState
from programmes.roles import Perspective, SpaceKind
from programmes.stages import NextStep, Period, Progress, Stage, once

State = StageState.State

MET_OFTEN_ENOUGH = 3  # ux 1.4
QUARTERS_SHOWN = 4
RANK_OF_A_WORRY = 20
RANK_OF_A_RECORD = 30
RANK_OF_COMING_UP = 40
RANK_OF_A_PLAN = 60


def collaborative_of(site: Site) -> Group | None:
    """Return the site's Collaborative; None before it has one. One query."""
    return once(_collaborative_of, site)


def _collaborative_of(site: Site) -> Group | None:
    return Group.objects.of(site).filter(kind=SpaceKind.COLLABORATIVE).first()


def progress(site: Site) -> Progress:
    """Say how often people met, and suggest a state from figures that everybody may see."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return Progress(words="")
    held = once(_held, site)
    if not held:
        ahead = Gathering.objects.within(collaborative).ahead(timezone.now())
        return _before_the_first(is_planned=ahead.exists())
    return _after_the_first(held)


def _held(site: Site) -> Sequence[Any]:
    collaborative = collaborative_of(site)
    if collaborative is None:
        return ()
    agreed = Agreement.objects.within(collaborative).of_ways_of_working().standing()
    rows = Gathering.objects.within(collaborative).held()
    return list(rows.annotate(agreed=Exists(agreed)).with_totals())


def _before_the_first(*, is_planned: bool) -> Progress:
    if is_planned:
        return Progress("The first gathering is planned", State.GROWING, "the first gathering is planned")
    return Progress(words="")


def _after_the_first(held: Sequence[Any]) -> Progress:
    words = f"Met {_times(len(held))}"
    room = held[0].room
    if len(held) < MET_OFTEN_ENOUGH:
        return Progress(words, State.GROWING, f"the Collaborative has met {_times(len(held))}")
    if not room.a_third_brings_lived_experience:
        return Progress(words, State.GROWING, "more people with lived experience are needed in the room")
    if not held[0].agreed:
        return Progress(words, State.GROWING, "no ways of working are agreed yet")
    lived = "at least a third of the room brought" if room.is_counted else "the room had people with"
    because = f"people met {_times(len(held))}, {lived} lived experience, and ways of working are agreed"
    return Progress(words, State.ROOTED, because)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def begun_on(site: Site) -> date | None:
    """Return the day of the first recorded gathering; today while the first is only planned."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return None
    gatherings = Gathering.objects.within(collaborative)
    first = gatherings.held().aggregate(first=Min("starts_at"))["first"]
    if first is not None:
        return timezone.localtime(first).date()
    return timezone.localdate() if gatherings.ahead(timezone.now()).exists() else None


def next_steps(site: Site, standing: Standing) -> Sequence[NextStep]:
    """Offer what is coming up, and to facilitators what waits to be answered, recorded or planned."""
    collaborative = collaborative_of(site) if standing.may(Permission.SEE_GATHERINGS) else None
    if collaborative is None:
        return ()
    planned = list(Gathering.objects.within(collaborative).filter(state=Gathering.State.PLANNED))
    run = _for_those_who_run_it(site, standing, collaborative, planned)
    return [*_for_those_who_come(site, planned), *run]


def _for_those_who_come(site: Site, planned: Sequence[Gathering]) -> Iterator[NextStep]:
    soonest = min((row for row in planned if row.ends_at >= timezone.now()), key=_start, default=None)
    if soonest is not None:
        day = f"{timezone.localtime(soonest.starts_at):%A %-d %B}"
        words, url = f"{soonest.title}, {day}, {soonest.place}.", _url(site, "gathering", soonest)
        yield NextStep(RANK_OF_COMING_UP, f"We meet on {day}", words, "See what to expect", url)


def _for_those_who_run_it(
    site: Site, standing: Standing, collaborative: Group, planned: Sequence[Gathering]
) -> Iterator[NextStep]:
    if standing.may(Permission.ANSWER_DISSENT):
        yield from _worries_to_answer(site, collaborative)
    if standing.may(Permission.RECORD_GATHERING):
        yield from _records_to_write(site, planned)
    if standing.may(Permission.PLAN_GATHERING) and not any(row.ends_at >= timezone.now() for row in planned):
        words, url = (
            "Nothing is planned yet. A day, a room, and a reason to come.",
            _url(site, "plan_gathering"),
        )
        yield NextStep(RANK_OF_A_PLAN, "Plan the next gathering", words, "Plan it", url)


def _worries_to_answer(site: Site, collaborative: Group) -> Iterator[NextStep]:
    worries = Dissent.objects.within(collaborative).unanswered().in_order()
    first = worries.first()
    if first is not None:
        url = reverse("collaboratives:answer_worry", kwargs={"site": site.slug, "dissent": first.pk})
        words = "A member put it in their own words. It waits for an answer."
        yield NextStep(RANK_OF_A_WORRY, "A worry waits for an answer", words, "Read it and answer", url)


def _records_to_write(site: Site, planned: Sequence[Gathering]) -> Iterator[NextStep]:
    past = min((row for row in planned if row.ends_at < timezone.now()), key=_start, default=None)
    if past is not None:
        words, url = f"{past.title} is over. It is not recorded yet.", _url(site, "record_gathering", past)
        yield NextStep(RANK_OF_A_RECORD, f"Record “{past.title}”", words, "Record it", url)


def _start(gathering: Gathering) -> Any:
    return gathering.starts_at


def _url(site: Site, page: str, gathering: Gathering | None = None) -> str:
    row = {} if gathering is None else {"gathering": gathering.pk}
    return reverse(f"collaboratives:{page}", kwargs={"site": site.slug, **row})


def patterns(site: Site) -> Sequence[str]:
    """Say, from the balcony, how long ago people met, who was there and who was not, and what waits."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return ()
    latest = once(_held, site)[:1]
    return [*(words for gathering in latest for words in _seen_in(gathering)), *_waiting(collaborative)]


def _seen_in(latest: Gathering) -> Iterator[str]:
    weeks = (timezone.now() - latest.ends_at).days // 7
    ago = {0: "less than a week", 1: "a week"}.get(weeks, f"{weeks} weeks")
    yield f"The Collaborative last met {ago} ago."
    if latest.room and (there := [kind.label for kind in Perspective if _was_there(latest.room, kind)]):
        unsaid = latest.room.is_counted and len(there) < len(Perspective)
        others = " The others were too few to say, or not there." if unsaid else ""
        yield f"In the room when people last met: {'; '.join(map(str, there)).lower()}.{others}"
    if latest.room and latest.room.not_yet:
        yield f"Not yet in the room when people last met: {'; '.join(latest.room.not_yet).lower()}."


def _was_there(room: Room, kind: Perspective) -> bool:
    return room.perspectives[kind].kind in (Kind.REPRESENTED, Kind.ABOUT)


def _waiting(collaborative: Group) -> Iterator[str]:
    planned = Gathering.objects.within(collaborative).filter(state=Gathering.State.PLANNED)
    over = planned.filter(ends_at__lt=timezone.now())
    worries = Dissent.objects.within(collaborative).unanswered()
    asks = Ask.objects.within(collaborative).filter(answered_at__isnull=True)
    yield from _since(over, "ends_at", "A gathering has waited", "gatherings wait", "to be recorded")
    yield from _since(worries, "raised_at", "A worry has waited", "worries wait", "for an answer")
    yield from _since(asks, "asked_at", "An ask has waited", "asks wait", "for an answer")


def _since(rows: QuerySet[Any], moment: str, one: str, many: str, for_what: str) -> Iterator[str]:
    found = rows.aggregate(how_many=Count("pk"), first=Min(moment))
    day = f"{timezone.localtime(found['first']):%-d %B %Y}" if found["how_many"] else ""
    if found["how_many"] == 1:
        yield f"{one} {for_what} since {day}."
    elif found["how_many"]:
        yield f"{found['how_many']} {many} {for_what}, the first since {day}."


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


COME_TOGETHER = Stage(
    number=1,
    slug="together",
    name="Come together",
    purpose="People who live and work here meet as equals: the Collaborative.",
    rooted_when=(
        "The Collaborative has met three times",
        "At least a third of those in the room bring lived experience",
        "Ways of working are agreed",
    ),
    grows_from="This is where the path begins: invite people, and meet.",
    page="collaboratives:gatherings",
    opens_with=Permission.SEE_GATHERINGS,
    progress=progress,
    next_steps=next_steps,
    report_sections=report_sections,
    patterns=patterns,
    begun_on=begun_on,
)
