"""Quarters of the calendar, and the axis that shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from kit.charts.drawing import SMALL_TEXT_SIZE, line, text
from kit.charts.lettering import Weight
from kit.charts.palette import INK, MUTED, RULE, RULE_OF_A_YEAR

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year; `number` is 1 for January to March."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in range(1, 5):
            raise ValueError("A year has four quarters.")

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the quarter that a day is in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def next(self) -> "Quarter":
        """The quarter after this one."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def first_month(self) -> str:
        """The month it begins with, in three letters."""
        return MONTHS[3 * self.number - 3]

    @property
    def last_month(self) -> str:
        """The month it ends with, in three letters."""
        return MONTHS[3 * self.number - 1]

    def __str__(self) -> str:
        return f"{self.first_month} to {self.last_month} {self.year}"


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the quarters of a chart lie from left to right."""

    quarters: Sequence[Quarter]
    left: float
    right: float

    @property
    def step(self) -> float:
        """How wide a quarter is."""
        return (self.right - self.left) / len(self.quarters)

    def at(self, index: int) -> float:
        """Give where a quarter begins; one past the last gives the right edge."""
        return self.left + index * self.step

    def labels(self, y: float) -> str:
        """Write the first month of each quarter with its baseline at `y`, and each year once above."""
        return "".join(
            text(quarter.first_month, self.at(index) + 3, y, fill=MUTED, size=SMALL_TEXT_SIZE)
            + (self._year(quarter, index, y - 16) if self.begins_a_year(index) else "")
            for index, quarter in enumerate(self.quarters)
        )

    def rules(self, top: float, bottom: float) -> str:
        """Draw a line where each quarter begins, a stronger one where a year does."""
        return "".join(
            line(
                self.at(index),
                top - (28 if self.begins_a_year(index) else 12),
                self.at(index),
                bottom,
                stroke=RULE_OF_A_YEAR if self.begins_a_year(index) else RULE,
            )
            for index in range(len(self.quarters))
        )

    def begins_a_year(self, index: int) -> bool:
        """Say whether a quarter is the first of its year on this axis."""
        return index == 0 or self.quarters[index].number == 1

    def _year(self, quarter: Quarter, index: int, y: float) -> str:
        return text(
            str(quarter.year), self.at(index) + 3, y, fill=INK, size=SMALL_TEXT_SIZE, weight=Weight.SEMIBOLD
        )
