"""Who is told that a report waits for them, and who is left alone."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.models import Job, Letter
from kit.outbox import written
from kit.scope import opened
from people.models import Person
from programmes.actions import remove_person
from programmes.models import ContactCard
from reports.models import Report
from tests.pages import main, queries
from tests.reports.reporting import make, name, page_of, release, unname
from tests.world import World

HOME = "/s/harbour-city/"
PROGRESS = "/s/harbour-city/progress/"
REPORTS = "/s/harbour-city/reports/"
WAITS = "A report waits for you"
MOST_QUERIES_OF_HOME = 16
MOST_QUERIES = 12


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

    def test_waits_once_however_often_somebody_is_named_and_once_for_each_report(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        for _ in range(3):
            unname(world, report, world.grace)
            name(world, report, world.grace)
        assert told() == [world.grace.email]
        name(world, report, world.ruth)
        name(world, release(world, make(world), "named"), world.grace)
        assert told() == sorted(str(person.email) for person in (world.grace, world.grace, world.ruth))

    def test_that_waits_is_called_back_when_somebody_is_taken_off_the_list(
        self, world: World, report: Report
    ) -> None:
        other = make(world)
        for one in (report, other):
            name(world, release(world, one, "named"), world.grace)
            name(world, one, world.ruth)
        unname(world, report, world.grace)
        assert told() == sorted(str(person.email) for person in (world.grace, world.ruth, world.ruth))
        owed = Job.objects.filter(kind="send_letter").values_list("row_id", flat=True)
        assert {*owed} == {*Letter.objects.values_list("pk", flat=True)}, "a job without its letter"

    def test_that_waits_is_called_back_when_who_leads_the_programme_leaves_it(
        self, world: World, report: Report
    ) -> None:
        release(world, report, "named")
        for reader in (world.kit, world.grace):
            name(world, report, reader)
        remove_person(at=world.programme, by=Actor(person=world.priya), person_id=world.kit.pk)
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


class TestWhoIsNamed:
    @pytest.fixture(autouse=True)
    def letters(self, settings: Any) -> Any:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        return settings

    def test_hears_by_letter_as_the_page_says(self, world: World, report: Report) -> None:
        page = main(world, "sam", page_of(report, "readers/"))
        assert "They get an e-mail once the report is released: at the address on their" in page
        assert "contact card, or else at the one they sign in with" in page

    def test_hears_from_a_person_where_no_letter_leaves(
        self, world: World, report: Report, letters: Any
    ) -> None:
        letters.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        page = main(world, "sam", page_of(report, "readers/"))
        assert "This installation sends no e-mails yet. Tell them yourself." in page
        assert "get an e-mail" not in page


class TestProgressAndTheList:
    @pytest.mark.parametrize("who", ["grace", "ruth"])
    def test_tell_who_lands_there_until_they_have_opened_it(
        self, world: World, report: Report, who: str
    ) -> None:
        name(world, report, world.people[who])
        assert WAITS not in main(world, who, PROGRESS)
        release(world, report, "named")
        assert f'<a href="{page_of(report)}">{report.period}</a>.</p></div>' in main(world, who, PROGRESS)
        assert "It waits for you" in main(world, who, REPORTS)
        assert world.client(who).get(page_of(report)).status_code == 200
        assert WAITS not in main(world, who, PROGRESS)
        assert "It waits for you" not in main(world, who, REPORTS)

    def test_tell_nobody_who_is_not_named(self, world: World, report: Report) -> None:
        name(world, report, world.grace)
        release(world, report, "place")
        for who in ("sam", "ruth", "tomasz"):
            assert WAITS not in main(world, who, PROGRESS)
            assert "It waits for you" not in main(world, who, REPORTS)

    def test_mark_it_in_the_list_for_a_coach_and_no_other(self, world: World, report: Report) -> None:
        release(world, report, "named")
        another = release(world, make(world), "named")
        for each in (report, another):
            name(world, each, world.kit)
        assert main(world, "kit", REPORTS).count("It waits for you") == 1

    @pytest.mark.parametrize("path", [PROGRESS, REPORTS])
    def test_ask_the_database_no_more_for_many_of_them(self, world: World, report: Report, path: str) -> None:
        name(world, release(world, report, "named"), world.grace)
        client = world.client("grace")
        one = queries(client, path)
        for _ in range(3):
            name(world, release(world, make(world), "named"), world.grace)
        assert queries(client, path) == one <= MOST_QUERIES


class TestHome:
    def test_offers_it_no_more_to_who_has_opened_it_on_any_device(self, world: World, report: Report) -> None:
        for reader in (world.amara, world.tomasz):
            name(world, report, reader)
        release(world, report, "named")
        world.client("amara").get(page_of(report))
        assert WAITS not in steps_of(world.client("amara"))
        assert WAITS in steps_of(world.client("tomasz"))

    def test_offers_another_one_that_was_not_opened(self, world: World, report: Report) -> None:
        newer = make(world)
        for each in (report, newer):
            name(world, release(world, each, "named"), world.amara)
        amara = world.client("amara")
        amara.get(page_of(newer))
        step = amara.get(HOME).context["next_step"]
        assert (step.title, step.url) == (WAITS, page_of(report))

    def test_offers_it_to_who_is_named_and_to_nobody_else(self, world: World, report: Report) -> None:
        name(world, report, world.amara)
        assert WAITS not in steps_of(world.client("amara"))
        release(world, report, "named")
        assert WAITS in steps_of(world.client("amara"))
        for who in ("sam", "tomasz"):
            assert WAITS not in steps_of(world.client(who))

    def test_offers_it_for_a_month(self, world: World, report: Report) -> None:
        name(world, report, world.amara)
        release(world, report, "named")
        with time_machine.travel(timezone.now() + timedelta(days=32)):
            assert WAITS not in steps_of(world.client("amara"))

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
