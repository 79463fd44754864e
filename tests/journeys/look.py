"""Takes pictures of pages, to be looked at by a person: `python -m tests.journeys.look --help`. No test."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from playwright.sync_api import Browser

from tests.journeys.browsing import a_browser, a_visitor

TALL = 900


def main() -> None:
    """Take one picture for each path, size and theme."""
    asked = _asked()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with a_browser() as browser:
        for theme in asked.theme:
            for width in asked.width:
                _take(browser, asked, theme, width)


def _asked() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="like /s/harbour-city/why/")
    parser.add_argument("--at", default="http://localhost:8000", help="where the demo is served")
    parser.add_argument(
        "--as", dest="person", default="", help="who looks: one of the demo's people, like Sam"
    )
    parser.add_argument("--width", type=int, nargs="+", default=[360, 1280])
    parser.add_argument("--theme", nargs="+", default=["light"], choices=["light", "dark"])
    parser.add_argument(
        "--press", default="", help="press this button first, to see what an empty form answers"
    )
    parser.add_argument("--folder", type=Path, default=Path("var/pictures"))
    return parser.parse_args()


def _take(browser: Browser, asked: Namespace, theme: str, width: int) -> None:
    visitor = a_visitor(browser, asked.at, (width, TALL), color_scheme=theme)
    if asked.person:
        visitor.becomes(asked.person)
    for path in asked.paths:
        visitor.opens(path)
        if asked.press:
            visitor.presses(asked.press)
        name = f"{asked.person or 'nobody'}{path.replace('/', '_')}{width}-{theme}.png"
        visitor.page.screenshot(path=asked.folder / name, full_page=True)
    print("\n".join(visitor.troubles()))  # noqa: T201 - this is a tool for the terminal
    visitor.context.close()


if __name__ == "__main__":
    main()
