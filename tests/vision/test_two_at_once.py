"""Two people at the same words, or one person tapping twice: nothing that was typed is lost."""

from uuid import uuid4

from tests.collaboratives.gatherings import hold
from tests.vision.whys import adopt, draft, sam, value, voice
from tests.world import World
from vision import actions
from vision.models import Value, Vision

WHY = "/s/harbour-city/why"


def test_words_written_while_others_adopted_stay_on_the_page(world: World):
    vision = draft(world)
    voice(world)
    seen = vision.version
    adopt(world, vision)
    said = {"statement": "Words that took me an hour", "seen_version": seen, "form_key": uuid4()}
    answer = world.client("sam").post(f"{WHY}/write/", said)
    assert answer.status_code == 409
    assert answer.content.decode().count("Words that took me an hour") == 2, (
        "beside what stands, and in the form"
    )
    again = {**said, "seen_version": Vision.everywhere.get(pk=vision.pk).version, "form_key": uuid4()}
    refused = world.client("sam").post(f"{WHY}/write/", again)
    assert refused.status_code == 422
    assert "Words that took me an hour" in refused.content.decode()
    assert Vision.everywhere.get(pk=vision.pk).statement == vision.statement


def test_a_value_typed_while_others_adopted_stays_on_the_page(world: World):
    vision = draft(world)
    voice(world)
    adopt(world, vision)
    said = {"name": "Courage", "meaning": "We say it", "form_key": uuid4()}
    answer = world.client("sam").post(f"{WHY}/values/add/", said)
    assert answer.status_code == 422
    assert "We say it" in answer.content.decode()
    assert not Value.everywhere.exists()


def test_two_taps_adopt_once_and_land_on_the_why(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    said = {
        "gathering": gathering.pk,
        "how_agreed": "We read it aloud",
        "sure": "on",
        "seen_version": vision.version,
        "form_key": uuid4(),
    }
    for _ in range(2):
        answer = world.client("sam").post(f"{WHY}/adopt/", said)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{WHY}/")
    assert Vision.objects.at(world.harbour).adopted().count() == 1


def test_two_taps_take_a_value_out_once_and_land_on_the_draft(world: World):
    kindness = value(world, draft(world))
    said = {"form_key": uuid4()}
    for _ in range(2):
        answer = world.client("sam").post(f"{WHY}/values/{kindness.pk}/remove/", said)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{WHY}/write/")
    assert not Value.everywhere.exists()


def test_values_that_changed_since_they_were_read_are_read_again_before_they_are_adopted(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    kindness = value(world, vision)
    read = world.client("sam").get(f"{WHY}/adopt/").context["form"].initial
    actions.change_value(
        at=world.harbour, by=sam(world), value=kindness, name="Kindness", meaning="Something else"
    )
    said = {"gathering": gathering.pk, "how_agreed": "We read it aloud", "sure": "on", "form_key": uuid4()}
    seen = {name: read[name] for name in ("seen_version", "values_read")}
    answer = world.client("sam").post(f"{WHY}/adopt/", {**said, **seen})
    assert answer.status_code == 422
    assert "Somebody changed the values" in answer.content.decode()
    assert Vision.objects.at(world.harbour).drafts().exists()
    now = {"seen_version": vision.version, "values_read": answer.context["form"]["values_read"].value()}
    assert world.client("sam").post(f"{WHY}/adopt/", {**said, **now}).status_code == 302
    assert Vision.objects.at(world.harbour).adopted().get() == vision
