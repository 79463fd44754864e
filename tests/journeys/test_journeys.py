"""The main journeys, by keyboard alone and with JavaScript off: nobody is left at the door."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from tests.journeys.browsing import DESK, Visitor
from tests.journeys.conftest import Demo
from tests.journeys.hands import Hand, Keyboard, NoScripts

CODE = re.compile(r"^\s*([A-Z0-9]{4}-?[A-Z0-9]{4})\s*$", re.MULTILINE)
NO_DAY_OF_A_MONTH = "37"
"""How many come: a number that stands in no date, so that finding it on a page means a count."""

PERSPECTIVES = (
    "Lived experience",
    "Carer",
    "Practitioner, statutory",
    "Practitioner, voluntary sector",
    "Manager",
    "Commissioner",
    "Community",
)
PATIENCE_SECONDS = 60


@pytest.fixture(params=[Keyboard, NoScripts], ids=["by keyboard alone", "with JavaScript off"])
def hand(request: pytest.FixtureRequest, visitor: Callable[..., Visitor]) -> Iterator[Hand]:
    """Give a window of an ordinary size, and one of the two ways to use it."""
    kind: type[Keyboard] | type[NoScripts] = request.param
    used = kind(visitor(size=DESK, java_script_enabled=kind is Keyboard))
    yield used
    assert used.unseen == [], "the keyboard stopped where nobody can see it"


def test_coming_in_with_one_press(hand: Hand) -> None:
    given_the_page(hand, "/demo/")
    hand.presses("Sam")
    then_they_are_at(hand, "Hello Sam")


def test_coming_in_with_a_code_that_stays_in_a_file(hand: Hand, demo: Demo) -> None:
    given_the_page(hand, "/in/login/code/")
    before = letters_in(demo.folder)
    hand.types("Your e-mail address", "gwen@demo.example")
    hand.presses("Keep a code in a file")
    hand.types("The code", when_the_letter_comes(demo.folder, before))
    hand.presses("Sign in")
    then_they_are_at(hand, "Hello Gwen")


def test_being_invited_and_saying_yes(hand: Hand) -> None:
    name = f"Nia {time.monotonic_ns()}"
    link = given_somebody_is_invited(hand, name)
    hand.visitor.context.clear_cookies()
    given_the_page(hand, link)
    hand.ticks("E-mail")
    hand.presses("I’m in")
    then_they_are_at(hand, f"Hello {name}")


def test_saying_no(hand: Hand) -> None:
    link = given_somebody_is_invited(hand, f"Nils {time.monotonic_ns()}")
    hand.visitor.context.clear_cookies()
    given_the_page(hand, link)
    hand.presses("No, thank you")
    then_they_are_at(hand, "That is fine")


def given_somebody_is_invited(hand: Hand, name: str) -> str:
    hand.visitor.becomes("Sam")
    hand.visitor.opens("/s/harbour-city/people/")
    hand.follows("Add a person")
    hand.types("The name they go by", name)
    hand.types("E-mail they sign in with (optional)", f"{name.replace(' ', '')}@demo.example")
    hand.ticks("Member of the Collaborative")
    hand.presses("Add them")
    return urlsplit(hand.visitor.page.inner_text("code")).path


def test_recording_a_gathering(hand: Hand) -> None:
    title = given_a_gathering_of_yesterday(hand, "Sam", "harbour-city")
    when_its_record_is_written(hand)
    when_something_was_agreed_and_somebody_worries(hand)
    then_the_gathering_tells(hand, title)


def test_writing_values_and_adopting_the_vision_in_the_room(hand: Hand) -> None:
    person, place = ("Ellis", "fenholm") if isinstance(hand, Keyboard) else ("Mair", "alderwick")
    title = given_a_gathering_of_yesterday(hand, person, place)
    when_its_record_is_written(hand)
    when_a_vision_is_written(hand, place)
    when_the_room_adopts_it(hand, place, title)
    then_the_vision_stands_on_every_page(hand, place)


def test_making_a_report_and_taking_it_along(hand: Hand) -> None:
    given_the_page(hand, "/demo/")
    hand.presses("Gwen")
    hand.visitor.opens("/s/millvale-and-dene/reports/")
    hand.follows("Make a report")
    when_the_last_whole_quarter_is_chosen(hand)
    hand.presses("Make the report")
    when_another_edition_is_meant(hand)
    then_its_pdf_is_the_one_that_the_page_names(hand)


def when_another_edition_is_meant(hand: Hand) -> None:
    """The demo has a report about these months already, so that the form asks once."""
    hand.visitor.page.get_by_role("link", name="Another one is worth making").wait_for()
    hand.presses("Make the report")


def given_the_page(hand: Hand, path: str) -> None:
    assert hand.visitor.opens(path) == 200


def given_a_gathering_of_yesterday(hand: Hand, person: str, place: str) -> str:
    title = f"Round the table {time.monotonic_ns()}"
    hand.visitor.becomes(person)
    hand.visitor.opens(f"/s/{place}/gatherings/")
    hand.follows("Plan a gathering")
    hand.types("What shall we call it?", title)
    yesterday = timezone.localdate() - timedelta(days=1)
    for box, number in (("Day", yesterday.day), ("Month", yesterday.month), ("Year", yesterday.year)):
        hand.types(box, str(number))
    hand.types("When does it start?", "2pm")
    hand.types("When does it end?", "4pm")
    hand.types("Where?", "The library, ground floor")
    hand.presses("Save the plan")
    return title


def when_its_record_is_written(hand: Hand) -> None:
    hand.follows("Record it")
    hand.types("What happened?", "We drank tea and drew what a good day looks like.")
    hand.types("How many people came in all?", NO_DAY_OF_A_MONTH)
    for number, perspective in enumerate(PERSPECTIVES, start=9):
        hand.types(f"{perspective}: how many people?", str(number))
    hand.presses("Keep the record")


def when_something_was_agreed_and_somebody_worries(hand: Hand) -> None:
    hand.follows("Add an agreement")
    hand.types("What did people agree?", "The agenda is written together.")
    hand.types("How did you come to it?", "Round the room; everybody can live with it.")
    hand.presses("Keep the agreement")
    hand.follows("Add a worry")
    hand.types("What worries you?", "The room has a step, and not everybody can come.")
    hand.presses("Keep my worry")


def when_a_vision_is_written(hand: Hand, place: str) -> None:
    hand.visitor.opens(f"/s/{place}/why/start/")
    hand.presses("Start the draft")
    hand.types("Our vision", "Nobody here is alone with it.")
    hand.presses("Save the words")
    hand.follows("Add a value")
    hand.types("What is the value called?", "Doors that stay open")
    hand.types("What do we promise?", "Nobody has to knock twice.")
    hand.presses("Add the value")
    hand.follows("Add a voice")
    hand.types("What was said?", "I want to be well in my own kitchen.")
    hand.types("Who says it, in general words?", "a neighbour")
    hand.ticks("Whoever says it lives here")
    hand.ticks("Whoever says it knows that everybody who can read our why will read it, and says yes")
    hand.presses("Keep this voice")


def when_the_room_adopts_it(hand: Hand, place: str, title: str) -> None:
    hand.visitor.opens(f"/s/{place}/why/draft/")
    hand.follows("Record that it was adopted")
    hand.chooses("At which gathering was it adopted?", title)
    hand.types("How did you come to agree?", "Read aloud twice; everybody said where they stand.")
    hand.ticks("The people in the room adopted these words, and I know that they stay as they are")
    hand.presses("Adopt these words")


def when_the_last_whole_quarter_is_chosen(hand: Hand) -> None:
    if isinstance(hand, Keyboard):
        hand.ticks(hand.visitor.page.locator("main label").first.inner_text().strip())
        hand.visitor.page.keyboard.press("ArrowDown")
    else:
        hand.visitor.page.get_by_role("radio").nth(1).check()


def when_the_letter_comes(folder: Path, before: set[Path]) -> str:
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        for letter in letters_in(folder) - before:
            if found := CODE.search(letter.read_text(encoding="utf-8")):
                return found.group(1)
        time.sleep(0.3)
    raise AssertionError("No letter with a code came.")


def letters_in(folder: Path) -> set[Path]:
    return set((folder / "letters").glob("*"))


def then_they_are_at(hand: Hand, heading: str) -> None:
    assert hand.visitor.heading() == heading


def then_the_gathering_tells(hand: Hand, title: str) -> None:
    told = hand.visitor.reads()
    assert hand.visitor.heading() == title
    for words in ("We drank tea", "The agenda is written together.", "The room has a step"):
        assert words in told
    assert NO_DAY_OF_A_MONTH not in told.replace(title, ""), "typed counts are nobody's to read (C2)"


def then_the_vision_stands_on_every_page(hand: Hand, place: str) -> None:
    hand.visitor.opens(f"/s/{place}/")
    assert "Nobody here is alone with it." in hand.visitor.page.inner_text("header")
    assert "Doors that stay open" in hand.visitor.page.inner_text("footer")


def then_its_pdf_is_the_one_that_the_page_names(hand: Hand) -> None:
    link = hand.visitor.page.get_by_role("link", name="Download the PDF")
    link.wait_for(timeout=PATIENCE_SECONDS * 1000)  # the page looks again by itself
    digest, address = link.get_attribute("data-sha256"), link.get_attribute("href")
    document = hand.visitor.context.request.get(f"{hand.visitor.base_url}{address}").body()
    assert document.startswith(b"%PDF-")
    assert hashlib.sha256(document).hexdigest() == digest
