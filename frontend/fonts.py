"""Puts the plain TrueType fonts that PDF files and charts are set in into static/fonts/pdf.

Run it after ``npm ci`` with ``python fonts.py`` (needs ``fonttools`` and ``brotli``). Source Sans 3 is copied
as Adobe publishes it: its licence keeps the name "Source" for unchanged files. Bricolage Grotesque, whose
licence reserves no name, is published for the web in parts; here the latin and latin-ext parts are joined
again, so that names like Łukasz or Siân are set in one face.
"""

import tempfile
from pathlib import Path
from shutil import copyfile

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
SOURCE_SANS = HERE / "node_modules" / "source-sans"
BRICOLAGE = HERE / "node_modules" / "@fontsource" / "bricolage-grotesque"
TARGET = HERE.parent / "static" / "fonts" / "pdf"
MADE = 3_850_000_000  # seconds since 1904, fixed so that the same input gives the same bytes

UNCHANGED = {
    SOURCE_SANS / "TTF" / "SourceSans3-Regular.ttf": "SourceSans3-Regular.ttf",
    SOURCE_SANS / "TTF" / "SourceSans3-It.ttf": "SourceSans3-Italic.ttf",
    SOURCE_SANS / "TTF" / "SourceSans3-Semibold.ttf": "SourceSans3-SemiBold.ttf",
    SOURCE_SANS / "TTF" / "SourceSans3-Bold.ttf": "SourceSans3-Bold.ttf",
    SOURCE_SANS / "LICENSE.md": "OFL-SourceSans3.txt",
    BRICOLAGE / "LICENSE": "OFL-BricolageGrotesque.txt",
}


def decompressed(part: str, folder: Path) -> Path:
    """Write one part of Bricolage Grotesque Bold as an uncompressed font and return its path."""
    font = TTFont(BRICOLAGE / "files" / f"bricolage-grotesque-{part}-700-normal.woff2")
    font.flavor = None
    path = folder / f"{part}.ttf"
    font.save(path)
    return path


def name_as_bold(font: TTFont) -> None:
    """Give the font the names that CSS, fontconfig and PDF readers look it up by."""
    table = font["name"]
    legal = {record.nameID: record.toUnicode() for record in table.names if record.nameID in {0, 5, 13, 14}}
    names = legal | {
        1: "Bricolage Grotesque",
        2: "Bold",
        3: "BricolageGrotesque-Bold;livingwell",
        4: "Bricolage Grotesque Bold",
        6: "BricolageGrotesque-Bold",
    }
    table.names = []
    for name_id, words in names.items():
        table.setName(words, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0b1100001 | 0b100000
    font["head"].macStyle = 1


def join_bricolage() -> None:
    """Write BricolageGrotesque-Bold.ttf."""
    with tempfile.TemporaryDirectory() as name:
        parts = [str(decompressed(part, Path(name))) for part in ("latin", "latin-ext")]
        font = Merger().merge(parts)
    name_as_bold(font)
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = MADE
    font.save(TARGET / "BricolageGrotesque-Bold.ttf")


def main() -> None:
    """Make every face and put each family's licence beside it."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for original, name in UNCHANGED.items():
        copyfile(original, TARGET / name)
    join_bricolage()


if __name__ == "__main__":
    main()
