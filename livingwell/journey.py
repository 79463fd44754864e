"""The living journey of a place: eight stages with their states, what goes on in each, and one next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

from programmes.access import Standing
from programmes.models import Site, StageState
from programmes.stages import NextStep, Progress, Stage, the_method

State = StageState.State
REST = timedelta(days=7)
"""How long "Not now" hides a step (ux 1.4): no nagging."""


PICTURES = {
    State.NOT_BEGUN: "seed",
    State.GROWING: "shoot",
    State.ROOTED: "tree",
    State.COMING_BACK: "loop",
}


@dataclass(frozen=True)
class Place:
    """One of the eight places on the path, as the journey component shows it."""

    stage: Stage
    set_to: StageState.State
    progress: Progress
    note: str
    why_early: str
    url: str

    @property
    def number(self) -> int:
        """Where in the method's order it stands."""
        return self.stage.number

    @property
    def name(self) -> str:
        """The stage's name."""
        return self.stage.name

    @property
    def state(self) -> str:
        """The picture of the state: seed, shoot, tree or loop."""
        return PICTURES[self.set_to]

    @property
    def words(self) -> str:
        """The state in words; governance that has not begun comes last, on purpose."""
        last = self.stage.slug == "governance" and self.set_to is State.NOT_BEGUN
        return "Comes last, on purpose" if last else str(self.set_to.label)

    @property
    def about(self) -> str:
        """What goes on there: from the records, else the facilitator's own note."""
        return self.progress.words or self.note

    @property
    def suggestion(self) -> str:
        """The state that the records suggest and why, when it is another than the one that was set."""
        suggested = State(self.progress.suggests)
        if suggested is self.set_to or not self.progress.because:
            return ""
        return f"{self.name}: the records suggest “{suggested.label}”, because {self.progress.because}."


def path_of(site: Site, standing: Standing) -> list[Place]:
    """Return the eight places with the states that the facilitator set; one query, and each stage's own."""
    rows = {row.stage: row for row in StageState.objects.at(site)}
    return [_place(stage, rows.get(stage.slug), site, standing) for stage in the_method()]


def _place(stage: Stage, row: StageState | None, site: Site, standing: Standing) -> Place:
    return Place(
        stage=stage,
        set_to=State(row.state) if row else State.NOT_BEGUN,
        progress=stage.progress(site),
        note=row.note if row else "",
        why_early=row.why_early if row else "",
        url=stage.url(site) if standing.may(stage.opens_with) else "",
    )


def steps_for(site: Site, standing: Standing, session: SessionBase, now: datetime) -> list[NextStep]:
    """Return what this person could do next, the first one first; what they put off stays away (ux 1.4)."""
    resting = session.get("not_now", {})
    steps = [step for stage in the_method() for step in stage.next_steps(site, standing)]
    awake = [step for step in steps if resting.get(f"{site.slug} {step.title}", "") <= now.isoformat()]
    return sorted(awake, key=lambda step: step.rank)


def put_off_first(site: Site, standing: Standing, session: SessionBase, now: datetime) -> None:
    """Hide the step that is shown first for a week, in this person's session alone."""
    steps = steps_for(site, standing, session, now)
    if steps:
        kept = {step: until for step, until in session.get("not_now", {}).items() if until > now.isoformat()}
        session["not_now"] = {**kept, f"{site.slug} {steps[0].title}": (now + REST).isoformat()}


def views_of(path: str, *, from_balcony: bool) -> list[dict[str, object]]:
    """Return the two views of the same page as links: what goes on, and the patterns in it (ux 1.4)."""
    return [
        {"label": "Dance floor", "url": path, "is_current": not from_balcony},
        {"label": "Balcony", "url": f"{path}?view=balcony", "is_current": from_balcony},
    ]


def seen_from_the_balcony(site: Site, places: Sequence[Place]) -> list[str]:
    """Return patterns in words: stages begun early and why, and what each stage notices about itself."""
    early = [f"{place.name} began early: {place.why_early}" for place in places if place.why_early]
    noticed = [words for place in places for words in place.stage.patterns(site)]
    return early + noticed
