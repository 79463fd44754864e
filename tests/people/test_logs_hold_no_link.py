"""A one-time link that still works stands in no line of the log."""

import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from kit.actions import Actor
from livingwell.discretion import Discreet
from programmes import actions
from tests.world import World


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """Write lines as the console does."""
    assert any(isinstance(kept, Discreet) for each in logging.getLogger().handlers for kept in each.filters)
    discreet = Discreet()
    caplog.handler.addFilter(discreet)
    yield caplog
    caplog.handler.removeFilter(discreet)


def test_an_answer_that_wants_more_words_names_the_page_and_not_the_link(
    world: World, lines: pytest.LogCaptureFixture
):
    invited = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    answer = Client().post(f"/welcome/{invited.secret}/", {"form_key": uuid4(), "name": "", "way": "not"})
    assert answer.status_code == 422
    assert "/welcome/…/" in lines.text
    assert invited.secret not in lines.text


def test_a_refused_forgery_names_the_page_and_not_the_link(world: World, lines: pytest.LogCaptureFixture):
    invited = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    Client(enforce_csrf_checks=True).post(f"/welcome/{invited.secret}/", {"name": "Amara"})
    assert "/welcome/…/" in lines.text
    assert invited.secret not in lines.text


@pytest.mark.parametrize(
    "address", ["/welcome/{0} {1} {0} {1} {0}/", "/welcome//{0}-{1}-{0}-{1}-{0}/", "/{0}-{1}-{0}-{1}-{0}/"]
)
def test_a_code_is_blanked_however_it_was_typed(lines: pytest.LogCaptureFixture, address: str):
    logging.getLogger("django.request").warning("Not Found: %s", address.format("7k3m", "q0xz"))
    assert "7k3m" not in lines.text
    assert "q0xz" not in lines.text


def test_other_addresses_stay_whole(lines: pytest.LogCaptureFixture):
    logging.getLogger("django.request").warning("%s: %s", "Not Found", "/s/harbour-city/why/")
    assert "/s/harbour-city/why/" in lines.text
    row = str(uuid4())
    logging.getLogger("django.request").warning("%s: %s", "Not Found", f"/s/harbour-city/people/{row}/")
    assert row in lines.text


def test_a_denied_page_is_one_line_and_a_fault_keeps_its_trace(world: World, lines: pytest.LogCaptureFixture):
    assert world.client("amara").get("/s/harbour-city/settings/").status_code == 403
    assert "Forbidden (Permission denied): /s/harbour-city/settings/" in lines.text
    assert "Traceback" not in lines.text
    try:
        raise ValueError("a fault of ours")
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error")
    assert "Traceback" in lines.text
