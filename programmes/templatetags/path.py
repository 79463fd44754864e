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
    """Find where `site` stands with `stage`; one query, and the stage's own while nobody has said it."""
    row = StageState.objects.at(site).of_stage(stage.slug).first()
    if row is None:
        word = stage.word(None, has_records=stage.progress(site).suggests != State.NOT_BEGUN)
        return Standing(PICTURES[word], word.label)
    word = stage.word(row.state, has_records=True)
    return Standing(PICTURES[word], word.label, row.note, row.why_early, row.set_at)
