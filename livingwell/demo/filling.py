"""Fills the two invented programmes through the same actions that people use, with moments in the past."""

from dataclasses import asdict
from datetime import datetime
from random import Random
from typing import cast

from collaboratives.stage.records import collaborative_of
from livingwell.demo import gatherings, people, whys
from livingwell.demo.places import ELSEWHERE, PLACES, DemoPlace
from livingwell.demo.under_way import FilledPlace, Filling
from people.models import Person
from programmes import actions
from programmes.models import Group, Invitation, Programme, Site
from programmes.support import ENGLAND, SupportLine


def is_filled() -> bool:
    """Whether the demo is there already: it is made once."""
    return Programme.objects.filter(slug="north").exists()


def fill(*, seed: int, now: datetime) -> list[FilledPlace]:
    """Make both programmes; the same seed makes the same people and gatherings."""
    operator = Person.objects.add(name="Olive", email="olive@demo.example", is_staff=True)
    filling = Filling(Random(seed), now, operator)  # noqa: S311 - invented data, no secret
    names = people.names(filling.random)
    north = _programme(filling, "Living Well North", "north", "Four places that learn from one another.")
    marches = _programme(filling, "Living Well Marches", "marches", "Two small places, just beginning.")
    people.lead(filling, north, "Priya", "priya", coaches=(("Kit", "kit"), ("Rosalind", "rosalind")))
    people.lead(filling, marches, "Dilys", "dilys", coaches=())
    filled = [_place(filling, north, demo, names) for demo in PLACES]
    return filled + [_place(filling, marches, demo, names) for demo in ELSEWHERE]


def _programme(filling: Filling, name: str, slug: str, purpose: str) -> Programme:
    programme = Programme(name=name, slug=slug, purpose=purpose)
    return actions.add_programme(at=programme, by=filling.by(filling.operator, filling.months_ago(26)))


def _place(filling: Filling, programme: Programme, demo: DemoPlace, names: list[str]) -> FilledPlace:
    began = filling.months_ago(25)
    site = actions.add_site(
        at=Site(within=programme, name=demo.name, slug=demo.slug),
        by=filling.by(filling.operator, began),
        facilitator_name=people.FACILITATORS[demo.slug],
        facilitator_email=f"{people.FACILITATORS[demo.slug].lower()}@demo.example",
    )
    invitation = Invitation.objects.not_in_yet(site).get()
    facilitator = people.say_yes(site, filling.by(filling.operator, began), invitation)
    collaborative = cast(Group, collaborative_of(site))
    collaborative.scope = site
    place = FilledPlace(demo, site, collaborative, facilitator, [])
    people.join(filling, place, names)
    people.invite(filling, place)
    _settings(filling, place)
    gatherings.hold(filling, place)
    whys.write(filling, place)
    _walk_the_path(filling, place)
    return place


def _settings(filling: Filling, place: FilledPlace) -> None:
    by = filling.by(place.facilitator, filling.months_ago(24))
    actions.change_settings(
        at=place.site,
        by=by,
        name=place.demo.name,
        contact_name=place.facilitator.name,
        contact_phone="01632 960 001",
    )
    what_for, number = place.demo.own_line
    if number:
        own = SupportLine(what_for, number, f"tel:{number.replace(' ', '')}")
        actions.change_support_lines(at=place.site, by=by, lines=[asdict(line) for line in (*ENGLAND, own)])
    for name in place.demo.localities:
        actions.add_locality(at=place.site, by=by, name=name)


def _walk_the_path(filling: Filling, place: FilledPlace) -> None:
    for stage, state, months, why_early in place.demo.stages:
        by = filling.by(place.facilitator, filling.months_ago(months))
        note = place.demo.notes.get(stage, "")
        actions.set_stage(at=place.site, by=by, stage=stage, state=state, note=note, why_early=why_early)
    if place.demo.paused_because:
        by = filling.by(place.facilitator, filling.months_ago(8))
        actions.rest_site(at=place.site, by=by, status="paused", status_reason=place.demo.paused_because)
