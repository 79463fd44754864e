"""A table of people before it is frozen, and the frozen table that a snapshot keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from kit.small_numbers.shown import NOT_SHOWN, Shown

Place = tuple[int, int]  # row and column; EVERY in either stands for a total
EVERY = -1
TOTAL: Place = (EVERY, EVERY)
ROUNDED = (
    "Counts of people are rounded to the nearest 5. Totals are rounded on their own, so parts may not add up."
)
SOME_HIDDEN = "Some figures are not shown, so that nobody can work out a small one."


@dataclass(frozen=True, slots=True)
class Table:
    """Counts of people, each person in one cell only, with the totals that will be printed beside them.

    Where people can be in several columns (the same people in each quarter), ask for no row totals: the
    columns then stand on their own. `counts` is one row after the other.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    has_row_totals: bool = True
    has_column_totals: bool = True

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.counts}
        if len(self.counts) != len(self.rows) or widths != {len(self.columns)} or not self.columns:
            raise ValueError("Each row needs one count for each column.")
        if any(count < 0 for row in self.counts for count in row):
            raise ValueError("There are never fewer than no people.")

    @classmethod
    def line(cls, counts: Mapping[str, int]) -> Self:
        """Make a table of one row, such as one characteristic over a place, with its total."""
        return cls(("",), tuple(counts), (tuple(counts.values()),), has_column_totals=False)

    def parts(self, place: Place) -> Iterator[Place]:
        """Give the cells that a total is made of, row by row; for a cell, itself."""
        row, column = place
        rows = range(len(self.rows)) if row == EVERY else (row,)
        columns = range(len(self.columns)) if column == EVERY else (column,)
        return ((row, column) for row in rows for column in columns)

    def count(self, place: Place) -> int:
        """Give the true count of a cell or of a total."""
        return sum(self.counts[row][column] for row, column in self.parts(place))

    def printed_totals(self) -> frozenset[Place]:
        """Give the totals that readers are meant to see. A single line has one total, not two of the same."""
        if 1 in (len(self.rows), len(self.columns)):
            return frozenset({TOTAL} if self.has_row_totals or self.has_column_totals else ())
        rows = {(row, EVERY) for row in range(len(self.rows)) if self.has_row_totals}
        columns = {(EVERY, column) for column in range(len(self.columns)) if self.has_column_totals}
        return frozenset(rows | columns | ({TOTAL} if rows and columns else set()))


@dataclass(frozen=True, slots=True)
class FrozenTable:
    """What readers get: nothing in it is a count. Totals that were not asked for are empty or None.

    A single line (one row or one column) has its total in `total`.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown | None

    @property
    def notes(self) -> list[str]:
        """The sentences that belong under the table."""
        printed = [
            *(cell for row in self.cells for cell in row),
            *self.row_totals,
            *self.column_totals,
            self.total,
        ]
        return [ROUNDED, SOME_HIDDEN] if NOT_SHOWN in printed else [ROUNDED]

    def to_json(self) -> dict[str, Any]:
        """Give plain values for a JSON field; `from_json` reads them back."""
        return {
            "rows": list(self.rows),
            "columns": list(self.columns),
            "cells": [[cell.to_json() for cell in row] for row in self.cells],
            "row_totals": [figure.to_json() for figure in self.row_totals],
            "column_totals": [figure.to_json() for figure in self.column_totals],
            "total": self.total.to_json() if self.total else None,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave."""
        return cls(
            rows=tuple(kept["rows"]),
            columns=tuple(kept["columns"]),
            cells=tuple(_figures(row) for row in kept["cells"]),
            row_totals=_figures(kept["row_totals"]),
            column_totals=_figures(kept["column_totals"]),
            total=Shown.from_json(kept["total"]) if kept["total"] else None,
        )


def _figures(kept: Sequence[Mapping[str, str | int]]) -> tuple[Shown, ...]:
    return tuple(Shown.from_json(figure) for figure in kept)
