"""A place's settings, help lines and localities, and resting."""

from typing import Any
from uuid import uuid4

import pytest

from kit.actions import Actor
from kit.scope import opened
from programmes import actions
from programmes.models import Locality, Site
from programmes.support import ENGLAND, lines_of
from tests.programmes.sending import send, text_of
from tests.world import World

SETTINGS = "/s/harbour-city/settings/"
LINES = f"{SETTINGS}help-lines/"
REST = "/s/harbour-city/rest/"


def _harbour() -> Site:
    return Site.objects.with_programme().get(slug="harbour-city")


def _locality(world: World, site: Site, name: str) -> Locality:
    return actions.add_locality(at=site, by=Actor(person=world.sam), name=name)


class TestSettings:
    def test_the_facilitator_changes_name_and_contact(self, world: World) -> None:
        answer = send(
            world.client("sam"),
            SETTINGS,
            seen_version=1,
            name="Harbour",
            contact_name="Sam",
            contact_phone="01632 960 001",
        )
        assert answer.status_code == 302
        site = _harbour()
        assert (site.name, site.contact_phone, site.version) == ("Harbour", "01632 960 001", 2)

    def test_a_stale_change_shows_both(self, world: World) -> None:
        client = world.client("sam")
        send(client, SETTINGS, seen_version=1, name="Harbour one")
        answer = send(client, SETTINGS, seen_version=1, name="Harbour two")
        assert answer.status_code == 409
        assert "Harbour one" in text_of(answer)
        assert "Harbour two" in text_of(answer)
        assert _harbour().name == "Harbour one"

    def test_the_same_form_twice_is_one_change(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            assert send(client, SETTINGS, key=key, seen_version=1, name="Harbour").status_code == 302
        assert _harbour().version == 2

    @pytest.mark.parametrize("phone", ["call me", "12", "0" * 16, "javascript:alert(1)"])
    def test_a_phone_number_is_one(self, world: World, phone: str) -> None:
        answer = send(world.client("sam"), SETTINGS, seen_version=1, name="Harbour", contact_phone=phone)
        assert answer.status_code == 422
        assert "Enter a phone number" in text_of(answer)

    @pytest.mark.parametrize("name", ["amara", "grace", "priya", "olive", "nadia"])
    def test_nobody_else_may(self, world: World, name: str) -> None:
        assert send(world.client(name), SETTINGS, seen_version=1, name="Mine").status_code in {403, 404}
        assert _harbour().name == "Harbour City"


class TestHelpLines:
    def test_england_s_stand_there_until_the_place_sets_its_own(self, world: World) -> None:
        assert "116 123" in text_of(world.client("sam").get(LINES))

    def test_the_place_sets_its_own(self, world: World) -> None:
        fields: dict[str, Any] = {"for_1": "The crisis house", "number_1": "01632 960 555", "way_1": "tel"}
        assert self.sure(world, fields).status_code == 302
        (line,) = lines_of(_harbour())
        assert (line.number, line.link) == ("01632 960 555", "tel:01632960555")
        assert 'href="tel:01632960555"' in text_of(world.client("amara").get("/s/harbour-city/people/"))

    def sure(self, world: World, fields: dict[str, Any]) -> Any:
        """Send it, and once more when it is asked about."""
        asked = send(world.client("sam"), LINES, seen_version=1, **fields).context["form"]["asked"].value()
        return send(world.client("sam"), LINES, seen_version=1, asked=asked, **fields)

    def test_999_goes_only_after_a_question(self, world: World) -> None:
        fields: dict[str, Any] = {"for_1": "The crisis house", "number_1": "01632 960 555", "way_1": "tel"}
        asked = send(world.client("sam"), LINES, seen_version=1, **fields)
        assert (asked.status_code, _harbour().support_lines) == (422, [])
        assert text_of(asked).count("999 would stand on no page") == 2, "in the summary, and beside the box"
        assert "A question first" in text_of(asked)
        with_999 = {**fields, "for_2": "If a life is at risk", "number_2": "999", "way_2": "tel"}
        assert send(world.client("sam"), LINES, seen_version=1, **with_999).status_code == 302
        asked = send(world.client("sam"), LINES, seen_version=2, **fields)
        assert asked.status_code == 422
        assert lines_of(_harbour())[1].link == "tel:999"

    def test_keeping_england_s_as_they_are_keeps_following_them(self, world: World) -> None:
        fields: dict[str, Any] = {}
        for number, line in enumerate(ENGLAND, start=1):
            way = line.link.partition(":")[0]
            fields |= {f"for_{number}": line.what_for, f"number_{number}": line.number, f"way_{number}": way}
        send(world.client("sam"), LINES, seen_version=1, **fields)
        assert _harbour().support_lines == []
        assert lines_of(_harbour()) == ENGLAND

    def test_a_known_text_line_keeps_its_word(self, world: World) -> None:
        fields: dict[str, Any] = {"for_1": "Text us", "number_1": "85258", "way_1": "sms"}
        self.sure(world, fields)
        assert lines_of(_harbour())[0].link == "sms:85258?body=SHOUT"

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"for_2": "A line without a number"}, "Line 2: enter the number, or empty the line"),
            ({"number_3": "01632 960 555"}, "Line 3: say what it is for, or empty the line"),
            ({"for_1": "Words", "number_1": "javascript:alert(1)"}, "Line 1: enter a phone number"),
            ({"for_1": "The \u202ehouse", "number_1": "111"}, "turn"),
        ],
    )
    def test_half_a_line_or_no_number_is_refused_beside_its_box(
        self, world: World, fields: dict[str, Any], says: str
    ) -> None:
        answer = send(world.client("sam"), LINES, seen_version=1, **fields)
        assert answer.status_code == 422
        assert text_of(answer).count(says) >= 2, "in the summary, and beside the box"
        assert _harbour().support_lines == []

    def test_each_line_is_a_group_with_its_name(self, world: World) -> None:
        page = text_of(world.client("sam").get(LINES))
        assert page.count("<fieldset") == page.count("<legend") == 6

    def test_a_stale_change_shows_both(self, world: World) -> None:
        client = world.client("sam")
        self.sure(world, {"for_1": "The first", "number_1": "01632 960 555"})
        answer = send(client, LINES, seen_version=1, for_1="The second", number_1="01632 960 556")
        assert answer.status_code == 409
        assert "The first" in text_of(answer)


class TestLocalities:
    def test_one_is_added_once(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            assert send(client, f"{SETTINGS}localities/add/", key=key, name="Quayside").status_code == 302
        with opened(world.harbour):
            assert [str(row) for row in Locality.objects.at(world.harbour)] == ["Quayside"]

    def test_two_have_two_names(self, world: World) -> None:
        _locality(world, world.harbour, "Quayside")
        _locality(world, world.thornbridge, "quayside")
        answer = send(world.client("sam"), f"{SETTINGS}localities/add/", name="QUAYSIDE")
        assert answer.status_code == 422

    def test_one_is_renamed_and_a_stale_rename_shows_both(self, world: World) -> None:
        locality, client = _locality(world, world.harbour, "Quayside"), world.client("sam")
        url = f"{SETTINGS}localities/{locality.pk}/"
        assert send(client, url, seen_version=1, name="The Quay").status_code == 302
        answer = send(client, url, seen_version=1, name="The Wharf")
        assert answer.status_code == 409
        assert "The Quay" in text_of(answer)

    def test_one_is_removed_once(self, world: World) -> None:
        locality, client, key = _locality(world, world.harbour, "Quayside"), world.client("sam"), uuid4()
        url = f"{SETTINGS}localities/{locality.pk}/remove/"
        assert "Remove Quayside?" in text_of(client.get(url))
        for _ in range(2):
            assert send(client, url, key=key).status_code == 302
        with opened(world.harbour):
            assert not Locality.objects.at(world.harbour).exists()

    def test_the_neighbours_is_not_there(self, world: World) -> None:
        theirs, client = _locality(world, world.thornbridge, "Mill End"), world.client("sam")
        for page in ("", "remove/"):
            url = f"{SETTINGS}localities/{theirs.pk}/{page}"
            assert client.get(url).status_code == 404
            assert send(client, url, seen_version=1, name="Ours").status_code == 404
        with opened(world.thornbridge):
            theirs.refresh_from_db()
        assert theirs.name == "Mill End"


class TestResting:
    @pytest.mark.parametrize("name", ["sam", "priya"])
    def test_a_place_pauses_with_a_reason_and_comes_back(self, world: World, name: str) -> None:
        client = world.client(name)
        paused = send(
            client, REST, seen_version=1, status="paused", status_reason="The hall is closed", agreed="on"
        )
        assert paused.status_code == 302
        assert _harbour().status == "paused"
        assert "The hall is closed" in text_of(client.get(REST))
        back = send(client, REST, seen_version=2, status="active", agreed="on")
        assert back.status_code == 302
        assert _harbour().is_at_work

    def test_while_it_rests_everything_is_read_and_only_people_come_and_go(self, world: World) -> None:
        client = world.client("sam")
        send(client, REST, seen_version=1, status="left", status_reason="Our money ended", agreed="on")
        page = text_of(client.get("/s/harbour-city/people/"))
        assert "Our money ended" in page
        assert "Add a person" in page
        assert client.get("/s/harbour-city/people/add/").status_code == 200
        assert client.get(SETTINGS).status_code == 403
        assert client.get(REST).status_code == 200

    def test_while_it_rests_every_page_says_so_and_each_entry_of_the_menu_opens(self, world: World) -> None:
        sam = world.client("sam")
        send(sam, REST, seen_version=1, status="paused", status_reason="Our hall is closed", agreed="on")
        here = sam.get("/s/harbour-city/").context["here"]
        for entry in (*here.menu, *here.running):
            page = sam.get(entry.url)
            assert (page.status_code, "Our hall is closed" in text_of(page)) == (200, True), entry

    def test_the_way_back_is_shown_to_those_who_may_take_it(self, world: World) -> None:
        link = f'<a href="{REST}">Say that it comes back</a>'
        assert link not in text_of(world.client("sam").get("/s/harbour-city/"))
        send(world.client("sam"), REST, seen_version=1, status="paused", status_reason="No hall", agreed="on")
        assert link in text_of(world.client("sam").get("/s/harbour-city/"))
        assert link not in text_of(world.client("amara").get("/s/harbour-city/"))

    def test_c2_what_people_said_about_themselves_stays_theirs_to_change(self, world: World) -> None:
        send(world.client("sam"), REST, seen_version=1, status="paused", status_reason="No hall", agreed="on")
        amara, card = world.client("amara"), "/s/harbour-city/me/"
        assert amara.get(card).status_code == 200
        assert send(amara, card, way="text", phone="07700 900123").status_code == 302

    @pytest.mark.parametrize(
        "fields",
        [
            {"status": "paused", "agreed": "on"},
            {"status": "paused", "status_reason": "Why"},
            {"status": "active", "status_reason": "Why", "agreed": "on"},
            {"status": "gone", "status_reason": "Why", "agreed": "on"},
        ],
    )
    def test_without_a_reason_a_tick_or_a_change_nothing_happens(
        self, world: World, fields: dict[str, Any]
    ) -> None:
        assert send(world.client("sam"), REST, seen_version=1, **fields).status_code == 422
        assert _harbour().is_at_work

    def test_the_same_form_twice_is_one_pause(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        fields: dict[str, Any] = {
            "seen_version": 1,
            "status": "paused",
            "status_reason": "Why",
            "agreed": "on",
        }
        for _ in range(2):
            assert send(client, REST, key=key, **fields).status_code == 302
        assert _harbour().version == 2

    @pytest.mark.parametrize(
        ("name", "status"), [("kit", 403), ("amara", 403), ("grace", 403), ("nadia", 404)]
    )
    def test_nobody_else_may(self, world: World, name: str, status: int) -> None:
        answer = send(
            world.client(name), REST, seen_version=1, status="left", status_reason="Why", agreed="on"
        )
        assert answer.status_code == status
        assert _harbour().is_at_work


def test_an_old_pause_sent_again_says_that_it_was_undone_since(world: World) -> None:
    client, key = world.client("sam"), uuid4()
    said = {"status": "paused", "status_reason": "Flood", "agreed": "on"}
    said |= {"form_key": str(key), "seen_version": str(world.harbour.version)}
    for words in ("Done. Everybody here can read", "This was done before, and undone since"):
        assert words in text_of(client.post("/s/harbour-city/rest/", said, follow=True))
        Site.objects.filter(pk=world.harbour.pk).update(status="active")
