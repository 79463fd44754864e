"""One figure as a reader may see it: rounded, or "fewer than 8", or not shown; never the count behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from django.conf import settings

SMALLEST_THRESHOLD = 8  # NHS England's rule for hospital figures below national level; README ruling 17
STEP = 5  # figures are rounded to the nearest 5
SMALLEST_BASE_OF_A_SHARE = 20  # R2
SMALLEST_GROUP_COUNTED = 20  # R7: in a smaller Collaborative a total would point at people
ENDLESS = 10**9  # stands for "no upper end"


class ThresholdTooLow(Exception):
    """The setting SMALL_NUMBER_THRESHOLD is below 8: it can be raised, never lowered (R1)."""


class Kind(StrEnum):
    """What a figure tells its reader."""

    ABOUT = "about"
    EXACTLY = "exactly"
    FEWER = "fewer"
    SHARE = "share"
    NOT_SHOWN = "not shown"
    TOO_FEW = "too few"
    REPRESENTED = "represented"
    NOT_YET = "not yet"


WORDS = {
    Kind.ABOUT: "about {}",
    Kind.EXACTLY: "{}",
    Kind.FEWER: "fewer than {}",
    Kind.SHARE: "{} in 100",
    Kind.NOT_SHOWN: "not shown",
    Kind.TOO_FEW: "too few to show",
    Kind.REPRESENTED: "represented",
    Kind.NOT_YET: "not represented yet",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure that may be printed: `figure` is the rounded number, the share or, for FEWER, the threshold.

    As the threshold is kept with the figure, a report made under "fewer than 8" reads so for ever, even
    after the setting was raised.
    """

    kind: Kind
    figure: int | None = None

    @property
    def words(self) -> str:
        """The figure as it stands in a sentence: "about 40", "fewer than 8", "58 in 100"."""
        return WORDS[self.kind].format(self.figure)

    @property
    def cell(self) -> str:
        """The figure as it stands in a table whose note says that it is rounded: "40", "fewer than 8"."""
        return str(self.figure) if self.kind is Kind.ABOUT else self.words

    @property
    def number(self) -> int | None:
        """What a chart may draw: the rounded number or share, and nothing for a figure that is hidden."""
        return self.figure if self.kind in {Kind.ABOUT, Kind.EXACTLY, Kind.SHARE} else None

    @property
    def is_hidden(self) -> bool:
        """Whether the reader gets no number."""
        return self.number is None

    def __str__(self) -> str:
        return self.words

    def to_json(self) -> dict[str, str | int]:
        """Give plain values for a JSON field; `from_json` reads them back."""
        return {"kind": self.kind.value} | ({} if self.figure is None else {"figure": self.figure})

    @classmethod
    def from_json(cls, kept: Mapping[str, str | int]) -> Self:
        """Read what `to_json` gave."""
        figure = kept.get("figure")
        return cls(Kind(str(kept["kind"])), None if figure is None else int(figure))


NOT_SHOWN = Shown(Kind.NOT_SHOWN)
TOO_FEW_TO_SHOW = Shown(Kind.TOO_FEW)
REPRESENTED = Shown(Kind.REPRESENTED)
NOT_YET = Shown(Kind.NOT_YET)


def threshold() -> int:
    """Give the smallest count that is shown as a number: 8, or what SMALL_NUMBER_THRESHOLD raises it to.

    Raises:
        ThresholdTooLow: the setting is below 8.
    """
    wanted = int(getattr(settings, "SMALL_NUMBER_THRESHOLD", SMALLEST_THRESHOLD))
    if wanted < SMALLEST_THRESHOLD:
        raise ThresholdTooLow(f"SMALL_NUMBER_THRESHOLD is {wanted}; it can be raised above 8, never lowered.")
    return wanted


def people(count: int) -> Shown:
    """Give a count of people as it may leave the group that entered it.

    Source: R1, ruling 17.
    """
    if count < 0:
        raise ValueError("There are never fewer than no people.")
    least = threshold()
    return Shown(Kind.FEWER, least) if count < least else Shown(Kind.ABOUT, rounded(count, least))


def things(count: int) -> Shown:
    """Give a count of sessions, tools or Labs, which is exact: things are not people.

    Never for things that stand for one person each, such as stories or introductions.
    Source: R9.
    """
    return Shown(Kind.EXACTLY, count)


def rounded(count: int, least: int) -> int:
    """Round to the nearest 5; a figure that would fall below the threshold `least` is rounded up instead.

    Without the second half a threshold of 12 would print 12 people as "about 10", and nothing else as that.
    """
    nearest = STEP * ((count + STEP // 2) // STEP)
    return nearest if nearest >= least else nearest + STEP


def counts_behind(shown: Shown) -> tuple[int, int]:
    """Give the lowest and the highest count of people that print as `shown`, for FEWER and ABOUT."""
    if shown.figure is None:
        return 0, ENDLESS
    if shown.kind is Kind.FEWER:
        return 0, shown.figure - 1
    least = threshold()
    low = least if shown.figure == rounded(least, least) else shown.figure - STEP // 2
    return low, shown.figure + STEP // 2


def share(part: int, base: int) -> Shown:
    """Give "58 in 100" from figures rounded first, or "too few to show".

    The people outside the part are as small a group as the people in it: 98 of 100 would point at two.
    Source: R2, R5.
    """
    if not 0 <= part <= base:
        raise ValueError("The people in a share are some of its base.")
    least = threshold()
    if base < SMALLEST_BASE_OF_A_SHARE or min(part, base - part) < least:
        return TOO_FEW_TO_SHOW
    return Shown(Kind.SHARE, _in_a_hundred(rounded(part, least), rounded(base, least)))


def share_of(part: Shown, base: Shown) -> Shown:
    """Give the share that two figures of a frozen table make, or "too few to show".

    Use it for whatever is frozen: a figure that the freezing hid must not come back as a share. A base
    printed as 20 may be 18 people, so it takes 25.
    Source: R2.
    """
    if part.number is None or base.number is None or base.number < SMALLEST_BASE_OF_A_SHARE + STEP:
        return TOO_FEW_TO_SHOW
    return Shown(Kind.SHARE, _in_a_hundred(part.number, base.number))


def _in_a_hundred(part: int, base: int) -> int:
    """Round to a whole number, halves up, and never above 100."""
    return min(100, (200 * part + base) // (2 * base))


def presence(totals: Mapping[str, int], *, of_people: int) -> dict[str, Shown]:
    """Give who is in the room: "represented" or "not yet" under 20 people, rounded totals from 20 on.

    One person may bring several perspectives, so the totals do not add up to `of_people`; but as everyone
    brings at least one, they cannot add up to less. Where that would tell a reader that a small total is
    not 0, the next smallest total is not shown.
    Source: R7, R3.
    """
    if of_people < SMALLEST_GROUP_COUNTED:
        return {name: REPRESENTED if count else NOT_YET for name, count in totals.items()}
    shown = {name: people(count) for name, count in totals.items()}
    if not _some_must_be_there(shown, people(of_people)):
        return shown
    counted = [name for name in shown if shown[name].kind is Kind.ABOUT]
    if not counted:
        return dict.fromkeys(shown, NOT_SHOWN)
    return shown | {min(counted, key=lambda name: shown[name].number or 0): NOT_SHOWN}


def _some_must_be_there(shown: Mapping[str, Shown], everyone: Shown) -> bool:
    """Tell whether some hidden total must be above 0 for everyone to be counted at least once."""
    highest = {name: counts_behind(figure)[1] for name, figure in shown.items()}
    fewest_people = counts_behind(everyone)[0]
    return any(
        figure.kind is Kind.FEWER and sum(highest.values()) - highest[name] < fewest_people
        for name, figure in shown.items()
    )
