"""Finds out, before a report is owed, what would keep it from being as it should be."""

import hashlib
from collections.abc import Iterator

from kit.pdf import files
from kit.pdf.engine import HOW_TO_SWITCH_ON, PDF_AVAILABLE, ffi

OLDEST_PANGO = 14400  # 1.44


def preflight() -> list[str]:
    """Say what would keep PDFs from being as they should be, each in one sentence; nothing if all is well."""
    if not PDF_AVAILABLE:
        return [f"Pango is missing. To install it: {HOW_TO_SWITCH_ON}"]
    problems = [*_old_libraries(), *_other_files()]
    return problems or list(_families_not_used())


def _old_libraries() -> Iterator[str]:
    if ffi.pango.pango_version() < OLDEST_PANGO:
        yield "Pango is older than 1.44. Install a newer one."
    if ffi.harfbuzz_subset is None:
        yield f"HarfBuzz-Subset is missing. To install it: {HOW_TO_SWITCH_ON}"


def _other_files() -> Iterator[str]:
    """Compare what lies in static with what a report needs and, where sums are kept, with those."""
    yield from (
        f"{path.name} is missing from {path.parent}."
        for path in files.our_files().values()
        if not path.exists()
    )
    sums = files.FONTS / "SHA256SUMS"
    for line in sums.read_text().splitlines() if sums.exists() else ():
        digest, name = line.split(maxsplit=1)
        path = files.FONTS / name.strip().lstrip("*")
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{path.name} is not the file that SHA256SUMS names."


def _families_not_used() -> Iterator[str]:
    """Print one line in each family and look which fonts are in the file: a silent stand-in shows here."""
    page = f'<link rel="stylesheet" href="{files.ADDRESS}static/report.css"><h2>Well</h2><p>Living</p>'
    file = files.OurFiles().laid_out(page).write_pdf(uncompressed_pdf=True)
    for name in ("Source-Sans-3", "Bricolage-Grotesque"):
        if b"+" + name.encode() not in file:
            yield f"{name} is not used, although it is there."
