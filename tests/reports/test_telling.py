"""Who is told that a report waits for them, and who is left alone."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kit.models import Letter
from kit.outbox import written
from kit.scope import opened
from people.models import Person
from programmes.models import ContactCard
from reports.models import Report
from tests.pages import queries
from tests.reports.reporting import make, name, page_of, release
from tests.world import World

HOME = "/s/harbour-city/"
MOST_QUERIES_OF_HOME = 16


def told() -> list[str]:
    return sorted(letter.address for letter in Letter.objects.filter(kind="report"))


def card(world: World, person: Person, **says: str) -> None:
    with opened(world.harbour):
        ContactCard.everywhere.create(scope=world.harbour, person=person, **says)


def steps_of(client: Client) -> list[str]:
    shown = client.get(HOME).context
    first = [shown["next_step"]] if shown["next_step"] else []
    return [step.title for step in [*first, *shown["more_steps"]]]


class TestALetter:
    def test_goes_to_who_is_named_for_a_released_report_once(self, world: World, report: Report) -> None:
        release(world, report, "named")
        assert told() == []
        for _ in range(2):
            name(world, report, world.grace)
        assert told() == [world.grace.email]

    def test_waits_for_the_release_and_is_not_sent_again(self, world: World, report: Report) -> None:
        name(world, report, world.grace)
        assert told() == []
        release(world, report, "named")
        report.refresh_from_db()
        release(world, report, "place")
        assert told() == [world.grace.email]

    def test_leads_to_the_report_and_says_nothing_of_its_words(self, world: World, report: Report) -> None:
        release(world, report, "named")
        name(world, report, world.grace)
        letter = Letter.objects.get(kind="report")
        assert letter.facts == {"place": "Harbour City", "path": page_of(report)}
        assert str(report.period) not in written(letter).body
        assert page_of(report) in written(letter).body
        assert world.client("grace").get(page_of(report)).status_code == 200

    @pytest.mark.parametrize(
        ("way", "address"),
        [("not", []), ("call", []), ("email", ["amara@elsewhere.example"])],
    )
    def test_goes_where_somebody_wants_to_be_reached(
        self, world: World, report: Report, way: str, address: list[str]
    ) -> None:
        card(world, world.amara, way=way, email="amara@elsewhere.example" if way == "email" else "")
        release(world, report, "named")
        name(world, report, world.amara)
        assert told() == address

    def test_needs_no_address_to_name_somebody(self, world: World, report: Report) -> None:
        Person.objects.filter(pk=world.amara.pk).update(email=None)
        world.amara.refresh_from_db()
        release(world, report, "named")
        name(world, report, world.amara)
        assert told() == []
        assert world.client("amara").get(page_of(report)).status_code == 200


class TestHome:
    def test_offers_it_to_who_is_named_and_to_nobody_else(self, world: World, report: Report) -> None:
        name(world, report, world.amara)
        assert "A report waits for you" not in steps_of(world.client("amara"))
        release(world, report, "named")
        assert "A report waits for you" in steps_of(world.client("amara"))
        for who in ("sam", "tomasz"):
            assert "A report waits for you" not in steps_of(world.client(who))

    def test_offers_it_for_a_month(self, world: World, report: Report) -> None:
        name(world, report, world.amara)
        release(world, report, "named")
        with time_machine.travel(timezone.now() + timedelta(days=32)):
            assert "A report waits for you" not in steps_of(world.client("amara"))

    def test_asks_the_database_no_more_for_many_of_them(self, world: World, report: Report) -> None:
        name(world, report, world.amara)
        release(world, report, "named")
        client = world.client("amara")
        one = queries(client, HOME)
        for _ in range(3):
            another = make(world)
            name(world, another, world.amara)
            release(world, another, "named")
        assert queries(client, HOME) == one <= MOST_QUERIES_OF_HOME
