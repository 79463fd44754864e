"""One tag: where a place stands with a stage, for pages that stand in for a stage's own."""

from dataclasses import dataclass
from datetime import datetime

from django import template

from programmes.models import Site, StageState
from programmes.stages import PICTURES, Stage

register = template.Library()

State = StageState.State


@dataclass(frozen=True)
class Standing:
    """What the facilitator said about a stage, as a template shows it."""

    picture: str
    words: str
    note: str = ""
    why_early: str = ""
    since: datetime | None = None


@register.simple_tag
def state_of(stage: Stage, site: Site) -> Standing:
    """Find where `site` stands with `stage`; one query."""
    row = StageState.objects.at(site).of_stage(stage.slug).first()
    if row is None:
        return Standing(PICTURES[State.NOT_BEGUN], State.NOT_BEGUN.label)
    state = State(row.state)
    return Standing(PICTURES[state], state.label, row.note, row.why_early, row.set_at)
