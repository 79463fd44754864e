"""What the Collaborative sees from the balcony: when it met, who was there, what waits (ux.md 1.4)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils import timezone

from collaboratives.models import Ask, Dissent, Gathering, Room
from collaboratives.stage.records import collaborative_of, held_at
from kit.small_numbers import Kind
from programmes.models import Group, Site
from programmes.roles import Perspective


def patterns(site: Site) -> Sequence[str]:
    """Say, from the balcony, how long ago people met, who was there and who was not, and what waits."""
    collaborative = collaborative_of(site)
    if collaborative is None:
        return ()
    latest = held_at(site)[:1]
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
