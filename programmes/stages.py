"""What a stage of the method must say about itself; the menu, the journey and the report ask through this.

`settings.METHOD` lists the eight stages in order. Nothing else knows that there are eight, or which they are.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.module_loading import import_string

from programmes.access import Permission, Standing
from programmes.models import Site, StageState

State = StageState.State


class Word(models.TextChoices):
    """How a stage stands, as every page, card and report says it: the four states, and two for silence."""

    NOT_BEGUN = State.NOT_BEGUN.value, State.NOT_BEGUN.label
    NOT_SAID = "not_said", "Not said yet"
    GROWING = State.GROWING.value, State.GROWING.label
    ROOTED = State.ROOTED.value, State.ROOTED.label
    COMING_BACK = State.COMING_BACK.value, State.COMING_BACK.label
    COMES_LAST = "comes_last", "Comes last"


PICTURES = {
    Word.NOT_BEGUN: "seed",
    Word.NOT_SAID: "seed",
    Word.GROWING: "shoot",
    Word.ROOTED: "tree",
    Word.COMING_BACK: "loop",
    Word.COMES_LAST: "seed",
}
"""What stands beside each word."""

FoundT = TypeVar("FoundT")
_seen_already: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("seen_already", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Let stages share what they read in the block, a page that only reads; see `once`."""
    token = _seen_already.set({})
    try:
        yield
    finally:
        _seen_already.reset(token)


def once(read: Callable[[Site], FoundT], site: Site) -> FoundT:
    """Return `read(site)`; within `one_look` it is read once, and outside it every time."""
    seen = _seen_already.get()
    if seen is None:
        return read(site)
    key = (read, site.pk)
    if key not in seen:
        seen[key] = read(site)
    return cast(FoundT, seen[key])


@dataclass(frozen=True)
class Progress:
    """What a stage sees in its own records: a few words, the state they suggest, and why."""

    words: str
    suggests: str = State.NOT_BEGUN
    because: str = ""


@dataclass(frozen=True)
class NextStep:
    """One thing that one person could do next. The lowest `rank` comes first (ux 1.4).

    A step that stands for several things says as `since` when the newest of them came: put off, it is shown
    again when there is a newer one, and not because one of them is done.
    """

    rank: int
    title: str
    words: str
    button: str
    url: str
    since: datetime | None = None

    @property
    def label(self) -> str:
        """How the step reads in a list of more things to do."""
        return self.title


@dataclass(frozen=True)
class Period:
    """The days a report is about, first and last day included."""

    first: date
    last: date

    def __str__(self) -> str:
        of_one_year = self.first.year == self.last.year and self.first.month < self.last.month
        if of_one_year and self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            return f"{self.first:%B} to {self.last:%B %Y}"
        return f"{self.first:%-d %B %Y} to {self.last:%-d %B %Y}"

    def in_words(self, *, so_far: bool) -> str:
        """Say these days in words, for something that tells of them whole, or only "so far"."""
        return f"{self}, so far" if so_far else str(self)


def nothing_recorded(site: Site) -> Progress:
    """Answer for a stage that keeps no records of its own yet: what the facilitator says is all there is."""
    return Progress(words="")


def no_steps(site: Site, standing: Standing) -> Sequence[NextStep]:
    """Answer for a stage that asks nothing of anybody."""
    return ()


def no_sections(site: Site, period: Period) -> Sequence[dict[str, Any]]:
    """Answer for a stage that adds nothing to a report."""
    return ()


def no_patterns(site: Site) -> Sequence[str]:
    """Answer for a stage that sees nothing from the balcony."""
    return ()


def no_day(site: Site) -> date | None:
    """Answer for a stage that keeps no records of its own: they began on no day."""
    return None


@dataclass(frozen=True)
class Stage:
    """One of the eight places on the path: its name, its reason, and what it can say about a site.

    `next_steps` gets a person's standing, so that it offers only what that person may do. `report_sections`
    returns plain data for a snapshot: figures already made safe, texts by reference and version. `begun_on`
    is the first day that the stage's own records tell of: None exactly when they suggest that nothing began.
    """

    number: int
    slug: str
    name: str
    purpose: str
    rooted_when: Sequence[str]
    grows_from: str
    page: str
    opens_with: Permission
    progress: Callable[[Site], Progress] = nothing_recorded
    next_steps: Callable[[Site, Standing], Sequence[NextStep]] = no_steps
    report_sections: Callable[[Site, Period], Sequence[dict[str, Any]]] = no_sections
    patterns: Callable[[Site], Sequence[str]] = no_patterns
    begun_on: Callable[[Site], date | None] = no_day
    comes_last: bool = False
    loops_back_to: Sequence[int] = field(default=())

    def url(self, site: Site) -> str:
        """Return the address of this stage's page in `site`."""
        return reverse(self.page, kwargs={"site": site.slug})

    @property
    def keeps_records(self) -> bool:
        """Whether it has records of its own that could tell of something nobody has said yet."""
        return self.progress is not nothing_recorded

    def word(self, said: str | None, *, has_records: bool) -> Word:
        """Return the word for what a place `said`; None when nobody did, and that alone is no "not begun"."""
        if said is None and has_records:
            return Word.NOT_SAID
        word = Word(said or Word.NOT_BEGUN)
        return Word.COMES_LAST if self.comes_last and word is Word.NOT_BEGUN else word


@cache
def the_method() -> tuple[Stage, ...]:
    """Return the stages in the method's order: culture first, structure second."""
    return tuple(import_string(path) for path in settings.METHOD)


def stage_called(slug: str) -> Stage | None:
    """Return the stage with this short name, if there is one."""
    return next((stage for stage in the_method() if stage.slug == slug), None)
