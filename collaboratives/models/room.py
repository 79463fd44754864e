"""Who was in the room, as others may know it: rounded totals, or who is represented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kit.small_numbers import Kind, Shown, people, presence
from programmes.roles import Perspective


@dataclass(frozen=True)
class Room:
    """One gathering's room. Nothing here says more than a reader may know (C2, R1, R7)."""

    people: Shown
    perspectives: Mapping[str, Shown]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each perspective in words, in the method's order: ("Carer", "represented")."""
        return [(str(kind.label), self.perspectives[kind].words) for kind in Perspective]

    @property
    def told(self) -> list[tuple[str, str]]:
        """The lines that say more than "fewer than 8"; the others fit in one sentence."""
        return [(label, words) for label, words in self.lines if label not in self.fewer]

    @property
    def fewer(self) -> list[str]:
        """The perspectives that are too few to count."""
        return [str(kind.label) for kind in Perspective if self.perspectives[kind].kind is Kind.FEWER]

    @property
    def fewer_words(self) -> str:
        """How few that is: "fewer than 8"."""
        return next((shown.words for shown in self.perspectives.values() if shown.kind is Kind.FEWER), "")

    @property
    def not_yet(self) -> list[str]:
        """The perspectives that nobody brought, as far as a small room says so (C3)."""
        return [str(kind.label) for kind in Perspective if self.perspectives[kind].kind is Kind.NOT_YET]

    @property
    def is_counted(self) -> bool:
        """Whether totals may be shown; a room under 20 people shows who is represented instead."""
        return all(shown.kind not in (Kind.REPRESENTED, Kind.NOT_YET) for shown in self.perspectives.values())

    @property
    def a_third_brings_lived_experience(self) -> bool:
        """Whether the figures that everybody sees say so; in a small room: whether it is represented.

        Asking the true counts would tell a reader that a hidden seven is a seven and not a six.
        """
        lived, everyone = self.perspectives[Perspective.LIVED_EXPERIENCE], self.people.number
        if not self.is_counted:
            return lived.kind is Kind.REPRESENTED
        return lived.number is not None and everyone is not None and 3 * lived.number >= everyone

    def to_json(self) -> dict[str, Any]:
        """Give plain values for a snapshot: `people`, and `perspectives` by name."""
        return {
            "people": self.people.to_json(),
            "perspectives": {str(name): shown.to_json() for name, shown in self.perspectives.items()},
        }


def room_of(people_came: int, totals: Mapping[str, int]) -> Room:
    """Make the room that others may know of; a perspective without a total counts as nobody."""
    counts = {kind.value: totals.get(kind.value, 0) for kind in Perspective}
    return Room(people=people(people_came), perspectives=presence(counts, of_people=people_came))
