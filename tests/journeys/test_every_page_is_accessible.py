"""Every page of ours, in a full place, in one that just began, and with a form sent empty: no barriers."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.axe import barriers
from tests.journeys.browsing import DESK, PHONE, Visitor, a_visitor
from tests.journeys.conftest import Demo

SMALLEST, JUST_WIDE = (320, 640), (1120, 800)
ONE_LONG_WORD = """() => {
  const kept = ".nhsuk-header__navigation, button, .nhsuk-button, table, svg, select, textarea, script"
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    if (text.data.trim() && !text.parentElement.closest(kept)) text.data = "W".repeat(80)
  }
}"""
"""Makes each text one word of 80 letters, as a name may be; but for buttons, menus and tables."""
MOMENTS = 15
COLOURS = ["color-contrast", "link-in-text-block"]
TOO_WIDE = """() => {
  const page = document.scrollingElement
  if (page.scrollWidth <= innerWidth) return null
  const isWide = e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.lw-table-scroll')
  const wide = [...document.querySelectorAll('main *, header *, footer *')].filter(isWide).slice(0, 3)
  return `${page.scrollWidth} wide: ` + wide.map(e => e.tagName + '.' + e.className).join(', ')
}"""
LIBRARY_PAGES = {
    "": [
        "/in/login/code/",
        "/in/password/reset/",
        "/in/password/reset/done/",
        "/in/inactive/",
        "/no-such-page/",
    ],
    "Olive": ["/operate/"],
    "Sam": ["/in/logout/", "/in/email/", "/in/password/change/", "/in/password/set/", "/s/no-such-place/"],
}


class Walk:
    """One window for each person, and all barriers that were met."""

    def __init__(self, demo: Demo, browser: Browser) -> None:
        self.demo, self.browser = demo, browser
        self.found: list[str] = []
        self.windows: dict[str, Visitor] = {}

    def window_of(self, person: str) -> Visitor:
        if person not in self.windows:
            self.windows[person] = a_visitor(self.browser, self.demo.url, PHONE)
            if person:
                self.windows[person].becomes(person)
        return self.windows[person]

    def looks_at(self, state: str, path: str, page: Page) -> None:
        self._set(page, PHONE, "light")
        self.note(f"{path} ({state}, light)", barriers(page))
        self._set(page, DESK, "dark")
        self.note(f"{path} ({state}, dark)", barriers(page, rules=COLOURS if state == "sent empty" else None))
        self.fits(state, path, page)

    def fits(self, state: str, path: str, page: Page, size: tuple[int, int] = SMALLEST) -> None:
        """The menu is laid out anew a moment after the window has another size: give it that."""
        self._set(page, size, "light")
        for _ in range(MOMENTS):
            if page.evaluate(TOO_WIDE) is None:
                return
            page.wait_for_timeout(100)
        self.found.append(f"{path} ({state}, {size[0]} px): {page.evaluate(TOO_WIDE)}")

    def _set(self, page: Page, size: tuple[int, int], theme: Any) -> None:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": size[0], "height": size[1]})

    def note(self, where: str, found: list[str]) -> None:
        self.found += [f"{where}: {barrier}" for barrier in found]

    def ends(self) -> list[str]:
        troubles = [trouble for window in self.windows.values() for trouble in window.troubles()]
        for window in self.windows.values():
            window.context.close()
        return sorted({*self.found, *troubles})


@pytest.fixture
def walk(demo: Demo, browser: Browser) -> Iterator[Walk]:
    walk = Walk(demo, browser)
    yield walk
    met = walk.ends()
    assert not met, "\n".join(met)


def with_path(demo: Demo, state: str) -> list[dict[str, Any]]:
    return [address for address in demo.addresses if address["state"] == state and address["path"]]


@pytest.mark.parametrize("state", ["full", "empty"])
def test_every_page_of_ours(demo: Demo, walk: Walk, state: str) -> None:
    for address in with_path(demo, state):
        window = walk.window_of(address["person"])
        assert window.opens(address["path"]) == 200, address
        walk.looks_at(state, address["path"], window.page)


def test_every_form_sent_empty(demo: Demo, walk: Walk) -> None:
    refused = 0
    for address in with_path(demo, "full"):
        if address["person"]:
            window = walk.window_of(address["person"])
            window.opens(address["path"])
            refused += sends_empty(walk, address["path"], window)
    assert refused > 10


FORM = "main form[method=post][novalidate]:not([action])"
TYPED = ":is(input[type=text], input[type=email], textarea)"


def sends_empty(walk: Walk, path: str, window: Visitor) -> bool:
    """Empty what can be typed in, send it, and look at the answer if it is a refusal."""
    form = window.page.locator(FORM).first
    if form.count() == 0 or form.locator(TYPED).count() == 0:
        return False
    for box in form.locator(TYPED).all():
        box.fill("")
    with window.page.expect_navigation() as answered:
        form.locator("button[type=submit]").first.click()
    if answered.value is None or answered.value.status != 422:
        return False
    walk.looks_at("sent empty", path, window.page)
    return True


class TestPagesThatOnlyPressingLeadsTo:
    PLACE = "/s/harbour-city"

    def test_a_link_shown_once_and_a_question(self, walk: Walk) -> None:
        window = walk.window_of("Sam")
        for state in ("a link shown once", "a question"):
            window.opens(f"{self.PLACE}/people/add/")
            window.page.get_by_label("The name they go by").fill("Noor of the Quay")
            window.page.get_by_label("Member of the Collaborative").check()
            window.presses("Add them")
            assert ("A question first" in window.reads()) is (state == "a question")
            walk.looks_at(state, window.page.url, window.page)

    def test_what_somebody_invited_reads_and_answers(self, walk: Walk) -> None:
        sam, invited = walk.window_of("Sam"), a_visitor(walk.browser, walk.demo.url, PHONE)
        walk.windows["invited"] = invited
        for name, heading in (("Rosalind", "Sign in first"), ("Kasimir", "Welcome to Harbour City")):
            sam.opens(f"{self.PLACE}/people/invited/")
            sam.follows(name)
            sam.presses("Make a link to hand over")
            invited.opens(urlsplit(sam.page.inner_text("code")).path)
            assert invited.heading() == heading
            walk.looks_at("invited", heading, invited.page)
        invited.presses("No, thank you")
        walk.looks_at("said no", invited.page.url, invited.page)
        sam.opens(f"{self.PLACE}/people/invited/")
        sam.follows("Kasimir")
        walk.looks_at("said no", "the invitation", sam.page)

    def test_both_texts_and_words_that_could_not_be_saved(self, walk: Walk) -> None:
        window = walk.window_of("Sam")
        beside = Visitor(window.base_url, window.context, window.context.new_page())
        for each in (window, beside):
            each.opens(f"{self.PLACE}/settings/")
        beside.presses("Save")
        window.page.get_by_label("What the place is called").fill("Harbour City and Quay")
        window.presses("Save")
        assert "Harbour City and Quay" in window.page.locator("table").first.inner_text()
        walk.looks_at("both texts", window.page.url, window.page)
        window.context.clear_cookies(name="csrftoken")
        window.page.locator("main form button[type=submit]").last.click()
        assert window.heading() == "This page was open for too long"
        walk.looks_at("not saved", window.page.url, window.page)

    @pytest.mark.parametrize("path", ["why/history/?put-away=yes", "reports/?put-away=yes"])
    def test_what_was_put_away(self, walk: Walk, path: str) -> None:
        window = walk.window_of("Sam")
        assert window.opens(f"{self.PLACE}/{path}") == 200
        walk.looks_at("put away", path, window.page)


def test_the_largest_letters_and_the_strongest_colours(demo: Demo, walk: Walk) -> None:
    """As somebody chooses them on their own page, on the smallest screen."""
    for address in with_path(demo, "full"):
        if address["person"] in walk.windows or not address["person"]:
            continue
        window = walk.window_of(address["person"])
        window.opens("/me/")
        window.page.locator("input[name=text_size]").last.check()
        window.page.locator("input[name=colours][value=contrast]").check()
        window.presses("Save")
    for address in with_path(demo, "full"):
        if address["person"]:
            window = walk.windows[address["person"]]
            window.page.set_viewport_size({"width": SMALLEST[0], "height": SMALLEST[1]})
            window.opens(address["path"])
            walk.fits("largest letters", address["path"], window.page)
            walk.fits("largest letters", address["path"], window.page, JUST_WIDE)
            window.page.set_viewport_size({"width": SMALLEST[0], "height": SMALLEST[1]})
            walk.note(f"{address['path']} (contrast)", barriers(window.page, rules=COLOURS))
            window.page.evaluate(ONE_LONG_WORD)
            walk.fits("words without a blank", address["path"], window.page)


def test_words_in_the_colour_of_their_ground_are_found(demo: Demo, walk: Walk) -> None:
    window = walk.window_of("")
    window.opens("/help/")
    heading = "document.querySelector('h1').style"  # the policy stops styles in a page, not by script
    window.page.evaluate(f"{heading}.color = {heading}.backgroundColor = '#123456'")
    assert any(barrier.startswith("color-contrast") for barrier in barriers(window.page))


def test_a_planted_barrier_is_found(demo: Demo, walk: Walk) -> None:
    window = walk.window_of("")
    window.opens("/help/")
    window.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x\">')")
    assert any(barrier.startswith("image-alt") for barrier in barriers(window.page))


@pytest.mark.parametrize("person", LIBRARY_PAGES)
def test_pages_of_signing_in_and_pages_that_are_not_there(demo: Demo, walk: Walk, person: str) -> None:
    window = a_visitor(walk.browser, demo.url, PHONE)
    walk.windows[person] = window
    if person:
        window.becomes(person)
    for path in LIBRARY_PAGES[person]:
        window.opens(path)
        walk.looks_at("library", path, window.page)
