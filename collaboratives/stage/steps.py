"""What somebody could do next in the Collaborative: come, read, answer, record, plan (ux.md 1.4)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Q, Subquery, Window
from django.urls import reverse
from django.utils import timezone

from collaboratives.actions import answered_worry_of
from collaboratives.models import Ask, AskQuerySet, Dissent, Gathering
from collaboratives.stage.records import collaborative_of, planned_at
from programmes.access import Permission, Standing
from programmes.models import Group, Site
from programmes.stages import NextStep

RANK_OF_A_WORRY = 20
RANK_OF_AN_ANSWER = 25
RANK_OF_A_RECORD = 30
RANK_OF_COMING_UP = 40
RANK_OF_AN_ASK = 45
RANK_OF_A_PLAN = 60

AN_ASK_MAY_TAKE = timedelta(days=28)
"""How long an ask without a day of its own waits before its answer is asked for."""

ONE_WORRY = "It stands there in a member’s own words, as it was said."
OLDEST_WORRY = "The oldest comes first, in a member’s own words."


def next_steps(site: Site, standing: Standing) -> Sequence[NextStep]:
    """Offer what is coming up, and to facilitators what waits to be answered, recorded or planned."""
    collaborative = collaborative_of(site) if standing.may(Permission.SEE_GATHERINGS) else None
    if collaborative is None:
        return ()
    planned = planned_at(site)
    run = _for_those_who_run_it(site, standing, collaborative, planned)
    told = () if standing.may(Permission.ANSWER_DISSENT) else _answers_to_read(site, standing, collaborative)
    return [*told, *_for_those_who_come(site, planned), *run]


def _answers_to_read(site: Site, standing: Standing, collaborative: Group) -> Iterator[NextStep]:
    """Tell a member that their worry has its answer; who answers worries finds them all beside each other."""
    may = standing.may(Permission.ADD_DISSENT)
    worry = answered_worry_of(standing.person, collaborative, timezone.now()) if may else None
    if worry is not None:
        url, words = _url(site, "gathering", worry.gathering), f"It stands with “{worry.gathering.title}”."
        yield NextStep(RANK_OF_AN_ANSWER, "Your worry has an answer", words, "Read the answer", url)


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
        yield from _asks_to_answer(site, collaborative)
        yield from _records_to_write(site, planned)
    if standing.may(Permission.PLAN_GATHERING) and not any(row.ends_at >= timezone.now() for row in planned):
        words, url = (
            "Nothing is planned yet. A day, a room, and a reason to come.",
            _url(site, "plan_gathering"),
        )
        yield NextStep(RANK_OF_A_PLAN, "Plan the next gathering", words, "Plan it", url)


def _worries_to_answer(site: Site, collaborative: Group) -> Iterator[NextStep]:
    worries = Dissent.objects.within(collaborative)
    newest = Subquery(worries.order_by("-raised_at").values("raised_at")[:1])  # answered or not
    first: Any = worries.unanswered().annotate(waiting=Window(Count("pk")), newest=newest).in_order().first()
    if first is not None:
        url = reverse("collaboratives:answer_worry", kwargs={"site": site.slug, "dissent": first.pk})
        words = OLDEST_WORRY if first.waiting > 1 else ONE_WORRY
        title = _waits(first.waiting, "A worry waits for an answer", "worries wait for an answer")
        yield NextStep(RANK_OF_A_WORRY, title, words, "Read and answer", url, first.newest)


def _asks_to_answer(site: Site, collaborative: Group) -> Iterator[NextStep]:
    due = Ask.objects.within(collaborative).due(timezone.now(), AN_ASK_MAY_TAKE)  # answered or not
    first: Any = due.unanswered().annotate(waiting=Window(Count("pk"))).in_order().first()
    if first is not None:
        url = reverse("collaboratives:answer_ask", kwargs={"site": site.slug, "ask": first.pk})
        words = f"{first.to_whom}: {first.text}"
        title = _waits(first.waiting, "An ask has no answer yet", "asks have no answer yet")
        yield NextStep(RANK_OF_AN_ASK, title, words, "Write down what came back", url, _newest(due))


def _newest(due: AskQuerySet) -> datetime:
    """Return when the newest of them fell due: on its day, or when it was kept, if that was later."""
    undated = Max("asked_at", filter=Q(by_when=None))
    newest: dict[str, Any] = due.aggregate(day=Max("by_when"), kept=Max("asked_at"), undated=undated)
    on_its_day = datetime.combine(newest["day"] or date.min, time.min, tzinfo=UTC)
    in_time = newest["undated"] + AN_ASK_MAY_TAKE if newest["undated"] else on_its_day
    moments: list[datetime] = [newest["kept"], on_its_day, in_time]
    return max(moments)


def _waits(how_many: int, one: str, many: str) -> str:
    return one if how_many == 1 else f"{how_many} {many}"


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
