"""A person's own pages: settings that hold from the next page on, devices, signing out everywhere (G11)."""

from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kit import tasks
from kit.actions import Actor
from people import actions
from people.devices import name_of
from people.models import Person
from tests.people.conftest import PASSWORD
from tests.world import World

RTL = "نور <b>&amp; 🌱"


def typed(person: Person, **changes: object) -> dict[str, object]:
    """Return what Sam's settings form sends, with a fresh key."""
    form = {"name": person.name, "text_size": "normal", "colours": "device"}
    return {**form, "form_key": uuid4(), "seen_version": person.version, **changes}


@pytest.mark.parametrize("where", ["/me/", "/me/devices/", "/me/sign-out-everywhere/", "/me/places/"])
def test_own_pages_are_for_whoever_has_signed_in(world: World, sam: Client, where: str):
    assert sam.get(where).status_code == 200
    assert Client().get(where).headers["Location"] == f"/in/?next={where}"


def test_settings_hold_from_the_next_page_on(world: World, sam: Client):
    answer = sam.post(
        "/me/", typed(world.sam, name="Samina", text_size="large", colours="dark", low_data="on"), follow=True
    )
    page = answer.content.decode()
    assert 'data-text-size="large"' in page
    assert 'data-colours="dark"' in page
    assert 'data-low-data="on"' in page
    assert "Your settings are saved." in page
    world.sam.refresh_from_db()
    assert (world.sam.name, world.sam.version) == ("Samina", 2)


def test_the_same_form_again_has_one_effect(world: World, sam: Client):
    form = typed(world.sam, name="Samina")
    for _ in range(2):
        assert sam.post("/me/", form).status_code == 302
    world.sam.refresh_from_db()
    assert world.sam.version == 2


def test_the_same_key_with_other_words_shows_both_and_saves_neither_silently(world: World, sam: Client):
    key = uuid4()
    sam.post("/me/", typed(world.sam, name="Samina", form_key=key))
    answer = sam.post("/me/", typed(world.sam, name="Sammy", form_key=key))
    assert answer.status_code == 409
    assert "Sammy" in answer.content.decode()
    world.sam.refresh_from_db()
    assert world.sam.name == "Samina"


def test_a_stale_save_gets_both_texts_and_changes_nothing(world: World, sam: Client):
    sam.post("/me/", typed(world.sam, name="Samina"))
    answer = sam.post("/me/", typed(world.sam, name="Sammy"))
    assert answer.status_code == 409
    assert "Samina" in answer.content.decode()
    assert "Sammy" in answer.content.decode()
    world.sam.refresh_from_db()
    assert world.sam.name == "Samina"


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "x" * 81}, {"name": "a\x00b"}, {"text_size": "huge"}, {"colours": "<script>"}],
)
def test_what_makes_no_sense_is_said_and_not_kept(world: World, sam: Client, wrong: dict[str, str]):
    answer = sam.post("/me/", typed(world.sam, **wrong))
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    world.sam.refresh_from_db()
    assert (world.sam.name, world.sam.version) == ("Sam", 1)


def test_a_form_of_everything_changes_nothing_it_may_not(world: World, sam: Client):
    extra = {
        "email": "evil@example.org",
        "is_staff": "on",
        "is_active": "",
        "is_superuser": "on",
        "password": "x",
    }
    sam.post("/me/", typed(world.sam, name="Samina", **extra))
    person = Person.objects.get(pk=world.sam.pk)
    assert (person.name, person.email, person.is_staff) == ("Samina", "sam@example.org", False)
    assert person.is_active
    assert not person.is_superuser
    assert person.check_password(PASSWORD)


def test_a_name_may_hold_markup_and_writing_from_right_to_left(world: World, sam: Client):
    page = sam.post("/me/", typed(world.sam, name=RTL), follow=True).content.decode()
    assert "<b>&amp;" not in page
    assert "&lt;b&gt;" in page
    assert "نور" in page


def test_g15_settings_without_a_token_are_not_kept(world: World, sam: Client):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sam.cookies
    assert strict.post("/me/", typed(world.sam, name="Evil")).status_code == 403
    world.sam.refresh_from_db()
    assert world.sam.name == "Sam"


def test_devices_are_named_in_words_and_this_one_is_marked(sam: Client):
    page = sam.get("/me/devices/").content.decode()
    assert "Firefox on an Android device" in page
    assert "(this one)" in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1",
            "Safari on an iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on a Windows computer"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/130.0 Safari/537.36", "Chrome on a Chromebook"),
        ("<script>alert(1)</script>", "A browser on a device"),
        ("", "A browser on a device"),
    ],
)
def test_a_browser_has_a_name_people_know(says: str, words: str):
    assert name_of(says) == words


def other_device(world: World, name: str = "sam") -> Client:
    client = Client(headers={"user-agent": "Mozilla/5.0 (iPhone) Version/18 Safari/604"})
    client.post("/in/login/", {"login": f"{name}@example.org", "password": PASSWORD})
    assert client.get("/me/").status_code == 200
    return client


def test_g11_one_device_can_be_signed_out_and_the_other_stays(world: World, sam: Client):
    phone = other_device(world)
    listed = next(
        device for device, _ in sam.get("/me/devices/").context["devices"] if not device.is_this_one
    )
    sam.post("/me/devices/", {"device": listed.id, "form_key": uuid4()})
    assert phone.get("/me/").status_code == 302
    assert sam.get("/me/").status_code == 200


def test_g11_nobody_can_sign_out_a_device_of_somebody_else(world: World, sam: Client):
    amara = world.client("amara")
    phone = other_device(world)
    listed = sam.get("/me/devices/").context["devices"]
    for device, _ in listed:
        amara.post("/me/devices/", {"device": device.id, "form_key": uuid4()})
    assert phone.get("/me/").status_code == 200
    assert sam.get("/me/").status_code == 200


def test_the_list_of_devices_asks_as_often_for_thirty_as_for_one(world: World, sam: Client):
    sam.get("/me/devices/")
    counts = []
    for more in (0, 29):
        for _ in range(more):
            other_device(world)
        with CaptureQueriesContext(connection) as asked:
            sam.get("/me/devices/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_g11_signing_out_everywhere_ends_every_cookie(world: World, sam: Client):
    phone, forced = other_device(world), world.client("sam")
    amara = world.client("amara")
    old_cookies = [client.cookies["session"].value for client in (sam, phone, forced)]
    assert sam.get("/me/sign-out-everywhere/").status_code == 200
    assert sam.post("/me/sign-out-everywhere/", {"form_key": uuid4()}).headers["Location"] == "/in/"
    for cookie in old_cookies:
        replayed = Client()
        replayed.cookies["session"] = cookie
        assert replayed.get("/me/").status_code == 302
    assert amara.get("/me/").status_code == 200
    assert other_device(world).get("/me/").status_code == 200


def test_g11_a_look_at_signing_out_everywhere_ends_nothing(world: World, sam: Client):
    phone = other_device(world)
    sam.get("/me/sign-out-everywhere/")
    assert phone.get("/me/").status_code == 200


def test_g11_a_closed_account_is_out_at_once(world: World, sam: Client):
    actions.open_or_close(by=_operator(world), person=world.sam, is_active=False)
    assert sam.get("/me/").status_code == 302
    assert world.client("amara").get("/me/").status_code == 200


def test_g11_a_new_password_ends_the_other_devices_and_keeps_this_one(world: World, sam: Client):
    phone = other_device(world)
    sam.post(
        "/in/password/change/",
        {"oldpassword": PASSWORD, "password1": "another calm word", "password2": "another calm word"},
    )
    assert phone.get("/me/").status_code == 302
    assert sam.get("/me/").status_code == 200


def test_g11_a_session_ends_after_twelve_hours_however_busy(world: World):
    with time_machine.travel(timezone.now()) as clock:
        client = world.client("sam")
        for _ in range(11):
            assert client.get("/me/").status_code == 200
            clock.shift(3600)
        assert client.get("/me/").status_code == 200
        clock.shift(3601)
        assert client.get("/me/").status_code == 302


def test_w6_a_shared_device_is_signed_out_after_twenty_idle_minutes(world: World):
    world.sam.shares_device = True
    world.sam.save()
    with time_machine.travel(timezone.now()) as clock:
        shared, own = world.client("sam"), world.client("amara")
        for client in (shared, own):
            client.get("/me/")
        for _ in range(3):
            clock.shift(19 * 60)
            assert shared.get("/me/").status_code == 200
        clock.shift(20 * 60 + 1)
        assert shared.get("/me/").status_code == 302
        assert "We signed you out" in shared.get("/in/").content.decode()
        assert own.get("/me/").status_code == 200


@pytest.mark.parametrize(("address", "headers"), [("/me/?watch=yes", {}), ("/me/", {"HX-Request": "true"})])
def test_w6_a_page_that_looks_by_itself_keeps_nobody_signed_in(
    world: World, address: str, headers: dict[str, str]
):
    world.sam.shares_device = True
    world.sam.save()
    with time_machine.travel(timezone.now()) as clock:
        client = world.client("sam")
        client.get("/me/")
        clock.shift(15 * 60)
        assert client.get(address, headers=headers).status_code == 200
        clock.shift(6 * 60)
        assert client.get("/me/").status_code == 302


def test_w6_a_shared_device_forgets_at_the_end_of_the_browser(world: World, sam: Client):
    sam.get("/me/")
    assert sam.cookies["session"]["max-age"]
    page = sam.post("/me/", typed(world.sam, shares_device="on"), follow=True)
    assert sam.cookies["session"]["max-age"] == ""
    assert 'data-shared-device="on"' in page.content.decode()
    assert 'autocomplete="off"' in page.content.decode()


def test_w6_turning_the_shared_device_off_and_on_again_signs_nobody_out(world: World):
    with time_machine.travel(timezone.now()) as clock:
        client = world.client("sam")
        for version, shared in enumerate(["on", "", "on"], start=1):
            world.sam.refresh_from_db()
            form = typed(world.sam, shares_device=shared)
            assert client.post("/me/", form if shared else {**form, "shares_device": ""}).status_code == 302
            assert world.sam.version == version
            assert client.get("/me/").status_code == 200
            clock.shift(60 if shared else 3600)
        assert client.get("/me/").status_code == 200


def test_a_page_writes_to_the_session_at_most_once_a_minute(world: World):
    world.sam.shares_device = True
    world.sam.save()
    client = world.client("sam")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.get("/me/")
        noted = Session.objects.get(pk=client.session.session_key).session_data
        clock.shift(30)
        client.get("/me/")
        assert Session.objects.get(pk=client.session.session_key).session_data == noted
        clock.shift(31)
        client.get("/me/")
        assert Session.objects.get(pk=client.session.session_key).session_data != noted


def test_g11_what_is_over_is_forgotten_every_hour_and_nothing_else(world: World):
    with time_machine.travel(timezone.now()) as clock:
        over = world.client("sam")
        over.get("/me/")
        UserSession.objects.create(user=world.sam, session_key=over.session.session_key, ip="127.0.0.1")
        clock.shift(13 * 3600)
        going_on = world.client("sam")
        going_on.get("/me/")
        UserSession.objects.create(user=world.sam, session_key=going_on.session.session_key, ip="127.0.0.1")
        tasks.forget_what_is_old()
    assert [kept.pk for kept in Session.objects.all()] == [going_on.session.session_key]
    assert [kept.session_key for kept in UserSession.objects.all()] == [going_on.session.session_key]


def _operator(world: World) -> Actor:
    return Actor(person=world.olive)
