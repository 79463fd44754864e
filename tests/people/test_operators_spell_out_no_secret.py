"""What a list hides could be spelt out by filters; the admin filters by what it shows, and nothing else."""

import pytest
from django.utils import timezone

from kit.outbox import owe_letter
from tests.world import World

HIDDEN = [
    "kit/letter/?facts__link__startswith=http://localhost/welcome/S",
    "kit/letter/?address=amara@example.org",
    "kit/letter/?to__name=Amara",
    "kit/letter/?scope__isnull=False",
    "kit/job/?owed_to__name=Amara",
    "kit/job/?row_id__isnull=False",
    "people/person/?password__startswith=!",
    "people/person/?memberships__isnull=False",
    "people/person/?sessions_key__gt=5",
]
SHOWN = [
    "kit/letter/?kind__exact=invitation",
    "people/person/?is_active__exact=1",
    "kit/job/?state__exact=queued",
]


@pytest.fixture
def letter(world: World) -> None:
    facts = {"link": "http://localhost/welcome/SECRET/", "place": "", "works_until": "", "contact": ""}
    owe_letter(
        kind="invitation",
        to=world.amara,
        address="amara@example.org",
        scope=world.harbour,
        facts=facts,
        now=timezone.now(),
    )


@pytest.mark.parametrize("query", HIDDEN)
def test_nothing_hidden_can_be_asked_for(world: World, letter: None, query: str):
    assert world.client("olive").get(f"/operate/{query}").status_code == 400


@pytest.mark.parametrize("query", SHOWN)
def test_what_is_shown_can_be_filtered(world: World, letter: None, query: str):
    assert world.client("olive").get(f"/operate/{query}").status_code == 200
