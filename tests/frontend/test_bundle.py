"""The bundle and the templates keep the promises made to browsers, slow phones and tired eyes."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from kit.gallery import samples

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
TEMPLATES = sorted(ROOT.glob("templates/**/*.html")) + sorted(ROOT.glob("*/templates/**/*.html"))
TOKENS = json.loads((ROOT / "frontend" / "tokens.json").read_text())
ERROR_PAGES = ("400", "403", "404", "413", "429", "500", "503")
CRISIS_LINKS = ("tel:999", "tel:111", "tel:116123", "sms:85258")
FIRST_VIEW = 120 * 1024

TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "stone"),
    ("ink", "sky"),
    ("ink", "hill-near"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("muted", "stone"),
    ("link", "paper"),
    ("link", "surface"),
    ("link", "sky"),
    ("link", "plum-tint"),
    ("link", "teal-tint"),
    ("link-hover", "paper"),
    ("header-ink", "header"),
    ("header-ink", "header-deep"),
    ("button-ink", "button"),
    ("button-hover-ink", "button-hover"),
    ("button-ink", "leaf"),
    ("paper", "error"),
    ("error", "paper"),
    ("error", "surface"),
    ("focus-ink", "focus"),
    *[(name, f"{name}-tint") for name in ("plum", "leaf", "coral", "teal", "rose")],
    ("amber-ink", "marigold-tint"),
    *[("ink", f"{name}-tint") for name in ("plum", "leaf", "coral", "marigold", "teal", "rose")],
]
SHAPE_PAIRS = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("edge", "stone"),
    ("leaf", "stone"),
    ("leaf", "surface"),
    ("plum", "plum-tint"),
    *[(f"chart-{number}", "paper") for number in (1, 2, 3, 4)],
]


def luminance(colour: str) -> float:
    """Give the relative luminance of "#rrggbb". Source: WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: str) -> float:
    """Give the contrast of two tokens in "light", "dark" or "contrast", from 1 to 21."""
    lights = sorted((luminance(TOKENS[one][scheme]), luminance(TOKENS[other][scheme])), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


class Inline(HTMLParser):
    """Collects what our policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note style elements, scripts without an address, and inline attributes."""
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
        self.found += [name for name in names if name == "style" or name.startswith(("on", "hx-on"))]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_nothing_inline_and_ask_no_other_host(template: Path) -> None:
    text = template.read_text()
    inline = Inline()
    inline.feed(re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL))
    assert inline.found == []
    assert not re.search(r"(src|action|href)=[\"']?(https?:)?//", text)


def test_the_check_for_inline_things_finds_them() -> None:
    inline = Inline()
    inline.feed(
        '<p style="color:red" onclick="x()"><script>1</script><script src="/a.js"></script><style></style>'
    )
    assert inline.found == ["style", "onclick", "script", "style"]


@pytest.mark.parametrize("name", ["livingwell.css", "fonts.css"])
def test_style_sheets_ask_no_other_host(name: str) -> None:
    assert not re.search(r"url\([\"']?(https?:)?//|@import", (STATIC / name).read_text())


def test_the_script_asks_no_other_host() -> None:
    addresses = set(re.findall(r"https?://[\w./-]+", (STATIC / "livingwell.js").read_text()))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_the_script_keeps_to_the_policy() -> None:
    script = (STATIC / "livingwell.js").read_text()
    for setting in ("allowEval:!1", "includeIndicatorStyles:!1", "historyCacheSize:0", "selfRequestsOnly:!0"):
        assert setting in script


def test_the_lockfile_names_no_registry() -> None:
    lock = json.loads((ROOT / "frontend" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_style_sheet_knows_every_colour_it_uses_in_every_scheme() -> None:
    sheet = (STATIC / "livingwell.css").read_text()
    used = set(re.findall(r"var\(--lw-([\w-]+)\)", sheet))
    assert used <= set(TOKENS)
    assert all(set(schemes) == {"light", "dark", "contrast"} for schemes in TOKENS.values())


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_words_stand_out_from_what_they_lie_on(text: str, ground: str, scheme: str) -> None:
    assert contrast(text, ground, scheme) >= (7 if scheme == "contrast" else 4.5)


@pytest.mark.parametrize("scheme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_lines_of_charts_can_be_seen(shape: str, ground: str, scheme: str) -> None:
    assert contrast(shape, ground, scheme) >= 3


def test_the_gallery_fits_a_slow_phone_on_the_first_view() -> None:
    page = render_to_string("components/gallery.html", samples()).encode()
    sheets = [(STATIC / name).read_bytes() for name in ("livingwell.css", "fonts.css", "livingwell.js")]
    fonts = [
        STATIC / "fonts" / "atkinson-hyperlegible-next-latin-wght-normal.woff2",
        STATIC / "fonts" / "bricolage-grotesque-latin-700-normal.woff2",
    ]
    packed = sum(len(gzip.compress(part)) for part in (page, *sheets))
    weight = packed + sum(font.stat().st_size for font in fonts)
    assert weight <= FIRST_VIEW


def test_low_data_pages_leave_the_fonts_out() -> None:
    assert "fonts.css" in render_to_string("base.html")
    assert "fonts.css" not in render_to_string("base.html", {"settings_of_person": {"low_data": True}})


@pytest.mark.parametrize("code", ERROR_PAGES)
def test_every_error_page_carries_the_crisis_lines(code: str) -> None:
    page = render_to_string(f"{code}.html")
    assert [link for link in CRISIS_LINKS if link not in page] == []
    assert 'name="robots" content="noindex' in page


@pytest.mark.parametrize("name", ["500.html", "503.html", "offline.html"])
def test_the_pages_for_when_nothing_runs_stand_alone(name: str) -> None:
    page = (STATIC / "errors" / name).read_text()
    assert [link for link in CRISIS_LINKS if link not in page] == []
    assert "<script" not in page


def test_every_font_stands_beside_its_licence() -> None:
    for folder in (STATIC / "fonts", STATIC / "fonts" / "pdf"):
        licences = {path.stem.removeprefix("OFL-").lower() for path in folder.glob("OFL-*.txt")}
        fonts = {
            path.stem.lower().replace("-", "")
            for path in folder.iterdir()
            if path.suffix in {".woff2", ".ttf"}
        }
        assert fonts
        assert [font for font in fonts if not font.startswith(tuple(licences))] == []
