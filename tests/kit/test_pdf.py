"""PDF: a file that can be read aloud, kept for years and trusted; made from nothing but our own files."""

import hashlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from kit import pdf
from kit.pdf import files
from tests.kit import paper

PAGE = (
    '<html lang="en"><head><link rel="stylesheet" href="/static/report.css">{}</head><body>{}</body></html>'
)
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils is not installed")


def small(body: str = "<h1>Well</h1>", head: str = "", **changed: Any) -> bytes:
    told: dict[str, Any] = {"title": "A title", "made_at": paper.MADE_AT, "identifier": "1"}
    return pdf.render(PAGE.format(head, body), **told | changed)


def words_of(file: bytes) -> str:
    command = ["pdftotext", "-", "-"]
    return subprocess.run(command, input=file, capture_output=True, check=True).stdout.decode()  # noqa: S603


@pytest.fixture(scope="module")
def file() -> bytes:
    """Make the report of an invented place. Run with KEEP_PDF=path to keep it, for veraPDF or for the eye."""
    made = paper.printed()
    if kept := os.environ.get("KEEP_PDF"):
        Path(kept).write_bytes(made)
    return made


@pytest.fixture
def report(file: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(file)) as opened:
        yield opened


def elements(report: pikepdf.Pdf) -> list[Any]:
    """Walk the tree of tags in reading order."""
    found: list[Any] = []
    waiting = [report.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        found.append(element)
        below: Any = element.get("/K", [])
        kids = list(below) if isinstance(below, pikepdf.Array) else [below]
        waiting = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid] + waiting
    return found[1:]


def tagged(report: pikepdf.Pdf, *names: str) -> list[Any]:
    return [element for element in elements(report) if str(element.S) in {f"/{name}" for name in names}]


class TestEverybodyCanReadIt:
    def test_it_is_tagged_titled_and_says_its_language(self, report):
        assert report.Root.MarkInfo.Marked
        assert str(report.Root.Lang) == "en-GB"
        assert str(report.docinfo["/Title"]) == "Millvale and Dene: progress report"
        assert report.Root.ViewerPreferences.DisplayDocTitle

    def test_it_declares_the_archive_and_the_accessibility_standard(self, report):
        with report.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("3", "A", "1")

    def test_every_chart_says_its_finding_aloud(self, report):
        assert [str(figure.Alt) for figure in tagged(report, "Figure")] == [
            chart.finding for chart in paper.charts().values()
        ]

    def test_every_heading_cell_says_which_way_it_looks(self, report):
        scopes = [str(cell.A.Scope) for cell in tagged(report, "TH")]
        assert scopes.count("/Column") == 3 + len(paper.HEADS)
        assert scopes.count("/Row") == 8 + len(paper.ROWS)

    def test_headings_begin_at_the_first_and_leave_none_out(self, report):
        levels = [int(str(heading.S)[2]) for heading in tagged(report, "H1", "H2", "H3", "H4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_whatever_stands_on_a_page_is_read_in_its_place_or_marked_as_furniture(self, report):
        in_the_tree = [element.objgen for element in elements(report)]
        owners = pikepdf.NumberTree(report.Root.StructTreeRoot.ParentTree)
        for page in report.pages:
            parts: list[Any] = list(pikepdf.parse_content_stream(page))
            marks = [part.operands for part in parts if str(part.operator) == "BDC"]
            numbered = [int(properties.MCID) for _, properties in marks if "/MCID" in properties]
            owned: Any = owners[int(page.StructParents)]
            assert sorted(numbered) == list(range(len(owned)))
            assert all(owner.objgen in in_the_tree for owner in owned)
            furniture = [str(properties.Type) for tag, properties in marks if str(tag) == "/Artifact"]
            assert furniture == (["/Pagination"] * 4 if page.index else [])

    def test_its_bookmarks_are_its_sections(self, report):
        with report.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Millvale and Dene: progress report",
                "At a glance",
                "Our why",
                "Our path",
                "Around the table",
                "About the figures",
            ]

    def test_it_is_set_in_our_own_letters_which_travel_with_it(self, report):
        fonts = {font.BaseFont: font for page in report.pages for font in page.Resources.Font.values()}
        names = " ".join(map(str, fonts))
        assert "Source-Sans-3" in names
        assert "Bricolage-Grotesque" in names
        for font in fonts.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor

    @needs_pdftotext
    def test_its_words_can_be_copied(self, file):
        words = words_of(file)
        for expected in ("Page 2 of 6", "fewer than 8", "nobody has to be in", "We’d not see", "This report"):
            assert expected in words


class TestItKeepsItsShape:
    def test_six_pages_and_no_empty_ones(self, report):
        assert len(report.pages) == 6

    def test_a_place_without_vision_or_gatherings_has_a_shorter_one(self):
        only = {"journey": paper.charts()["journey"]}
        bare = paper.edition(why={}, table={}, glance=[], charts=only, still_runs=True)
        with pikepdf.open(BytesIO(paper.printed(bare))) as report:
            assert len(report.pages) == 4
            assert len(tagged(report, "Figure")) == 1

    def test_months_that_are_not_over_are_so_far_on_paper_and_in_its_subject(self):
        for still_runs in (True, False):
            with pikepdf.open(BytesIO(paper.printed(paper.edition(still_runs=still_runs)))) as report:
                assert ("2026, so far" in str(report.docinfo["/Subject"])) is still_runs
            page = paper.html(paper.edition(still_runs=still_runs))
            assert page.count("2026, so far") == (3 if still_runs else 0), "subject, foot and cover"

    @needs_pdftotext
    def test_many_long_values_break_between_pages_and_are_said_once(self):
        long = [{**value, "name": f"Value {number}"} for number in range(7) for value in paper.VALUES[:1]]
        words = words_of(paper.printed(paper.edition(why={**paper.WHY, "values": long})))
        assert words.count("Anyone can bring anyone") == 7

    def test_the_paper_loads_without_a_warning(self, caplog):
        with caplog.at_level(logging.WARNING):
            paper.printed()
        assert caplog.records == []


class TestTheDataTravelsWithIt:
    def test_the_table_of_every_chart_is_attached_once_and_byte_for_byte(self, report):
        charts = {chart.file_name: chart for chart in paper.charts().values()}
        assert sorted(report.attachments) == sorted(charts)
        for name, chart in charts.items():
            assert report.attachments[name].get_file().read_bytes() == chart.csv()
            assert str(report.attachments[name].obj.AFRelationship) == "/Data"
        assert len(report.Root.AF) == len(charts)

    def test_a_document_without_attachments_lists_none(self):
        with pikepdf.open(BytesIO(small())) as report:
            assert "/AF" not in report.Root

    @pytest.mark.parametrize("name", ["", "../x.csv", "a b.csv", "/etc/passwd", "x\n.csv", ".hidden"])
    def test_an_attachment_has_a_plain_name(self, name):
        with pytest.raises(ValueError, match="cannot name a file"):
            pdf.Attachment(name, b"", "x")


class TestTheSameAgain:
    def test_the_same_edition_gives_the_same_bytes(self, file):
        assert paper.printed() == file

    def test_another_process_gives_the_same_bytes_too(self):
        code = "from kit import pdf; from datetime import *; import sys; sys.stdout.buffer.write(pdf.render("
        code += f"{PAGE.format('', '<h1>Well</h1>')!r}, title='A title', identifier='1', "
        code += f"made_at=datetime.fromisoformat({paper.MADE_AT.isoformat()!r})))"
        for seed in ("1", "2"):
            told = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."}
            made = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, check=True)  # noqa: S603
            assert made.stdout == small()

    def test_another_edition_has_another_identity(self):
        assert small(identifier="2") != small()

    def test_the_moment_it_was_made_is_not_the_clock_s(self, report):
        assert str(report.docinfo["/CreationDate"]) == "D:20261008093000+00'00"

    def test_a_moment_without_a_zone_is_refused(self):
        with pytest.raises(ValueError, match="time zone"):
            small(made_at=datetime(2026, 10, 8))  # noqa: DTZ001 - that is the point


ELSEWHERE = [
    '<img src="file:///etc/passwd">',
    '<img src="/etc/passwd">',
    '<img src="../../../etc/passwd">',
    '<img src="http://169.254.169.254/latest/meta-data/">',
    '<img src="http://127.0.0.1:8000/admin/">',
    '<img src="https://example.org/x.png">',
    '<img src="//example.org/x.png">',
    '<img src="ftp://example.org/x.png">',
    '<img src="data:image/png;base64,AAAA">',
    '<img src="/static/report.css?x=1">',
    '<img src="/static/fonts/pdf/../../../kit/pdf.py">',
    '<img src="/static/fonts/pdf/SHA256SUMS">',
    '<img src="/static/livingwell.js">',
    '<img src="HTTPS://REPORT.INVALID/etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    '<div style="background: url(file:///etc/passwd)">x</div>',
    '<ul style="list-style-image: url(file:///etc/passwd)"><li>x</ul>',
    '<svg width="9" height="9"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    '<a rel="attachment" href="file:///etc/passwd">x</a>',
]
ELSEWHERE_IN_THE_HEAD = [
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<link rel="stylesheet" href="file:///etc/passwd">',
    '<link rel="attachment" href="file:///etc/passwd">',
    '<base href="file:///etc/"><link rel="stylesheet" href="passwd">',
    "<style>p::before { content: url(file:///etc/passwd) }</style>",
    "<style>@import url(file:///etc/passwd);</style>",
    "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style>",
]


class TestItReadsNothingElse:
    @pytest.mark.parametrize("body", ELSEWHERE)
    def test_a_body_that_asks_for_more_makes_no_pdf(self, body):
        with pytest.raises(pdf.Refused):
            small(body)

    @pytest.mark.parametrize("head", ELSEWHERE_IN_THE_HEAD)
    def test_a_head_that_asks_for_more_makes_no_pdf(self, head):
        with pytest.raises(pdf.Refused):
            small("<h1>x</h1><p>x</p>", head=head)

    def test_its_own_files_and_drawings_in_the_page_are_there(self):
        drawing = (
            '<svg width="9" height="9" role="img"><title>A dot</title><rect width="9" height="9"/></svg>'
        )
        with pikepdf.open(BytesIO(small(f'<section class="cover"><h1>x</h1></section>{drawing}'))) as report:
            assert [str(figure.Alt) for figure in tagged(report, "Figure")] == ["A dot"]

    def test_a_link_to_elsewhere_is_only_a_link(self):
        with pikepdf.open(BytesIO(small('<p><a href="https://example.org/">example</a></p>'))) as report:
            assert report.pages[0].Annots[0].A.URI == "https://example.org/"

    def test_what_people_wrote_is_escaped_long_before(self):
        why = {**paper.WHY, "statement": '<img src="file:///etc/passwd">'}
        assert "&lt;img" in paper.html(paper.edition(why=why))
        assert paper.printed(paper.edition(why=why))


class TestLettersNoFontHas:
    @needs_pdftotext
    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Thank you 🌱", "Thank you [seedling]"),
            ("漢", "[cjk unified ideograph-6f22]"),
            ("\ue123", "[u+e123]"),
        ],
    )
    def test_are_written_as_their_names(self, written, read):
        assert read in words_of(small(f"<h1>x</h1><p>{written}</p>"))

    def test_leave_no_gap_in_the_file_and_a_word_to_those_who_run_it(self, caplog):
        with caplog.at_level(logging.WARNING, logger="kit.pdf"):
            small("<h1>x</h1><p>漢</p>")
        assert "No font here can draw U+6F22" in caplog.text

    @needs_pdftotext
    def test_names_from_most_of_europe_are_written_as_they_are(self):
        assert "Łukasz Siân Şerban Žofie" in words_of(small("<h1>x</h1><p>Łukasz Siân Şerban Žofie</p>"))


class TestWithoutPango:
    def test_the_module_still_loads_and_says_the_one_line_to_run(self, tmp_path):
        (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library libpango-1.0-0')")
        code = (
            "from kit import pdf; from datetime import *\n"
            "print(pdf.PDF_AVAILABLE, pdf.preflight())\n"
            "try: pdf.render('', title='', identifier='', made_at=datetime.now(UTC))\n"
            "except pdf.PdfSwitchedOff as off: print(off)"
        )
        told = {**os.environ, "PYTHONPATH": f"{tmp_path}:."}
        said = subprocess.run([sys.executable, "-c", code], env=told, capture_output=True, check=True)  # noqa: S603
        lines = said.stdout.decode().splitlines()
        assert lines[0].startswith("False ['Pango is missing.")
        assert lines[1].endswith(
            "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )


class TestPreflight:
    @pytest.fixture
    def elsewhere(self, tmp_path, monkeypatch):
        fonts = tmp_path / "pdf"
        shutil.copytree(files.FONTS, fonts)
        monkeypatch.setattr(files, "FONTS", fonts)
        return fonts

    def test_finds_nothing_to_say_here(self):
        assert pdf.preflight() == []

    def test_misses_a_font(self, elsewhere):
        (elsewhere / "SourceSans3-Bold.ttf").unlink()
        assert "SourceSans3-Bold.ttf is missing" in pdf.preflight()[0]

    def test_sees_a_font_that_was_changed(self, elsewhere):
        name = "SourceSans3-Bold.ttf"
        digest = hashlib.sha256((elsewhere / name).read_bytes()).hexdigest()
        (elsewhere / "SHA256SUMS").write_text(f"{digest}  {name}\n")
        assert pdf.preflight() == []
        (elsewhere / name).write_bytes(b"something else")
        assert pdf.preflight() == [f"{name} is not the file that SHA256SUMS names."]

    def test_sees_a_family_that_is_silently_replaced(self, elsewhere):
        shutil.copy(elsewhere / "SourceSans3-Bold.ttf", elsewhere / "BricolageGrotesque-Bold.ttf")
        (elsewhere / "SHA256SUMS").unlink(missing_ok=True)
        (elsewhere / "BricolageGrotesque-Bold.ttf").write_bytes(b"not a font")
        assert pdf.preflight() == ["Bricolage-Grotesque is not used, although it is there."]

    def test_asks_for_newer_libraries(self, monkeypatch):
        monkeypatch.setattr("kit.pdf.readiness.OLDEST_PANGO", 10**9)
        assert pdf.preflight() == ["Pango is older than 1.44. Install a newer one."]
