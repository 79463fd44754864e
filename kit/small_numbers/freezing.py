"""Freezing tables: small counts hidden, others rounded, more hidden until no small one can be worked out."""

from collections.abc import Iterable, Iterator, Sequence

from kit.small_numbers.network import Network
from kit.small_numbers.shown import ENDLESS, NOT_SHOWN, Shown, counts_behind, people, threshold
from kit.small_numbers.tables import EVERY, TOTAL, FrozenTable, Place, Table


def freeze(table: Table, *, cells_are_public: bool = False) -> FrozenTable:
    """Make the one table that readers get. See the package for what is promised.

    With `cells_are_public` each cell stands already somewhere else as `people` gives it, so that only
    totals can still be hidden.
    Source: R1, R3, G27.
    """
    draft = Draft(table, cells_are_public=cells_are_public)
    draft.settle()
    return draft.frozen()


def freeze_together(tables: Sequence[Table]) -> list[FrozenTable]:
    """Make tables that count the same people in different ways, so that none of them tells on another.

    A total that one of them must hide is hidden in all. A table that would still tell on another, or be
    told on, is not shown at all.

    Raises:
        ValueError: the tables do not have the same total, so they do not count the same people.
    """
    drafts = [Draft(table) for table in tables]
    if len({table.count(TOTAL) for table in tables}) > 1:
        raise ValueError("These tables do not count the same people.")
    while not _at_rest(drafts):
        pass  # each round hides at least one figure more, so there is a last one
    return [draft.frozen() for draft in drafts]


def _at_rest(drafts: "Sequence[Draft]") -> bool:
    """Settle each table beside the others once, and say whether nothing had to change."""
    before = [draft.state() for draft in drafts]
    for draft in drafts:
        draft.settle()
    if any(TOTAL in draft.hidden for draft in drafts):
        for draft in drafts:
            draft.hidden.add(TOTAL)
    for draft in drafts:
        draft.total_within = _known_total(other for other in drafts if other is not draft)
    return [draft.state() for draft in drafts] == before


def _known_total(others: "Iterable[Draft]") -> tuple[int, int]:
    """Give the lowest and highest total of all that the other tables leave possible."""
    ranges = [draft.range_of_total() for draft in others]
    return max((low for low, _ in ranges), default=0), min((high for _, high in ranges), default=ENDLESS)


class Draft:
    """One table on its way to being frozen: what is hidden so far, besides the small counts.

    Three steps, each taken only where the one before is not enough: single cells are hidden; then all
    totals instead, and the cells come back; then, beside other tables only, the whole table. Totals go
    together because which of them had to go would be a clue by itself.
    """

    def __init__(self, table: Table, *, cells_are_public: bool = False) -> None:
        self.table = table
        self.cells_are_public = cells_are_public
        self.total_within = (0, ENDLESS)
        self.has_totals, self.is_withheld = True, False
        self._network = Network(table)
        self._threshold = threshold()
        self._printed = {place: people(count) for place, count in self._network.counts.items()}
        self._totals = {place for place in self._printed if EVERY in place}
        # A total of nothing but small counts is hidden whatever it is, so that its absence tells nothing.
        self.hidden = {total for total in self._totals if not self._may_stand(total)}

    def state(self) -> tuple[object, ...]:
        """Give all that a round of settling can change, so that two moments can be compared."""
        return len(self.hidden), self.has_totals, self.is_withheld, self.total_within

    def settle(self) -> None:
        """Hide more, step by step, until no count below the threshold can be worked out."""
        while not self.is_withheld and (weak := self._lonely_parts() or self._weak_spot()) is not None:
            if weak:
                self.hidden.add(min(weak, key=self._figure_and_place))
            elif self.has_totals:
                self.has_totals, self.hidden = False, set(self._totals)
            else:
                self.is_withheld = True

    def frozen(self) -> FrozenTable:
        """Give the table as readers get it."""
        rows, columns = range(len(self.table.rows)), range(len(self.table.columns))
        printed = self.table.printed_totals()
        return FrozenTable(
            rows=self.table.rows,
            columns=self.table.columns,
            cells=tuple(tuple(self._shown((row, column)) for column in columns) for row in rows),
            row_totals=tuple(self._shown((row, EVERY)) for row in rows if (row, EVERY) in printed),
            column_totals=tuple(
                self._shown((EVERY, column)) for column in columns if (EVERY, column) in printed
            ),
            total=self._shown(TOTAL) if TOTAL in printed else None,
        )

    def range_of_total(self) -> tuple[int, int]:
        """Give the lowest and the highest total of all that this table leaves possible, printed or not."""
        if self.is_withheld:
            return 0, ENDLESS
        bounds = self._bounds()
        least, most = self._bound(TOTAL)
        low, high = (self._network.move(TOTAL, goal, bounds).flow for goal in (0, ENDLESS))
        return max(low, least), min(high, most)

    def _shown(self, place: Place) -> Shown:
        return NOT_SHOWN if self.is_withheld or place in self.hidden else self._printed[place]

    def _may_stand(self, total: Place) -> bool:
        """Say whether a total is asked for, and has a part that is not small."""
        parts = (self._printed[part] for part in self.table.parts(total))
        return total in self.table.printed_totals() and any(part.number is not None for part in parts)

    def _lonely_parts(self) -> frozenset[Place]:
        """Give the cells beside one that alone is hidden under a total: one must keep it company (R3)."""
        for total in self.table.printed_totals() - self.hidden:
            parts = list(self.table.parts(total))
            if sum(self._shown(part).is_hidden for part in parts) == 1 and (others := self._open(parts)):
                return others
        return frozenset()

    def _weak_spot(self) -> frozenset[Place] | None:
        """Give the cells that pin down a small count, of which one must go; None if none is pinned down.

        An empty answer means that it is totals, or other tables, that pin it down.
        """
        bounds = self._bounds()
        for place in self._small_counts():
            for goal in (0, self._threshold - 1):
                if stopped_by := self._network.move(place, goal, bounds).stopped_by:
                    return self._open(stopped_by)
        return None

    def _open(self, places: Iterable[Place]) -> frozenset[Place]:
        """Keep the cells among `places` that show a number and may still be hidden."""
        if self.cells_are_public:
            return frozenset()
        return frozenset(place for place in places if EVERY not in place and not self._shown(place).is_hidden)

    def _small_counts(self) -> Iterator[Place]:
        """Give every cell, and every total asked for, that must stay anything from 0 to 7 to a reader."""
        asked_for = self.table.printed_totals()
        for place, figure in self._printed.items():
            if figure.is_hidden and (EVERY not in place or place in asked_for):
                yield place

    def _figure_and_place(self, cell: Place) -> tuple[int, Place]:
        """Rank cells by the figure that would be printed, smallest first; equal ones from the top left."""
        return self._printed[cell].number or 0, cell

    def _bounds(self) -> dict[Place, tuple[int, int]]:
        """Give the lowest and highest count that a reader can hold each figure for, taken by itself."""
        bounds = {place: self._bound(place) for place in self._printed}
        low, high = bounds[TOTAL]
        return bounds | {TOTAL: (max(low, self.total_within[0]), min(high, self.total_within[1]))}

    def _bound(self, place: Place) -> tuple[int, int]:
        if place in self.hidden:
            return 0 if EVERY in place else self._threshold, ENDLESS
        return counts_behind(self._printed[place])
