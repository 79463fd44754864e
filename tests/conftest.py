"""What every test can ask for: the two neighbouring places and their people."""

import pytest

from tests import world as worlds


@pytest.fixture
def world(db: None) -> worlds.World:
    """Return the places and people that every test knows, fresh in each test."""
    return worlds.build()
