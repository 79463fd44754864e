"""A browser that remembers what went wrong in it: requests to elsewhere, errors, breaches of the policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from livingwell.needs import chromium

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = (360, 740)
DESK = (1280, 900)
EXPECTED_IN_CONSOLE = "Failed to load resource: the server responded with a status of"
"""Chromium's words for a page that answers 403, 404, 409 or 422: a test that minds looks at the status."""


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start the system's Chromium, and end it after the block."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """One person's browser window, and what was seen in it."""

    base_url: str
    context: BrowserContext
    page: Page
    elsewhere: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def opens(self, path: str) -> int:
        """Go to a path, and return the status it answers."""
        answer = self.page.goto(f"{self.base_url}{path}", wait_until="load")
        return answer.status if answer else 0

    def becomes(self, person: str) -> None:
        """Sign in on the demo's page, with one press on the button with this name, or this person's id."""
        self.opens("/demo/")
        named = self.page.get_by_role("button", name=person, exact=True)
        its_form = self.page.locator(f'form[action$="/{person}/"] button')
        with self.page.expect_navigation():
            named.or_(its_form).first.click()

    def presses(self, name: str) -> None:
        """Press the button called `name`, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def follows(self, name: str) -> None:
        """Follow the link called `name`."""
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()

    def reads(self) -> str:
        """Return the text of the page's main part."""
        return self.page.inner_text("main")

    def heading(self) -> str:
        """Return the page's one `h1`."""
        return self.page.inner_text("h1")

    def troubles(self) -> list[str]:
        """Return everything that should not have happened in this window."""
        return [*(f"left the host: {url}" for url in self.elsewhere), *self.errors]


def a_visitor(browser: Browser, base_url: str, size: tuple[int, int] = PHONE, **choices: Any) -> Visitor:
    """Open a window of its own, with no cookies. `choices` go to the browser context as they are."""
    viewport = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale="en-GB", **choices)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    visitor = Visitor(base_url, context, context.new_page())
    _watch(visitor)
    return visitor


def _watch(visitor: Visitor) -> None:
    host = urlsplit(visitor.base_url).netloc

    def sent(request: Request) -> None:
        if urlsplit(request.url).netloc not in {host, ""}:
            visitor.elsewhere.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED_IN_CONSOLE):
            visitor.errors.append(f"{visitor.page.url}: {message.text}")

    visitor.context.on("request", sent)
    visitor.context.on("console", said)
    visitor.context.on("weberror", lambda error: visitor.errors.append(f"{error.page}: {error.error}"))
