"""Nothing typed is lost, done twice, left behind on a shared device, or too heavy to load."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from livingwell.servers import ROOT
from tests.journeys.browsing import DESK, Visitor
from tests.journeys.conftest import Demo

HEAVIEST_FIRST_VIEW = 120 * 1024
CRISIS_LINES = ("tel:999", "tel:111", "tel:116123", "sms:85258")
DRAFT = "/s/thornbridge/why/draft/"
OURS, THEIRS = "Asking for help is as ordinary as rain.", "Asking for help is as ordinary as bread."

Opens = Callable[..., Visitor]


class TestTwoPeopleWriteAtOnce:
    def test_both_texts_stand_side_by_side_and_both_can_be_kept(self, visitor: Opens) -> None:
        first, second = self.given_two_people_before_the_same_draft(visitor)
        self.when_they_save(first, OURS)
        self.when_they_save(second, THEIRS)
        self.then_both_texts_are_shown(second)
        self.when_they_save(second, f"{OURS} {THEIRS}", button="Save what is in the form")
        self.then_the_draft_says(first, f"{OURS} {THEIRS}")

    def given_two_people_before_the_same_draft(self, visitor: Opens) -> tuple[Visitor, Visitor]:
        windows = visitor("Nadeem"), visitor("Nadeem")
        for window in windows:
            assert window.opens(DRAFT) == 200
            window.follows("Change the words")
        return windows

    def when_they_save(self, window: Visitor, words: str, button: str = "Save the words") -> None:
        window.page.get_by_label("Our vision", exact=True).fill(words)
        window.presses(button)

    def then_both_texts_are_shown(self, window: Visitor) -> None:
        cells = window.page.locator("table td").all_inner_texts()
        assert OURS in cells
        assert THEIRS in cells
        assert window.page.get_by_label("Our vision", exact=True).input_value() == THEIRS

    def then_the_draft_says(self, window: Visitor, words: str) -> None:
        window.opens(DRAFT)
        window.follows("Change the words")
        assert window.page.get_by_label("Our vision", exact=True).input_value() == words


class TestADoubleClick:
    @pytest.mark.parametrize("runs_scripts", [True, False])
    def test_has_one_effect(self, visitor: Opens, runs_scripts: bool) -> None:  # noqa: FBT001 - a parameter
        window = visitor("Amara", java_script_enabled=runs_scripts)
        window.opens("/s/harbour-city/gatherings/")
        window.page.locator("main a[href*='/gatherings/']:not([href*=plan])").last.click()
        window.follows("Add a worry")
        words = f"Nobody asked the night shift of day {time.monotonic_ns()}."
        window.page.get_by_label("What worries you?", exact=True).fill(words)
        self.when_the_button_is_pressed_twice(window)
        assert window.reads().count(words) == 1

    def when_the_button_is_pressed_twice(self, window: Visitor) -> None:
        window.page.locator("main form button[type=submit]").first.dblclick(no_wait_after=True)
        window.page.wait_for_load_state("networkidle")


class TestASharedDevice:
    def test_nothing_stays_behind_after_signing_out(self, visitor: Opens) -> None:
        window = visitor("Nadeem")
        self.given_half_a_sentence(window)
        session = self.session_of(window)
        window.opens("/in/logout/")
        window.presses("Sign out")
        self.then_the_device_remembers_nothing(window)
        assert session
        assert self.session_of(window) != session

    def test_going_back_shows_no_page_of_the_person_who_left(self, visitor: Opens) -> None:
        window = visitor("Nadeem")
        window.opens("/s/thornbridge/people/")
        window.opens("/in/logout/")
        window.presses("Sign out")
        window.opens("/s/thornbridge/people/")
        assert "/in/" in window.page.url
        window.page.go_back()
        assert "Thornbridge" not in window.page.inner_text("main")

    def given_half_a_sentence(self, window: Visitor) -> None:
        window.opens("/s/thornbridge/why/voices/add/")
        window.page.get_by_label("What was said?", exact=True).press_sequentially("My own words")
        window.page.wait_for_timeout(400)

    def then_the_device_remembers_nothing(self, window: Visitor) -> None:
        kept = "() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]"
        assert window.page.evaluate(kept) == []
        assert window.page.evaluate("async () => (await caches.keys()).length") == 0
        assert {cookie["name"] for cookie in window.context.cookies()} <= {"csrftoken", "messages", "session"}

    def session_of(self, window: Visitor) -> str | None:
        cookies = {cookie["name"]: cookie["value"] for cookie in window.context.cookies()}
        return cookies.get("session")


class TestTheFirstView:
    @pytest.mark.parametrize("path", ["", "why/", "gatherings/", "gatherings/<first>/", "me/"])
    def test_of_a_members_page_weighs_little(self, visitor: Opens, path: str) -> None:
        member = visitor("Amara")
        member.opens("/s/harbour-city/gatherings/")
        first = member.page.locator("main a[href*='/gatherings/']").first.get_attribute("href") or ""
        address = first if "<first>" in path else f"/s/harbour-city/{path}"
        assert weight_of_first_view(member, address) <= HEAVIEST_FIRST_VIEW


class TestCrisisLines:
    @pytest.mark.parametrize("path", ["/", "/in/", "/help/", "/no-such-page/", "/s/harbour-city/"])
    def test_stand_on_pages_for_everybody(self, visitor: Opens, path: str) -> None:
        window = visitor()
        window.opens(path)
        then_the_lines_are_there(window)

    def test_stand_on_pages_that_a_role_may_not_open(self, visitor: Opens) -> None:
        window = visitor("Grace")
        assert window.opens("/s/harbour-city/settings/") == 403
        then_the_lines_are_there(window)

    @pytest.mark.parametrize(
        "page", sorted((ROOT / "static" / "errors").glob("*.html")), ids=lambda page: page.stem
    )
    def test_stand_on_files_that_need_no_server(self, visitor: Opens, page: Path) -> None:
        window = visitor(java_script_enabled=False)
        window.page.set_content(page.read_text(encoding="utf-8"))
        then_the_lines_are_there(window)


class TestTheMenuOnAPhone:
    def test_closed_with_escape_keeps_the_focus_on_its_button(self, visitor: Opens) -> None:
        page = visitor("Gwen").page
        more = page.get_by_role("button", name="More")
        more.press("Enter")
        page.get_by_role("link", name="Progress").focus()
        page.keyboard.press("Escape")
        assert more.get_attribute("aria-expanded") == "false"
        assert more.evaluate("button => button === document.activeElement")


class TestEveryPage:
    def test_has_the_crisis_lines_and_one_heading(self, demo: Demo, visitor: Opens) -> None:
        windows: dict[str, Visitor] = {}
        for address in demo.addresses:
            if not address["path"]:
                continue
            person = address["person"] or ""
            if person not in windows:
                windows[person] = visitor(person)
            windows[person].opens(address["path"])
            then_the_lines_are_there(windows[person])
            assert windows[person].page.locator("h1").count() == 1, address["path"]


def then_the_lines_are_there(window: Visitor) -> None:
    for line in CRISIS_LINES:
        assert window.page.locator(f"a[href^='{line}']").count() > 0, (window.page.url, line)


def weight_of_first_view(member: Visitor, address: str) -> int:
    """Return how many bytes come over the wire for the page and all it needs, with nothing kept."""
    protocol = member.context.new_cdp_session(member.page)
    came: list[int] = []
    protocol.on("Network.loadingFinished", lambda event: came.append(int(event["encodedDataLength"])))
    protocol.send("Network.enable")
    protocol.send("Network.clearBrowserCache")
    member.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    member.opens(address)
    member.page.wait_for_load_state("networkidle")
    return sum(came)
