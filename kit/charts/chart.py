"""What a drawn chart is: a picture, its finding in one sentence, and the same facts as a table and a file."""

import csv
import io
import re
from dataclasses import dataclass

from kit.charts.drawing import plain

FORMULA = re.compile("^\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart, drawn. `id` is unique on its page: begin it with the place's slug."""

    id: str
    title: str
    finding: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    svg: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.id):
            raise ValueError(f"{self.id!r} cannot name a chart: small letters, digits and hyphens only.")

    @property
    def file_name(self) -> str:
        """The name of its data as a download and as an attachment of the PDF."""
        return f"{self.id}.csv"

    def csv(self) -> bytes:
        """Give the table as a file, with the mark that lets a spreadsheet see that it is UTF-8."""
        lines = io.StringIO()
        writer = csv.writer(lines, quoting=csv.QUOTE_ALL)
        writer.writerows([_harmless(cell) for cell in row] for row in (self.head, *self.rows))
        return lines.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """Keep a spreadsheet from reading words as a formula: a quotation mark in front makes them text."""
    return f"'{plain(cell)}" if FORMULA.match(cell) else plain(cell)
