"""Printing one document: laying it out, writing it down, and doing both again where letters were missing."""

import hashlib
import io
import logging
import re
import unicodedata
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from kit.pdf.engine import HOW_TO_SWITCH_ON, PDF_AVAILABLE, weasyprint
from kit.pdf.files import OurFiles, Refused
from kit.pdf.finishing import finish

FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
# Pictures whose look differs on every machine, and letters that only one font gives a meaning to.
PICTURES = re.compile("[\U0001f000-\U0001faff\ue000-\uf8ff\U000f0000-\U0010ffff]")
LOGGER = logging.getLogger("kit.pdf")


class PdfSwitchedOff(Exception):
    """Pango is missing on this system, so no PDF can be made here. The message is the one line to run."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the PDF, such as the table behind a chart."""

    name: str
    bytes: bytes
    description: str

    def __post_init__(self) -> None:
        if not FILE_NAME.fullmatch(self.name):
            raise ValueError(
                f"{self.name!r} cannot name a file: plain letters, digits, dots and hyphens only."
            )


def render(
    html: str,
    *,
    title: str,
    made_at: datetime,
    identifier: str,
    language: str = "en-GB",
    attachments: Iterable[Attachment] = (),
) -> bytes:
    """Make a PDF of a whole HTML document. `identifier` tells it from every other; `made_at` is aware.

    What no font on this system can draw, and pictures such as emoji, is written as its name in brackets: a
    file with gaps in it is neither readable nor archivable.

    Raises:
        PdfSwitchedOff: Pango is missing.
        Refused: the document asks for a file, a page or a picture from elsewhere.
        ValueError: `made_at` has no zone.
    """
    if not PDF_AVAILABLE:
        raise PdfSwitchedOff(f"PDF is switched off. To switch it on: {HOW_TO_SWITCH_ON}")
    if made_at.tzinfo is None:
        raise ValueError("The moment that a PDF was made needs a time zone.")
    sheet = Sheet(title, language, made_at.astimezone(UTC), identifier, tuple(attachments))
    html = PICTURES.sub(_name_of, html)
    made, missing = sheet.printed(html)
    if missing:
        LOGGER.warning(
            "No font here can draw %s.", ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing))
        )
        made, _ = sheet.printed(re.sub(f"[{re.escape(''.join(missing))}]", _name_of, html))
    return made


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a PDF says about itself, and carries."""

    title: str
    language: str
    made_at: datetime
    identifier: str
    attachments: tuple[Attachment, ...]

    def printed(self, html: str) -> tuple[bytes, set[str]]:
        """Lay out and write the document once. Gives the file, and the letters that no font could draw."""
        files = OurFiles()
        document = files.laid_out(html)
        made = self._written(document)
        if files.refused:
            raise Refused(f"A report may not ask for {', '.join(files.refused)}.")
        return made, {chr(code) for font in document.fonts.values() for code in font.missing}

    def _written(self, document: Any) -> bytes:
        moment = f"{self.made_at:%Y-%m-%dT%H:%M:%S}+00:00"
        document.metadata.title, document.metadata.lang = self.title, self.language
        document.metadata.created = document.metadata.modified = moment
        with warnings.catch_warnings():
            # WeasyPrint leaves closing its colour profile to the collector.
            warnings.filterwarnings("ignore", "unclosed file .*sRGB2014.icc", ResourceWarning)
            file = document.write_pdf(
                finisher=finish,
                pdf_variant="pdf/a-3a",
                pdf_identifier=hashlib.sha256(self.identifier.encode()).digest()[:16],
                attachments=[
                    self._attached(file) for file in sorted(self.attachments, key=attrgetter("name"))
                ],
            )
        return bytes(file)

    def _attached(self, file: Attachment) -> Any:
        """Wrap one file. WeasyPrint uses each wrapping once, so they are made afresh every time."""
        return weasyprint.Attachment(
            file_obj=io.BytesIO(file.bytes),
            name=file.name,
            description=file.description,
            relationship="Data",
            created=self.made_at,
            modified=self.made_at,
        )


def _name_of(letter: re.Match[str]) -> str:
    """Write the name of a letter or picture in brackets, as "[seedling]"."""
    character = letter[0]
    return f"[{unicodedata.name(character, f'U+{ord(character):04X}').lower()}]"
