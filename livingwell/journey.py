"""The living journey of a place: eight stages with their states, what goes on in each, and one next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse

from programmes.access import Permission, Standing
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
    set_url: str
    is_here: bool

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
        return f"The records suggest “{suggested.label}”, because {self.progress.because}."


def path_of(site: Site, standing: Standing) -> list[Place]:
    """Return the eight places with the states that the facilitator set; one query, and each stage's own."""
    rows = {row.stage: row for row in StageState.objects.at(site)}
    growing = [row for row in rows.values() if row.state == State.GROWING]
    newest = max(growing, key=lambda row: row.set_at).stage if growing else ""
    return [_place(stage, rows.get(stage.slug), site, standing, newest) for stage in the_method()]


def _place(stage: Stage, row: StageState | None, site: Site, standing: Standing, newest: str) -> Place:
    where = {"site": site.slug, "stage": stage.slug}
    return Place(
        stage=stage,
        set_to=State(row.state) if row else State.NOT_BEGUN,
        progress=stage.progress(site),
        note=row.note if row else "",
        why_early=row.why_early if row else "",
        url=stage.url(site) if standing.may(stage.opens_with) else "",
        set_url=reverse("programmes:stage", kwargs=where) if standing.may(Permission.SET_STAGE) else "",
        is_here=stage.slug == newest,
    )


def all_steps(site: Site, standing: Standing) -> list[NextStep]:
    """Return what this person could do next, the first one first, and what comes up."""
    steps = [step for stage in the_method() for step in stage.next_steps(site, standing)]
    return sorted(steps, key=lambda step: step.rank)


def still_shown(steps: Sequence[NextStep], site: Site, session: SessionBase, now: datetime) -> list[NextStep]:
    """Leave out the steps that were put off less than a week ago (ux 1.4)."""
    resting = session.get("not_now", {})
    return [step for step in steps if resting.get(key_of(site, step), 0) <= now.timestamp()]


def put_off(site: Site, standing: Standing, session: SessionBase, now: datetime, *, key: str) -> None:
    """Hide one step for a week, in this person's session alone; an unknown key hides nothing."""
    if key in {key_of(site, step) for step in all_steps(site, standing)}:
        kept = {step: until for step, until in session.get("not_now", {}).items() if until > now.timestamp()}
        session["not_now"] = {**kept, key: (now + REST).timestamp()}


def key_of(site: Site, step: NextStep) -> str:
    """Return a short name for a step: alike as long as it asks for the same thing."""
    return sha256(f"{site.pk} {step.title} {step.url}".encode()).hexdigest()[:12]


def views_of(path: str, *, from_balcony: bool) -> list[dict[str, object]]:
    """Return the two views of the same page as links: what goes on, and the patterns in it (ux 1.4)."""
    return [
        {"label": "Dance floor", "url": path, "is_current": not from_balcony},
        {"label": "Balcony", "url": f"{path}?view=balcony", "is_current": from_balcony},
    ]


def seen_from_the_balcony(site: Site, standing: Standing, path: Sequence[Place]) -> list[str]:
    """Return patterns in words: stages begun early and why, and what each stage that opens sees in itself."""
    early = [f"{place.name} began early: {place.why_early}" for place in path if place.why_early]
    opened = [place.stage for place in path if standing.may(place.stage.opens_with)]
    return early + [words for stage in opened for words in stage.patterns(site)]
