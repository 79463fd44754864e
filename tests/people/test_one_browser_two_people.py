"""A shared device: what was said to one person is not said to the next."""

from uuid import uuid4

from tests.world import World

SAID = "Amara is no longer on the list."


def take_off(world: World) -> str:
    return f"/s/harbour-city/people/{world.amara.pk}/remove/"


def test_a_message_is_shown_to_whom_it_is_for(world: World):
    answer = world.client("sam").post(take_off(world), {"form_key": uuid4()}, follow=True)
    assert SAID in answer.content.decode()


def test_a_message_that_nobody_read_is_gone_with_its_session(world: World):
    browser = world.client("sam")
    browser.post(take_off(world), {"form_key": uuid4()})
    browser.force_login(world.ruth, backend="django.contrib.auth.backends.ModelBackend")
    assert SAID not in browser.get("/me/").content.decode()


def test_whoever_is_signed_out_is_told_so_on_the_next_page(world: World):
    browser = world.client("sam")
    answer = browser.post("/me/sign-out-everywhere/", {"form_key": uuid4()}, follow=True)
    assert "You are signed out on every device." in answer.content.decode()
