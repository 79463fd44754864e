"""Freezing tables: small counts hidden, others rounded, then more hidden until nothing small can be worked out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from kit.small_numbers.network import Extent, Network
from kit.small_numbers.shown import ENDLESS, NOT_SHOWN, Kind, Shown, counts_behind, people, threshold
from kit.small_numbers.tables import EVERY, FrozenTable, Place, Table

TOTAL: Place = (EVERY, EVERY)


def freeze(table: Table, *, cells_are_public: bool = False) -> FrozenTable:
    """Make the one table that readers get. See the package for what is promised.

    With `cells_are_public` each cell stands already somewhere else as `people` gives it, so that only totals can
    still be hidden.
    Source: R1, R3, G27.
    """
    draft = Draft(table, cells_are_public=cells_are_public)
    draft.settle()
    return draft.frozen()


def freeze_together(tables: Sequence[Table]) -> list[FrozenTable]:
    """Make tables that count the same people by different characteristics, so that no two of them give a count away.

    A total that one of them must hide is hidden in all. A table that would still tell on another is not shown at all.

    Raises:
        ValueError: the tables do not have the same total, so they do not count the same people.
    """
    drafts = [Draft(table) for table in tables]
    if len({draft.network.counts[TOTAL] for draft in drafts}) > 1:
        raise ValueError("These tables do not count the same people.")
    settled = False
    while not settled:
        settled = True
        for draft in drafts:
            before = draft.state()
            draft.total_within = _known_total(other for other in drafts if other is not draft)
            draft.settle()
            settled = settled and draft.state() == before and _hide_in_all(drafts)
    return [draft.frozen() for draft in drafts]


def _known_total(drafts: "Iterable[Draft]") -> tuple[int, int]:
    """Give the lowest and highest total that all the other tables leave possible."""
    ranges = [draft.range_of_total() for draft in drafts]
    return max((low for low, _ in ranges), default=0), min((high for _, high in ranges), default=ENDLESS)


def _hide_in_all(drafts: "Sequence[Draft]") -> bool:
    """Hide the total everywhere if it is hidden somewhere. Says whether nothing changed."""
    hiding = [draft for draft in drafts if TOTAL in draft.hidden]
    telling = [draft for draft in drafts if TOTAL not in draft.hidden]
    for draft in telling if hiding else []:
        draft.hidden.add(TOTAL)
    return not (hiding and telling)


class Draft:
    """One table on its way to being frozen: what is hidden so far besides the small counts."""

    def __init__(self, table: Table, *, cells_are_public: bool = False) -> None:
        self.table = table
        self.network = Network(table)
        self.cells_are_public = cells_are_public
        self.is_withheld = False
        self.total_within = (0, ENDLESS)
        self.printed = {place: people(count) for place, count in self.network.counts.items()}
        self.hidden = {total for total in self._totals() if self._says_too_much(total)}

    def state(self) -> tuple[int, bool]:
        """Give what can change while settling, so that two moments can be compared: it only ever grows."""
        return len(self.hidden), self.is_withheld

    def settle(self) -> None:
        """Hide more, one figure at a time, until no count below the threshold can be worked out."""
        while not self.is_withheld and (candidates := self._weak_spot()):
            self._hide_one_of(candidates)

    def frozen(self) -> FrozenTable:
        """Give the table as readers get it."""
        rows, columns = range(len(self.table.rows)), range(len(self.table.columns))
        return FrozenTable(
            rows=self.table.rows,
            columns=self.table.columns,
            cells=tuple(tuple(self._shown((row, column)) for column in columns) for row in rows),
            row_totals=tuple(self._shown((row, EVERY)) for row in rows if self.table.has_row_totals),
            column_totals=tuple(self._shown((EVERY, column)) for column in columns if self.table.has_column_totals),
            total=self._shown(TOTAL),
        )

    def range_of_total(self) -> tuple[int, int]:
        """Give the lowest and the highest total that this table leaves possible, whether it prints it or not."""
        if self.is_withheld:
            return 0, ENDLESS
        move = partial(self.network.move, TOTAL, bounds=self._bounds())
        return tuple(_within(move(goal=end).flow, self._reach(TOTAL)) for end in (0, ENDLESS))
