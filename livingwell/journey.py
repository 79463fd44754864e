"""The living journey of a place: eight stages with their states, what goes on in each, and one next step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from programmes.access import Permission, Standing
from programmes.models import Membership, Site, StageState
from programmes.stages import PICTURES, NextStep, Progress, Stage, Word, the_method
from reports.actions import waits_for

RANK_OF_A_REPORT = 33
RANK_OF_PEOPLE = 35
RANK_OF_A_CONTACT = 62
RANK_OF_SAYING = 65
"""People come before plans; whom they can call, and saying where a place stands, come after planning."""

State = StageState.State
REST = timedelta(days=7)
"""How long "Not now" hides a step (ux 1.4): no nagging."""


@dataclass(frozen=True)
class Place:
    """One of the eight places on the path, as the journey component shows it."""

    stage: Stage
    is_said: bool
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
        return PICTURES[self._word]

    @property
    def words(self) -> str:
        """The state in words; governance comes last, and what the records know of is not "not begun"."""
        return str(self._word.label)

    @property
    def question(self) -> str:
        """What somebody may ask about it, folded away; the stage's own reason answers."""
        return "Why last?" if self._word is Word.COMES_LAST else ""

    @property
    def answer(self) -> str:
        """Why it comes where it comes."""
        return self.stage.grows_from

    @property
    def about(self) -> str:
        """What goes on there: what the records say, and the facilitator's own note."""
        return ". ".join(filter(None, (self.progress.words, self.note)))

    @property
    def suggestion(self) -> str:
        """For whoever sets it: the state that the records suggest and why, when another one is set."""
        if not self.set_url or self._suggested is self.set_to or not self.progress.because:
            return ""
        return f"The records suggest “{self._suggested.label}”, because {self.progress.because}."

    @property
    def asks(self) -> bool:
        """Whether the path itself asks to say where the place stands: records are there, and no word yet."""
        return bool(self.suggestion) and not self.is_said

    @property
    def _suggested(self) -> StageState.State:
        return State(self.progress.suggests)

    @property
    def _word(self) -> Word:
        said = self.set_to if self.is_said else None
        return self.stage.word(said, has_records=self._suggested is not State.NOT_BEGUN)


@dataclass(frozen=True)
class Seen:
    """What is seen of one stage from the balcony, in sentences."""

    stage: Stage
    patterns: Sequence[str]


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
        is_said=row is not None,
        set_to=State(row.state) if row else State.NOT_BEGUN,
        progress=stage.progress(site),
        note=row.note if row else "",
        why_early=row.why_early if row else "",
        url=stage.url(site) if standing.may(stage.opens_with) else "",
        set_url=reverse("programmes:stage", kwargs=where) if standing.may(Permission.SET_STAGE) else "",
        is_here=stage.slug == newest,
    )


def all_steps(site: Site, standing: Standing, path: Sequence[Place]) -> list[NextStep]:
    """Return what this person could do next, the first one first, and what comes up.

    In a place that rests nothing is planned and nothing is asked; there is only what can be read.
    """
    steps = [*_to_read(site, standing)]
    if site.is_at_work:
        steps += [step for stage in the_method() for step in stage.next_steps(site, standing)]
        steps += [*_to_begin(site, standing, path), *_to_say(path)]
    return sorted(steps, key=lambda step: step.rank)


def _to_read(site: Site, standing: Standing) -> Iterator[NextStep]:
    """Offer the newest report that names this person; those who make reports find them anyway."""
    report = waits_for(standing, site, timezone.now())
    if report is not None:
        url = reverse("reports:report", kwargs={"site": site.slug, "report": report.pk})
        words = f"You are named to read it: {report.months}."
        yield NextStep(RANK_OF_A_REPORT, "A report waits for you", words, "Read it", url)


def _to_begin(site: Site, standing: Standing, path: Sequence[Place]) -> Iterator[NextStep]:
    """Offer what a new place needs first: people, and somebody whom they can call."""
    at = {"site": site.slug}
    nothing_yet = not any(place.progress.words for place in path)
    if nothing_yet and standing.may(Permission.CHANGE_PEOPLE) and _is_alone(site):
        words, url = "You are the only one here so far.", reverse("programmes:add_person", kwargs=at)
        yield NextStep(RANK_OF_PEOPLE, "Let people in", words, "Add a person", url)
    if not site.contact_phone and standing.may(Permission.CHANGE_SETTINGS):
        words = "A name and a number for welcome cards and e-mails. Look at the help lines, too."
        url = reverse("programmes:settings", kwargs=at)
        yield NextStep(RANK_OF_A_CONTACT, "Say whom people can call", words, "Open the settings", url)


def _is_alone(site: Site) -> bool:
    return Membership.objects.of(site).people().count() < 2


def _to_say(path: Sequence[Place]) -> list[NextStep]:
    """Ask once where the place stands with a stage that nobody has spoken of, though records are there."""
    unsaid = next((place for place in path if place.asks), None)
    if unsaid is None:
        return []
    title = f"Say where we stand: {unsaid.name}"
    words = f"{unsaid.suggestion} You decide."
    return [NextStep(RANK_OF_SAYING, title, words, "Say where we stand", unsaid.set_url)]


def still_shown(
    steps: Sequence[NextStep], site: Site, person: Person
) -> tuple[list[NextStep], list[NextStep]]:
    """Return the steps that are shown, and those that this person put off less than a week ago (ux 1.4)."""
    marks = {_mark(key_of(site, step), person): step for step in steps}
    now = timezone.now().timestamp()
    resting = {mark for mark, until in cache.get_many(marks).items() if until > now}
    shown = [step for mark, step in marks.items() if mark not in resting]
    return shown, [step for mark, step in marks.items() if mark in resting]


def put_off(site: Site, standing: Standing, *, key: str) -> bool:
    """Hide one step for a week, for this person alone, and say whether there was such a step.

    The mark stands in the cache and goes by itself: nobody keeps what somebody put off. If it is lost,
    the step is shown once more.
    """
    known = key in {key_of(site, step) for step in all_steps(site, standing, path_of(site, standing))}
    if known:
        until = (timezone.now() + REST).timestamp()
        cache.set(_mark(key, standing.person), until, REST.total_seconds())
    return known


def _mark(key: str, person: Person) -> str:
    return f"not-now:{person.pk}:{key}"


def key_of(site: Site, step: NextStep) -> str:
    """Return a short name for a step: alike as long as it asks for the same thing."""
    same = f"{step.rank} {step.since}" if step.since else f"{step.title} {step.url}"
    return sha256(f"{site.pk} {same}".encode()).hexdigest()[:12]


def views_of(path: str, *, from_balcony: bool) -> list[dict[str, object]]:
    """Return the two views of the same page as links: what goes on, and the patterns in it (ux 1.4)."""
    return [
        {"label": "Dance floor", "url": path, "is_current": not from_balcony},
        {"label": "Balcony", "url": f"{path}?view=balcony", "is_current": from_balcony},
    ]


def seen_from_the_balcony(site: Site, standing: Standing, path: Sequence[Place]) -> list[Seen]:
    """Return, stage by stage, why it began early and what it sees in itself, where it opens."""
    seen = [Seen(place.stage, _patterns_of(place, site, standing)) for place in path]
    return [one for one in seen if one.patterns]


def _patterns_of(place: Place, site: Site, standing: Standing) -> list[str]:
    early = [f"This began early: {place.why_early}"] if place.why_early else []
    opens = standing.may(place.stage.opens_with)
    return [*early, *(place.stage.patterns(site) if opens else ())]
