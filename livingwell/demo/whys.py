"""The vision and values of the demo's places: written, adopted at a recorded gathering, and written anew."""

from datetime import timedelta

from collaboratives.models import Gathering
from kit import scope as scopes
from kit.actions import Actor
from livingwell.demo.places import DemoValue
from livingwell.demo.under_way import FilledPlace, Filling
from vision import actions
from vision.models import Vision

A_MEMBER = "A member"
SAID_BY = ("Somebody who lives here", "A carer", A_MEMBER, "Somebody who works here")

AGREED_AT, A_YEAR_LATER = "Agreeing our why", "A year on"


def write(filling: Filling, place: FilledPlace) -> None:
    """Write the place's why as far as it has come: voices, an earlier vision, today's, and a draft."""
    held, demo = _held(place), place.demo
    _voices(filling, place, held)
    if demo.earlier_vision:
        _adopt(filling, place, _called(AGREED_AT, held), demo.earlier_vision, "", demo.values[:3])
    if demo.vision:
        gathering = _called(A_YEAR_LATER if demo.earlier_vision else AGREED_AT, held)
        vision = _adopt(filling, place, gathering, demo.vision, demo.plain, demo.values)
        if demo.earlier_vision:
            _look_again(filling, place, vision, held[-1])
    if demo.draft:
        _begin_anew(filling, place)
    if demo.put_away:
        _put_away(filling, place)


def _put_away(filling: Filling, place: FilledPlace) -> None:
    """Begin a version that nobody went on with: people read the old words again, and they still held."""
    by = filling.by(place.facilitator, filling.months_ago(2))
    draft = actions.start_draft(
        at=place.site, by=by, why_changed="The villages asked whether they are meant."
    )
    words = {"statement": place.demo.put_away, "why_changed": draft.why_changed}
    draft = actions.write_draft(at=place.site, by=by, vision=draft, **words)
    by = filling.by(place.facilitator, filling.months_ago(1))
    actions.put_away(at=place.site, by=by, vision=draft)


def _held(place: FilledPlace) -> list[Gathering]:
    with scopes.opened(place.site):
        return list(Gathering.objects.within(place.collaborative).held().order_by("starts_at"))


def _called(title: str, held: list[Gathering]) -> Gathering:
    """Return the gathering with this title; the last one where people have not met so often."""
    return next((gathering for gathering in held if gathering.title == title), held[-1])


def _look_again(filling: Filling, place: FilledPlace, vision: Vision, gathering: Gathering) -> None:
    actions.look_again(
        at=place.site,
        by=filling.by(place.facilitator, gathering.ends_at + timedelta(hours=5)),
        vision=vision,
        gathering=gathering,
        what_we_found="It still feels like ours. “Belong” is the word that people pointed at.",
    )


def _begin_anew(filling: Filling, place: FilledPlace) -> None:
    by = filling.by(place.facilitator, filling.months_ago(9 if place.demo.paused_because else 1))
    why = "To say that it is for people of any age." if place.demo.vision else ""
    draft = actions.start_draft(at=place.site, by=by)
    words = {"statement": place.demo.draft, "why_changed": why}
    actions.write_draft(at=place.site, by=by, vision=draft, **words)


def _voices(filling: Filling, place: FilledPlace, held: list[Gathering]) -> None:
    for number, text in enumerate(place.demo.voices):
        gathering = held[min(2, len(held) - 1)] if held else None
        said_by = SAID_BY[number % len(SAID_BY)]
        adds = place.members[0] if said_by == A_MEMBER and place.members else place.facilitator
        actions.add_voice(
            at=place.site,
            by=filling.by(adds, gathering.ends_at if gathering else filling.now),
            text=text,
            said_by=said_by,
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
    is_the_first = place.demo.earlier_vision in ("", statement)
    why = "" if is_the_first else "It spoke of support, and not of the lives that people want."
    draft = actions.start_draft(at=place.site, by=by)
    words = {"statement": statement, "plain": plain, "why_changed": why}
    draft = actions.write_draft(at=place.site, by=by, vision=draft, **words)
    _values(place, by, draft, values)
    with scopes.opened(place.site):
        gathering = Gathering.objects.within(place.collaborative).get(pk=gathering.pk)
        draft = Vision.objects.at(place.site).get(pk=draft.pk)
    return actions.adopt(
        at=place.site,
        by=filling.by(place.facilitator, gathering.ends_at + timedelta(hours=5)),
        vision=draft,
        gathering=gathering,
        how_agreed="Read aloud, then round the room: everybody said where they stand.",
    )


def _values(place: FilledPlace, by: Actor, draft: Vision, values: tuple[DemoValue, ...]) -> None:
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
