"""The lock that queues writers of one process lets nobody wait for ever."""

from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from kit.sqlite import base
from people.models import Person

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL lets many write")


def _write(said: list[str]) -> None:
    try:
        with transaction.atomic():
            said.append(str(Person.objects.count()))
    except OperationalError as error:
        said.append(str(error))
    finally:
        connection.close()


def in_another_thread() -> str:
    said: list[str] = []
    writer = Thread(target=_write, args=[said])
    writer.start()
    writer.join()
    return said[0]


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_never_ends_is_named_and_the_next_one_comes_after_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(base, "PATIENCE_SECONDS", 0.05)
    with transaction.atomic():
        assert "another writer of this process does not end" in in_another_thread()
    assert in_another_thread() == "0"
