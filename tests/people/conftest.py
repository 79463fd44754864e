"""A cache of their own for these tests, since rate limits count in it, and what a letter says."""

import re
from collections.abc import Callable, Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from kit.models import Letter
from tests.world import World

PASSWORD = "three calm words"
CODE_IN_A_LETTER = "8712-3345"


@pytest.fixture(autouse=True)
def _fresh_cache_and_quick_passwords(settings: Settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def code_for(db: None) -> Callable[[str], str]:
    """Return the newest code that was sent to an address."""

    def newest(address: str) -> str:
        letter = Letter.objects.filter(address=address).order_by("-owed_at").first()
        assert letter is not None, "no letter"
        found = re.search(r"\b\d{4}-\d{4}\b", letter.facts["body"])
        assert found, letter.facts["body"]
        return found.group()

    return newest


@pytest.fixture
def sam(world: World) -> Client:
    """Return a browser in which Sam signed in with a password, as people do."""
    world.sam.set_password(PASSWORD)
    world.sam.save()
    client = Client(headers={"user-agent": "Mozilla/5.0 (Android 14) Gecko Firefox/130.0"})
    confirm_address(world, "sam")
    answer = client.post("/in/login/", {"login": "sam@example.org", "password": PASSWORD})
    assert answer.status_code == 302, answer.content
    return client


def confirm_address(world: World, name: str) -> None:
    """Say that somebody has shown before that their e-mail address is theirs."""
    EmailAddress.objects.filter(user=world.people[name]).update(verified=True)
