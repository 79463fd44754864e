"""The only files that a document may ask for: the report's style, its cover and its fonts."""

from pathlib import Path
from typing import Any

from kit.pdf.engine import URLFetcher, URLFetcherResponse, weasyprint

STATIC = Path(__file__).resolve().parents[2] / "static"
FONTS = STATIC / "fonts" / "pdf"
SHEETS = ("report.css", "report-cover.svg")
FACES = (
    "SourceSans3-Regular",
    "SourceSans3-Italic",
    "SourceSans3-SemiBold",
    "SourceSans3-Bold",
    "BricolageGrotesque-Bold",
)
ADDRESS = "https://report.invalid/"  # where a document seems to stand; .invalid exists nowhere (RFC 2606)
KINDS = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf"}


class Refused(ValueError):
    """A document asked for something that is not one of the report's own files."""


class OurFiles(URLFetcher):  # type: ignore[misc]
    """Gives a document the report's style, its cover and its fonts, and remembers what else it asked for.

    WeasyPrint goes on without what it cannot have, and in places hides even errors that ask it to stop. So
    what was refused is looked at in the end.
    """

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Give one of our files, found in a list by its address: no address is ever opened.

        Raises:
            Refused: it is not on the list.
        """
        path = our_files().get(url)
        if path is None:
            self.refused.append(url)
            raise Refused(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})

    def laid_out(self, html: str) -> Any:
        """Lay a document out with these files and no others."""
        return weasyprint.HTML(string=html, base_url=ADDRESS, url_fetcher=self).render()


def our_files() -> dict[str, Path]:
    """List the only addresses that a document may name, each with its file."""
    sheets = {f"{ADDRESS}static/{name}": STATIC / name for name in SHEETS}
    return sheets | {f"{ADDRESS}static/fonts/pdf/{name}.ttf": FONTS / f"{name}.ttf" for name in FACES}
