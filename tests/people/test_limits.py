"""Too many tries: one account is guarded closely, a room full of people gets in, nobody is out for good."""

from collections.abc import Callable

import time_machine
from django.test import Client
from django.utils import timezone

from kit.models import Letter
from tests.people.conftest import PASSWORD, confirm_address
from tests.world import World

CodeFor = Callable[[str], str]


def test_g14_five_wrong_passwords_are_enough_for_one_account_and_others_go_on(world: World):
    for name in ("sam", "amara"):
        world.people[name].set_password(PASSWORD)
        world.people[name].save()
        confirm_address(world, name)
    client = Client()
    for _ in range(5):
        assert client.post("/in/login/", {"login": "sam@example.org", "password": "x"}).status_code == 200
    answer = client.post("/in/login/", {"login": "sam@example.org", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "15 minutes" in answer.content.decode()
    assert client.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD}).status_code == 302


def test_g14_a_person_kept_out_by_wrong_passwords_still_gets_in_by_code(world: World, code_for: CodeFor):
    client = Client()
    for _ in range(6):
        client.post("/in/login/", {"login": "sam@example.org", "password": "x"})
    client.post("/in/login/code/", {"email": "sam@example.org"})
    client.post("/in/login/code/confirm/", {"code": code_for("sam@example.org")})
    assert client.get("/me/").status_code == 200


def test_g14_codes_have_a_limit_for_each_address_known_or_not(world: World):
    for who in ("sam@example.org", "nobody@example.org"):
        for _ in range(5):
            assert Client().post("/in/login/code/", {"email": who}).status_code == 302
        assert Client().post("/in/login/code/", {"email": who}).status_code == 429
        assert Letter.objects.filter(address=who).count() == 5


def test_g14_the_limit_ends_by_itself(world: World):
    with time_machine.travel(timezone.now()) as clock:
        tries = [Client().post("/in/login/code/", {"email": "sam@example.org"}) for _ in range(6)]
        assert tries[-1].status_code == 429
        clock.shift(15 * 60 + 1)
        assert Client().post("/in/login/code/", {"email": "sam@example.org"}).status_code == 302


def test_g14_a_forged_address_does_not_escape_the_limit(world: World):
    for number in range(5):
        client = Client(headers={"x-forwarded-for": f"10.0.0.{number}"})
        client.post("/in/login/", {"login": "sam@example.org", "password": "x"})
    client = Client(headers={"x-forwarded-for": "10.0.0.99"})
    assert client.post("/in/login/", {"login": "sam@example.org", "password": "x"}).status_code == 429


def test_g14_a_room_full_of_people_behind_one_address_gets_in(world: World):
    for number in range(40):
        assert (
            Client().post("/in/login/code/", {"email": f"somebody-{number}@example.org"}).status_code == 302
        )
