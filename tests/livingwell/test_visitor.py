"""The visitor of `demo --check` on our real pages: what a form asks about once is answered, no refusal is."""

from datetime import UTC, datetime
from email.message import Message
from io import BytesIO
from typing import cast
from urllib.error import HTTPError
from urllib.parse import parse_qsl
from urllib.request import OpenerDirector, Request
from urllib.response import addinfourl

import pytest
import time_machine
from django.test import Client

from livingwell.visitor import Astray, Visitor
from reports.models import Report
from tests.reports.reporting import make
from tests.world import World

NEW_REPORT = "/s/harbour-city/reports/new/"


class NoNetwork:
    """Opens addresses in a browser of the tests."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def open(self, request: Request, timeout: float) -> addinfourl:
        body = request.data
        if body is None:
            answer = self.client.get(request.selector)
        else:
            answer = self.client.post(request.selector, dict(parse_qsl(cast(bytes, body).decode())))
        page, headers = BytesIO(answer.content), Message()
        if answer.status_code >= 400:
            raise HTTPError(request.full_url, answer.status_code, "", headers, page)
        return addinfourl(page, headers, request.full_url, answer.status_code)


@pytest.fixture
def visitor(world: World) -> Visitor:
    visitor = Visitor("http://localhost")
    visitor._opener = cast(OpenerDirector, NoNetwork(world.client("sam")))
    return visitor


class TestAsking:
    @time_machine.travel(datetime(2026, 7, 20, 9, tzinfo=UTC))
    @pytest.mark.parametrize("made_before", [0, 1])
    def test_of_months_that_were_reported_on_gives_another_edition(
        self, world: World, visitor: Visitor, made_before: int
    ) -> None:
        for _ in range(made_before):
            make(world)
        visitor.get(NEW_REPORT)
        visitor.send(NEW_REPORT, period="2026-04-01")
        assert Report.objects.at(world.harbour).count() == made_before + 1

    def test_of_months_that_are_not_offered_goes_astray(self, world: World, visitor: Visitor) -> None:
        visitor.get(NEW_REPORT)
        with pytest.raises(Astray, match="answered 422"):
            visitor.send(NEW_REPORT, period="2019-04-01")
        assert not Report.objects.at(world.harbour).exists()
