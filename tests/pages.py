"""Opens pages and sends forms as one of the people every test knows."""

from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.world import World


def page(world: World, who: str, address: str) -> str:
    """Return the page as it is written, in one line."""
    answer = world.client(who).get(address)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def main(world: World, who: str, address: str) -> str:
    """Return the page's main part."""
    return page(world, who, address).split("<main")[1].split("</main>")[0]


def send(world: World, who: str, address: str, **said: Any) -> Any:
    """Send a form with a new key, unless one is given."""
    return world.client(who).post(address, {"form_key": uuid4(), **said})


def led_to(world: World, who: str, address: str) -> tuple[str, str]:
    """Open an address that leads on, and return where it leads and what is said there."""
    answer = world.client(who).get(address, follow=True)
    assert answer.redirect_chain, answer.status_code
    return answer.redirect_chain[-1][0], answer.content.decode()


def queries(client: Client, address: str) -> int:
    """Count what one page asks of the database."""
    client.get(address)  # the first page of a visit also notes the visit in the session
    with CaptureQueriesContext(connection) as counted:
        assert client.get(address).status_code == 200
    return len(counted)
