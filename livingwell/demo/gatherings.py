"""Two years of gatherings: planned, held, recorded; who came, what was agreed and what worried people."""

from datetime import datetime, timedelta

from django.utils import timezone

from collaboratives import actions
from collaboratives.models import Agreement, Gathering
from livingwell.demo.under_way import FilledPlace, Filling
from livingwell.demo.words import AGREEMENTS, ANSWERS, ASKS, GATHERINGS, HAPPENED, ROOMS, WORRIES
from programmes.roles import Perspective

EVERY = timedelta(days=38)
FRIDAY = 4
SHARES = {
    Perspective.LIVED_EXPERIENCE: 0.38,
    Perspective.CARER: 0.14,
    Perspective.STATUTORY: 0.2,
    Perspective.VOLUNTARY: 0.2,
    Perspective.MANAGER: 0.1,
    Perspective.COMMISSIONER: 0.05,
    Perspective.COMMUNITY: 0.12,
}


def hold(filling: Filling, place: FilledPlace) -> None:
    """Hold the place's gatherings, the last one some days ago, and plan what comes next."""
    count = place.demo.gatherings
    resting = timedelta(days=240 if place.demo.paused_because else 9)
    for index in range(count):
        gathering = _plan(filling, place, index, filling.now - resting - EVERY * (count - 1 - index))
        if index == place.demo.cancelled:
            _cancel(filling, place, gathering)
        elif index < count - 1 or not place.demo.waits_for_its_record:
            _record(filling, place, gathering, index)
    if not place.demo.paused_because and count:
        _plan(filling, place, count, filling.now + timedelta(days=12))


def _on_a_working_day(moment: datetime, hour: int) -> datetime:
    local = timezone.localtime(moment).replace(hour=hour, minute=0, second=0, microsecond=0)
    return local - timedelta(days=max(0, local.weekday() - FRIDAY))


def _plan(filling: Filling, place: FilledPlace, index: int, around: datetime) -> Gathering:
    title, purpose, hour = GATHERINGS[index % len(GATHERINGS)]
    starts_at = _on_a_working_day(around, hour)
    room, access = filling.random.choice(ROOMS)
    return actions.plan_gathering(
        within=place.collaborative,
        by=filling.by(place.facilitator, starts_at - timedelta(days=20)),
        title=title,
        purpose=purpose,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place=room,
        access=access,
    )


def _cancel(filling: Filling, place: FilledPlace, gathering: Gathering) -> None:
    actions.cancel_gathering(
        within=place.collaborative,
        by=filling.by(place.facilitator, gathering.starts_at - timedelta(days=1)),
        gathering=gathering,
        reason="A pipe burst in the hall. We take it up when we next meet.",
    )


def _record(filling: Filling, place: FilledPlace, gathering: Gathering, index: int) -> None:
    by = filling.by(place.facilitator, gathering.ends_at + timedelta(hours=3))
    came = max(5, round(place.demo.members * filling.random.uniform(0.4, 0.75)))
    totals = {kind: round(came * share * filling.random.uniform(0.7, 1.2)) for kind, share in SHARES.items()}
    totals[Perspective.LIVED_EXPERIENCE] = max(2, totals[Perspective.LIVED_EXPERIENCE])
    held = actions.record_gathering(
        within=place.collaborative,
        by=by,
        gathering=gathering,
        people_came=came,
        totals={str(kind): min(count, came) for kind, count in totals.items()},
        notes=f"{gathering.purpose} {HAPPENED[index % len(HAPPENED)]}",
    )
    _said(filling, place, held, index)


def _said(filling: Filling, place: FilledPlace, gathering: Gathering, index: int) -> None:
    within, by = place.collaborative, filling.by(place.facilitator, gathering.ends_at + timedelta(hours=4))
    agreement = None
    if index % 2 == 1:
        text = AGREEMENTS[(index // 2) % len(AGREEMENTS)]
        agreement = actions.add_agreement(
            within=within, by=by, gathering=gathering, text=text,
            how_reached="We went round the room: everybody can live with it.", is_way_of_working=index < 4,
        )  # fmt: skip
    if index % 4 == 3:
        _worry(filling, place, gathering, index, agreement)
    if index % 5 == 4:
        text, whom = ASKS[(index // 5) % len(ASKS)]
        ask = actions.add_ask(within=within, by=by, gathering=gathering, text=text, to_whom=whom)
        if index < 12:
            later = filling.by(place.facilitator, gathering.ends_at + timedelta(days=21))
            actions.answer_ask(
                within=within, by=later, ask=ask, answer="Yes, from next month. Thank you for asking."
            )


def _worry(
    filling: Filling, place: FilledPlace, gathering: Gathering, index: int, agreement: Agreement | None
) -> None:
    number = index // 4
    member = filling.random.choice(place.members)
    worry = actions.add_worry(
        within=place.collaborative,
        by=filling.by(member, gathering.ends_at + timedelta(hours=6)),
        gathering=gathering,
        words=WORRIES[number % len(WORRIES)],
        agreement=agreement,
    )
    if number < place.demo.answered:
        later = filling.by(place.facilitator, gathering.ends_at + timedelta(days=9))
        actions.answer_worry(within=place.collaborative, by=later, dissent=worry, words=ANSWERS[number])
