"""A server or worker whose database role could look past the walls does not start."""

import importlib

import pytest
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

import livingwell.celery  # noqa: F401 - connects what is tried here


def refuses() -> None:
    raise ImproperlyConfigured("The database role is a superuser.")


@pytest.mark.parametrize("door", ["livingwell.asgi", "livingwell.wsgi"])
def test_a_door_asks_for_the_role(monkeypatch: pytest.MonkeyPatch, door: str) -> None:
    asked = []
    monkeypatch.setattr("kit.checks.refuse_unsafe_role", lambda: asked.append(door))
    module = importlib.reload(importlib.import_module(door))
    assert asked
    assert callable(module.application)
    monkeypatch.setattr("kit.checks.refuse_unsafe_role", refuses)
    with pytest.raises(ImproperlyConfigured):
        importlib.reload(module)


def test_a_worker_asks_for_the_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kit.checks.refuse_unsafe_role", refuses)
    with pytest.raises(SystemExit, match="superuser"):
        worker_init.send(sender=None)
