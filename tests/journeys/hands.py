"""Two ways to use a page: with the keyboard alone, and with a browser that runs no scripts."""

from typing import Protocol

from tests.journeys.browsing import Visitor

MOST_STOPS = 150
STOP = """() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const tidy = words => (words || '').replace(/\\s+/g, ' ').trim()
  const style = getComputedStyle(at)
  const label = at.labels && at.labels.length ? getComputedStyle(at.labels[0], '::before') : style
  const shows = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'
  const box = at.getBoundingClientRect()
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20))
  const own = at.getAttribute('aria-label') || at.innerText
  return {
    name: tidy(at.labels && at.labels.length ? at.labels[0].innerText : own),
    kind: at.tagName.toLowerCase(),
    is_shown: shows(style) || shows(label),
    is_in_view: box.bottom > 0 && box.top < innerHeight && (!top || at.contains(top) || top.contains(at)),
  }
}"""


class Hand(Protocol):
    """What somebody does on a page, whatever they do it with."""

    visitor: Visitor

    def types(self, label: str, words: str) -> None:
        """Put words into the box with this label."""

    def ticks(self, label: str) -> None:
        """Tick the box, or choose the answer, with this label."""

    def chooses(self, label: str, option: str) -> None:
        """Choose, in the list with this label, the line that begins with these words."""

    def presses(self, button: str) -> None:
        """Press the button, and wait for the page that follows."""

    def follows(self, link: str) -> None:
        """Follow the link with this text."""


class Keyboard:
    """Tab, Enter, Space and letters. Every stop on the way must be visible."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.unseen: list[str] = []

    def types(self, label: str, words: str) -> None:
        """Tab to the box and type over what is in it."""
        self._reaches(label, {"input", "textarea"})
        self.visitor.page.keyboard.press("Control+a")
        self.visitor.page.keyboard.type(words)

    def ticks(self, label: str) -> None:
        """Tab to the box and press Space; among radios, go on with the arrow keys."""
        self._reaches(label, {"input"})
        self.visitor.page.keyboard.press("Space")

    def chooses(self, label: str, option: str) -> None:
        """Tab to the list and type the beginning of the line."""
        self._reaches(label, {"select"})
        self.visitor.page.keyboard.type(option)

    def presses(self, button: str) -> None:
        """Tab to the button and press Enter."""
        self._reaches(button, {"button"})
        self._enters()

    def follows(self, link: str) -> None:
        """Tab to the link and press Enter."""
        self._reaches(link, {"a"})
        self._enters()

    def _enters(self) -> None:
        with self.visitor.page.expect_navigation():
            self.visitor.page.keyboard.press("Enter")

    def _reaches(self, name: str, kinds: set[str]) -> None:
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.visitor.page.keyboard.press("Tab")
            stop = self.visitor.page.evaluate(STOP)
            if stop is None:
                continue
            passed.append(stop["name"])
            if not (stop["is_shown"] and stop["is_in_view"]):
                self.unseen.append(f"{self.visitor.page.url}: {stop['kind']} {stop['name']!r}")
            if stop["name"] == name and stop["kind"] in kinds:
                return
        raise AssertionError(
            f"The keyboard did not reach {name!r} on {self.visitor.page.url}; it passed {passed}."
        )


class NoScripts:
    """A mouse, in a browser where JavaScript is switched off."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.unseen: list[str] = []

    def types(self, label: str, words: str) -> None:
        """Fill in the box."""
        self.visitor.page.get_by_label(label, exact=True).filter(visible=True).fill(words)

    def ticks(self, label: str) -> None:
        """Click on the label."""
        self.visitor.page.get_by_label(label, exact=True).check()

    def chooses(self, label: str, option: str) -> None:
        """Choose the first line that begins like this."""
        box = self.visitor.page.get_by_label(label, exact=True)
        lines: list[str] = box.locator("option").all_inner_texts()
        box.select_option(label=next(line for line in lines if line.startswith(option)))

    def presses(self, button: str) -> None:
        """Click on the button."""
        self.visitor.presses(button)

    def follows(self, link: str) -> None:
        """Click on the link."""
        self.visitor.follows(link)
