"""What the rows of the why are called, and how they are reached."""

import pytest

from tests.vision.whys import adopted, sam
from tests.world import World
from vision import actions
from vision.models import Value, Vision, VisionVoice, Voice


def test_rows_with_peoples_words_are_named_by_their_id(world: World) -> None:
    vision = adopted(world)
    assert vision.adopted_in is not None
    vision.adopted_in.refresh_from_db()
    look = actions.look_again(
        at=world.harbour, by=sam(world), vision=vision, gathering=vision.adopted_in, what_we_found="Ours"
    )
    assert str(vision.pk) in str(look)
    assert str(Voice.everywhere.get().pk) in str(Voice.everywhere.get())
    assert str(vision.pk) in str(VisionVoice.everywhere.get())
    assert (str(vision), str(Value.everywhere.first())) == ("Version 1", "Kindness")


def test_a_place_sees_its_own_values(world: World) -> None:
    adopted(world)
    assert Value.objects.at(world.harbour).count() == 4
    assert not Value.objects.at(world.thornbridge).exists()
    with pytest.raises(AttributeError):
        Vision.objects.all()  # type: ignore[attr-defined]
