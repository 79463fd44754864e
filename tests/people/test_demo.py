"""The demo's way in: one press, invented people alone, and nowhere but in the demo."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from livingwell import demo_pages
from people.models import Person
from programmes.models import Membership
from programmes.roles import Role
from tests.world import LONG_AGO, World


@pytest.fixture
def demo(world: World, settings: Settings) -> Person:
    """Switch the demo on, and return one of its invented people."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.people.demo_urls"
    return _invented(world, "Mo")


def _invented(world: World, name: str) -> Person:
    person = Person.objects.add(name=name, email=f"{name.lower()}@demo.example")
    Membership.objects.create(person=person, scope=world.harbour, role=Role.FACILITATOR, since=LONG_AGO)
    return person


def test_one_press_and_you_are_somebody(world: World, demo: Person):
    client = Client()
    page = client.get("/demo/").content.decode()
    assert "Harbour City" in page
    assert "<bdi>Mo</bdi>" in page
    assert "facilitator" in page
    assert client.post(f"/demo/{demo.pk}/").headers["Location"] == "/"
    assert client.get("/me/").context["request"].user == demo
    assert client.session["second_factor"] == "demo"


def test_the_way_in_leads_to_the_demo_and_only_there(world: World, demo: Person, settings: Settings):
    assert "/demo/" in Client().get("/in/").content.decode()
    settings.DEMO = False
    assert "/demo/" not in Client().get("/in/").content.decode()


def test_real_people_are_neither_listed_nor_lent(world: World, demo: Person):
    assert "<bdi>Sam</bdi>" not in Client().get("/demo/").content.decode()
    for somebody in (world.sam, world.olive):
        client = Client()
        assert client.post(f"/demo/{somebody.pk}/").status_code == 404
        assert client.get("/me/").status_code == 302


def test_the_crowd_is_left_out_and_those_who_run_the_place_come_first(world: World, demo: Person):
    somebody = Person.objects.add(name="Abel", email="abel@demo.example")
    crowd = Person.objects.add(name="Zoe", email="person-7@demo.example")
    for person in (somebody, crowd):
        Membership.objects.create(
            person=person, scope=world.harbour, group=world.collaborative, role=Role.MEMBER, since=LONG_AGO
        )
    page = Client().get("/demo/").content.decode()
    assert page.index("<bdi>Mo</bdi>") < page.index("<bdi>Abel</bdi>")
    assert "Zoe" not in page


def test_a_look_signs_nobody_in_and_closed_accounts_stay_closed(world: World, demo: Person):
    client = Client()
    client.get(f"/demo/{demo.pk}/")
    assert client.get("/me/").status_code == 302
    demo.is_active = False
    demo.save()
    assert client.post(f"/demo/{demo.pk}/").status_code == 404
    assert client.post(f"/demo/{uuid4()}/").status_code == 404


def test_a_press_from_elsewhere_does_nothing(world: World, demo: Person):
    assert Client(enforce_csrf_checks=True).post(f"/demo/{demo.pk}/").status_code == 403


def test_the_list_asks_as_often_for_thirty_as_for_one(world: World, demo: Person):
    counts = []
    for more in (0, 29):
        for number in range(more):
            _invented(world, f"Mo{number}")
        with CaptureQueriesContext(connection) as asked:
            Client().get("/demo/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("address", "mode", "status"),
    [
        ("http://localhost:8000", "embedded", 200),
        ("http://127.0.0.1:8000", "production", 200),
        ("http://192.168.0.7:8000", "embedded", 200),
        ("http://192.168.0.7:8000", "production", 404),
        ("https://livingwell.example", "embedded", 404),
        ("https://localhost.livingwell.example", "embedded", 404),
    ],
)
def test_a_real_installation_refuses_the_demo(
    demo: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str, mode: str, status: int
):
    settings.BASE_URL, settings.IS_HTTPS = address, address.startswith("https:")
    monkeypatch.setattr(demo_pages, "is_embedded", lambda: mode == "embedded")
    client, works = Client(), status == 200
    assert client.get("/demo/").status_code == status
    assert client.post(f"/demo/{demo.pk}/").status_code == (302 if works else 404)
    assert client.get("/me/").status_code == (200 if works else 302)
    found = [error.id for error in demo_pages.the_demo_is_no_real_place(None)]
    assert found == ([] if works else ["livingwell.E010"])


def test_without_the_demo_its_pages_are_not_there(world: World, demo: Person, settings: Settings):
    settings.DEMO = False
    assert Client().get("/demo/").status_code == 404
    settings.ROOT_URLCONF = "livingwell.urls"
    assert Client().get("/demo/").status_code == 404
