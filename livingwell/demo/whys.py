"""The vision and values of the demo's places: written, adopted at a recorded gathering, and written anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collaboratives.models import Gathering
from kit import scope as scopes
from livingwell.demo.places import DemoValue
from vision import actions
from vision.models import Vision

if TYPE_CHECKING:
    from livingwell.demo.filling import FilledPlace, Filling

SAID_BY = ("Somebody who lives here", "A carer", "A member", "Somebody who works here")


def write(filling: Filling, place: FilledPlace) -> None:
    """Write the place's why as far as it has come: voices, an earlier vision, today's, and a draft."""
    held = _held(place)
    _voices(filling, place, held)
    if place.demo.earlier_vision and len(held) > 5:
        _adopt(filling, place, held[3], place.demo.earlier_vision, "", place.demo.values[:3])
    if place.demo.vision and held:
        _adopt(filling, place, held[-3], place.demo.vision, place.demo.plain, place.demo.values)
    if place.demo.draft:
        by = filling.by(place.facilitator, filling.months_ago(9 if place.demo.paused_because else 1))
        draft = actions.start_draft(
            at=place.site, by=by, why_changed="To say that it is for people of any age."
        )
        actions.write_draft(at=place.site, by=by, vision=draft, statement=place.demo.draft)


def _held(place: FilledPlace) -> list[Gathering]:
    with scopes.opened(place.site):
        return list(Gathering.objects.within(place.collaborative).held().order_by("starts_at"))


def _voices(filling: Filling, place: FilledPlace, held: list[Gathering]) -> None:
    for number, text in enumerate(place.demo.voices):
        gathering = held[min(2, len(held) - 1)] if held else None
        actions.add_voice(
            at=place.site,
            by=filling.by(place.facilitator, gathering.ends_at if gathering else filling.now),
            text=text,
            said_by=SAID_BY[number % len(SAID_BY)],
            lives_here=number % len(SAID_BY) != len(SAID_BY) - 1,
            gathering=gathering,
        )


def _adopt(
    filling: Filling,
    place: FilledPlace,
    gathering: Gathering,
    statement: str,
    plain: str,
    values: tuple[DemoValue, ...],
) -> Vision:
    by = filling.by(place.facilitator, gathering.starts_at - timedelta(days=9))
    draft = actions.start_draft(at=place.site, by=by, why_changed="")
    draft = actions.write_draft(at=place.site, by=by, vision=draft, statement=statement, plain=plain)
    _values(filling, place, draft, values)
    with scopes.opened(place.site):
        gathering = Gathering.objects.within(place.collaborative).get(pk=gathering.pk)
        draft = Vision.objects.at(place.site).get(pk=draft.pk)
    return actions.adopt(
        at=place.site,
        by=filling.by(place.facilitator, gathering.ends_at + timedelta(hours=5)),
        vision=draft,
        gathering=gathering,
        how_agreed="Read aloud, then round the room. Two people had worries; they stand with the gathering.",
    )


def _values(filling: Filling, place: FilledPlace, draft: Vision, values: tuple[DemoValue, ...]) -> None:
    by = filling.by(place.facilitator, filling.now)
    with scopes.opened(place.site):
        known = set(draft.values.values_list("name", flat=True))
    for value in values:
        if value.name not in known:
            actions.add_value(
                at=place.site,
                by=by,
                vision=draft,
                name=value.name,
                meaning=value.means,
                we_would_see="\n".join(value.see),
                we_would_not_see="\n".join(value.not_see),
            )
