"""A server or worker whose database role could look past the walls does not start."""

import importlib

import pytest
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

import livingwell.celery  # noqa: F401 - connects what is tried here
from livingwell import servers


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


@pytest.mark.parametrize("address", ["http://localhost:99999", "http://localhost:x", "localhost", "http://"])
def test_serve_names_an_address_that_cannot_be(settings: Settings, address: str) -> None:
    settings.BASE_URL = address
    with pytest.raises(CommandError, match="LIVINGWELL_URL must be like http://localhost:8000"):
        call_command("serve")


def test_serve_takes_the_port_of_its_address(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(servers, "is_taken", lambda port: port == 8123)
    settings.BASE_URL = "http://localhost:8123"
    with pytest.raises(CommandError, match="Port 8123 is taken"):
        call_command("serve")
