"""What stands around every page: where one lands, the menu, the vision, and error pages in the same frame."""

import re

import pytest
from django.test import Client

from kit.actions import Actor
from people.models import Person
from programmes.actions import invite
from programmes.models import Membership, Site
from programmes.roles import WHOM_TO_TELL, Role
from tests.vision.whys import WORDS, adopted
from tests.world import LONG_AGO, World

LANDS_ON = {
    "sam": "/s/harbour-city/",
    "amara": "/s/harbour-city/",
    "helen": "/s/harbour-city/",
    "grace": "/s/harbour-city/progress/",
    "ruth": "/s/harbour-city/progress/",
    "priya": "/p/north/",
    "kit": "/p/north/",
    "olive": "/installation/",
}


class TestLanding:
    @pytest.mark.parametrize("person", LANDS_ON)
    def test_with_one_place_is_there_at_once(self, world: World, person: str) -> None:
        client = world.client(person)
        assert client.get("/").headers["Location"] == "/places/"
        assert client.get("/places/").headers["Location"] == LANDS_ON[person]
        assert client.get(LANDS_ON[person]).status_code == 200

    def test_with_two_places_offers_both(self, world: World) -> None:
        Membership.objects.create(
            person=world.kit, scope=world.harbour, role=Role.COMMISSIONER, since=LONG_AGO
        )
        page = world.client("kit").get("/places/").content.decode()
        assert "Harbour City" in page
        assert "Living Well North" in page

    def test_without_a_place_says_whom_to_ask(self, world: World) -> None:
        assert "You are not part of a place" in world.client("stranger").get("/places/").content.decode()

    def test_signed_out_is_the_front_page(self, db: None) -> None:
        page = Client().get("/").content.decode()
        assert "Change how a place answers distress, together" in page
        assert "Sign in" in page


def own_lines(site: Site, *what_for: str) -> None:
    lines = [{"what_for": name, "number": "01632 960 999", "link": "tel:01632960999"} for name in what_for]
    Site.objects.filter(pk=site.pk).update(support_lines=lines)


def links_in(html: str, start: str, end: str) -> list[str]:
    found = re.search(f"{start}(.*?){end}", html, re.DOTALL)
    return re.findall(r'href="(/[^"]*)"', found.group(1)) if found else []


class TestTheMenu:
    def test_has_seven_entries_at_most_and_each_opens(self, world: World) -> None:
        tried = 0
        for person in world.people:
            client = world.client(person)
            page = client.get("/places/", follow=True).content.decode()
            menu = links_in(page, '<nav class="nhsuk-header__navigation"', "</nav>")
            assert len(menu) <= 7
            for path in [*menu, *links_in(page, '<nav class="lw-running"', "</nav>")]:
                assert client.get(path).status_code == 200, (person, path)
                tried += 1
        assert tried > 40

    def test_of_a_member_follows_the_method(self, world: World) -> None:
        menu = world.client("amara").get("/s/harbour-city/").context["here"].menu
        assert [item.label for item in menu] == [
            "Home", "Come together", "Listen", "Our why", "Design", "Teams", "Progress",
        ]  # fmt: skip
        assert [item.label for item in menu if item.is_current] == ["Home"]

    def test_of_a_commissioner_begins_with_the_why(self, world: World) -> None:
        menu = world.client("grace").get("/s/harbour-city/progress/").context["here"].menu
        assert [item.label for item in menu] == ["Our why", "Progress", "Reports"]

    def test_has_a_second_row_for_whoever_runs_the_place(self, world: World) -> None:
        rows = {
            person: [
                item.label for item in world.client(person).get("/s/harbour-city/").context["here"].running
            ]
            for person in ("sam", "amara")
        }
        assert rows == {"sam": ["People", "Reports", "Settings"], "amara": []}


class TestTheGroups:
    def test_that_one_is_in_are_one_step_from_home(self, world: World) -> None:
        leo = world.client("leo")
        home = leo.get("/s/harbour-city/")
        team = f"/s/harbour-city/groups/{world.team.pk}/"
        assert f'<a href="{team}">Quayside team</a>' in home.content.decode()
        assert leo.get(team).status_code == 200
        assert team not in world.client("amara").get("/s/harbour-city/").content.decode()

    def test_stand_in_the_menu_of_whoever_has_no_home_here(self, world: World) -> None:
        menu = world.client("ruth").get("/s/harbour-city/progress/").context["here"].menu
        assert [entry.label for entry in menu] == ["Our why", "Progress", "Reports", "Harbour City board"]
        assert world.client("ruth").get(menu[-1].url).status_code == 200

    def test_people_are_one_step_from_a_members_home(self, world: World) -> None:
        link = '<a href="/s/harbour-city/people/">Who takes part</a>'
        assert link in world.client("amara").get("/s/harbour-city/").content.decode()
        assert link not in world.client("tomasz").get("/s/harbour-city/").content.decode()


class TestTheVision:
    def test_stands_under_the_header_and_in_the_footer_of_every_page(self, world: World) -> None:
        adopted(world)
        for path in ("", "why/", "progress/", "reports/", "me/"):
            page = world.client("amara").get(f"/s/harbour-city/{path}").content.decode()
            header, footer = page.split("<main")[0], page.split("<footer")[-1]
            assert WORDS in header
            assert WORDS in footer
            assert "Patience" in footer

    def test_that_is_not_there_yet_asks_for_words(self, world: World) -> None:
        page = world.client("amara").get("/s/harbour-city/").content.decode()
        assert "Still finding our words. Add yours." in page.split("<main")[0]
        assert ">Add yours</a>" in page.split("</main>")[1]

    def test_asks_nobody_for_words_who_may_not_add_any(self, world: World) -> None:
        Site.objects.filter(pk=world.harbour.pk).update(status=Site.Status.PAUSED)
        page = world.client("amara").get("/s/harbour-city/people/").content.decode()
        assert "Harbour City is still finding its words." in page
        assert "Add yours" not in page

    def test_of_a_neighbour_is_not_shown(self, world: World) -> None:
        adopted(world)
        assert WORDS not in world.client("nadia").get("/s/thornbridge/").content.decode()

    def test_is_offered_to_nobody_who_may_not_read_it(self, world: World) -> None:
        page = world.client("kit").get("/s/harbour-city/").content.decode()
        assert "/s/harbour-city/why/" not in page


class TestErrorPages:
    def test_stand_in_the_frame_of_the_place(self, world: World) -> None:
        adopted(world)
        for path in ("/s/harbour-city/settings/", "/s/harbour-city/gatherings/nothing/"):
            page = world.client("amara").get(path).content.decode()
            assert "Worried about someone?" in page
        page = world.client("amara").get("/s/harbour-city/settings/").content.decode()
        assert WORDS in page

    def test_lead_back_to_where_one_may_be(self, world: World) -> None:
        page = world.client("grace").get("/s/harbour-city/settings/").content.decode()
        assert "/s/harbour-city/progress/" in page
        assert 'href="/s/harbour-city/"' not in page

    def test_help_says_whom_to_call_in_ones_own_places_and_to_nobody_else(self, world: World) -> None:
        Site.objects.filter(pk=world.harbour.pk).update(contact_name="Sam", contact_phone="01632 960 001")
        assert 'href="tel:01632960001">01632 960 001' in world.client("amara").get("/help/").content.decode()
        for client in (Client(), world.client("ned")):
            assert "01632960001" not in client.get("/help/").content.decode()

    def test_help_names_whom_to_tell_to_everybody_of_the_place_and_to_nobody_else(self, world: World) -> None:
        named = ("<bdi>Omar</bdi>, safeguarding lead", "<bdi>Sam</bdi>, facilitator")
        for person in ("amara", "grace", "helen", "leo"):
            page = world.client(person).get("/help/").content.decode()
            assert all(words in page for words in named)
            assert "Ines" not in page
        for other in (Client(), world.client("ned"), world.client("kit"), world.client("stranger")):
            page = other.get("/help/").content.decode()
            assert not any(words in page for words in named)

    def test_help_names_nobody_whose_account_is_closed_and_nobody_twice(self, world: World) -> None:
        Membership.objects.create(
            person=world.sam, scope=world.harbour, role=Role.SAFEGUARDING_LEAD, since=LONG_AGO
        )
        Person.objects.filter(pk=world.omar.pk).update(is_active=False)
        page = world.client("amara").get("/help/").content.decode()
        assert "<bdi>Sam</bdi>, facilitator and safeguarding lead" in page
        assert "Omar" not in page

    def test_help_says_so_where_nobody_is_named(self, world: World) -> None:
        Membership.objects.filter(scope_id=world.harbour.pk, role__in=WHOM_TO_TELL).delete()
        assert "Nobody is named here yet" in world.client("amara").get("/help/").content.decode()

    @pytest.mark.parametrize(
        "path", ["/help/", "/me/", "/privacy/", "/method/", "/nowhere/", "/s/harbour-city/nowhere/"]
    )
    def test_the_lines_of_ones_own_place_stand_outside_it_too(self, world: World, path: str) -> None:
        own_lines(world.harbour, "Harbour night line")
        assert "Harbour night line" in world.client("amara").get(path).content.decode()
        for other in (Client(), world.client("ned"), world.client("stranger")):
            page = other.get(path, follow=True).content.decode()
            assert "Harbour night line" not in page
            assert "116 123" in page

    def test_whoever_is_in_two_places_finds_the_lines_of_both_each_once(self, world: World) -> None:
        own_lines(world.harbour, "Harbour night line", "Samaritans")
        own_lines(world.thornbridge, "Thornbridge night line", "Samaritans")
        Membership.objects.create(
            person=world.amara, scope=world.thornbridge, role=Role.COMMISSIONER, since=LONG_AGO
        )
        page = world.client("amara").get("/privacy/").content.decode()
        for line in ("Harbour night line", "Thornbridge night line", "Samaritans"):
            assert page.count(line) == 1

    def test_a_welcome_card_opens_on_the_lines_of_its_place(self, world: World) -> None:
        own_lines(world.harbour, "Harbour night line")
        invitation = invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
        assert "Harbour night line" in Client().get(f"/welcome/{invitation.secret}/").content.decode()

    @pytest.mark.parametrize("path", ["/", "/help/", "/privacy/", "/accessibility/", "/method/", "/in/"])
    def test_and_public_pages_name_the_crisis_lines(self, db: None, path: str) -> None:
        page = Client().get(path).content.decode()
        for number in ("999", "111", "116 123", "85258"):
            assert number in page
