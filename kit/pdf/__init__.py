"""Makes PDF files that everybody can read and archives can keep: PDF/A-3a and PDF/UA-1 in one (ruling 19).

`render` takes a whole HTML document and gives the bytes of a file. It reads nothing but `report.css`, its
cover and the fonts beside them; if a document asks for anything else, nothing is made. The same document,
moment and identifier give the same bytes. Rendering takes seconds of processor time: do it in the worker,
and never inside a scope's transaction.

WeasyPrint needs Pango, a library of the system that pip cannot bring. Without it this package still
imports, `PDF_AVAILABLE` is false, `render` raises `PdfSwitchedOff`, and pages work as before. WeasyPrint
and pydyf are pinned exactly, as `finishing` touches their objects where they offer no other way.

What a document has to be like, so that its file keeps both standards, stands at the head of
`templates/reports/print.html`.
"""

from kit.pdf.engine import HOW_TO_SWITCH_ON, PDF_AVAILABLE
from kit.pdf.files import Refused
from kit.pdf.printing import Attachment, PdfSwitchedOff, render
from kit.pdf.readiness import preflight

__all__ = [
    "HOW_TO_SWITCH_ON",
    "PDF_AVAILABLE",
    "Attachment",
    "PdfSwitchedOff",
    "Refused",
    "preflight",
    "render",
]
