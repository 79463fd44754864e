"""Sends forms as a browser does: each with a key of its own, unless a test wants the same form twice."""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def send(client: Client, url: str, *, key: UUID | None = None, **fields: Any) -> Any:
    """Post `fields` with a form key."""
    return client.post(url, {"form_key": key or uuid4(), **fields})


def queries(client: Client, url: str) -> int:
    """Count what one page reads, once the session is warm; opening a scope is no reading."""
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return sum(query["sql"].startswith("SELECT") for query in caught)


def text_of(response: Any) -> str:
    """Return the page as the browser gets it."""
    return str(response.content.decode())
