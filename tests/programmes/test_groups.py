"""The groups of a place: who sees which, making one, and who is in it."""

from typing import Any
from uuid import uuid4

import pytest

from kit.actions import Actor, Stray
from programmes import actions
from programmes.models import Group, Membership
from programmes.roles import Role, SpaceKind
from tests.programmes.sending import queries, send, text_of
from tests.world import World

GROUPS = "/s/harbour-city/groups/"


def _url(group: Group, page: str = "") -> str:
    return f"{GROUPS}{group.pk}/{page}"


class TestTheGroups:
    def test_a_member_sees_which_groups_there_are_and_opens_their_own(self, world: World) -> None:
        page = text_of(world.client("amara").get(GROUPS))
        assert "Quayside team" in page
        assert _url(world.collaborative) in page
        assert _url(world.team) not in page

    def test_the_facilitator_opens_each(self, world: World) -> None:
        page = text_of(world.client("sam").get(GROUPS))
        assert _url(world.collaborative) in page
        assert _url(world.team) in page

    def test_the_neighbours_groups_are_not_among_them(self, world: World) -> None:
        assert "Thornbridge" not in text_of(world.client("sam").get(GROUPS))

    def test_a_group_is_open_to_its_people_and_who_runs_the_place(self, world: World) -> None:
        for name, status in (("leo", 200), ("sam", 200), ("amara", 403), ("grace", 403), ("nadia", 404)):
            assert world.client(name).get(_url(world.team)).status_code == status

    def test_the_neighbours_group_is_not_there(self, world: World) -> None:
        client = world.client("sam")
        for page in ("", "change/", "join/"):
            assert client.get(_url(world.neighbours_collaborative, page)).status_code == 404

    def test_c1_its_people_stand_there_by_name_alone(self, world: World) -> None:
        page = text_of(world.client("leo").get(_url(world.team)))
        people = page.partition("Who is in it")[2].partition("</main>")[0]
        assert "Leo" in people
        assert "leader" not in people

    @pytest.mark.parametrize("name", ["amara", "sam"])
    def test_both_ask_as_few_questions_for_thirty_more(self, world: World, name: str) -> None:
        client = world.client(name)
        pages = (GROUPS, _url(world.collaborative))
        few = [queries(client, page) for page in pages]
        for number in range(30):
            actions.add_group(
                at=world.harbour, by=Actor(person=world.sam), kind=SpaceKind.MDT, name=f"Team {number}"
            )
            actions.add_person(
                at=world.harbour, by=Actor(person=world.sam), name=f"Bea {number}", roles=[Role.MEMBER]
            )
        assert [queries(client, page) for page in pages] == few
        assert max(few) <= 12


class TestMakingAGroup:
    def test_the_facilitator_makes_one_once(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        fields: dict[str, Any] = {
            "kind": "design_team",
            "name": "Design Team <one>",
            "purpose": "Ideas from what we heard",
        }
        pages = [send(client, f"{GROUPS}add/", key=key, **fields) for _ in range(2)]
        assert pages[0]["Location"] == pages[1]["Location"]
        page = text_of(client.get(pages[0]["Location"]))
        assert "Design Team &lt;one&gt;" in page

    def test_a_member_may_not(self, world: World) -> None:
        answer = send(world.client("amara"), f"{GROUPS}add/", kind="mdt", name="Mine")
        assert answer.status_code == 403

    def test_a_place_has_one_collaborative(self, world: World) -> None:
        answer = send(world.client("sam"), f"{GROUPS}add/", kind="collaborative", name="Another")
        assert answer.status_code == 422
        with pytest.raises(actions.CannotKeepGroup):
            actions.add_group(
                at=world.harbour, by=Actor(person=world.sam), kind="collaborative", name="Another"
            )

    def test_two_groups_have_two_names(self, world: World) -> None:
        answer = send(world.client("sam"), f"{GROUPS}add/", kind="mdt", name="quayside TEAM")
        assert answer.status_code == 422
        assert "Another group here has this name" in text_of(answer)

    def test_the_neighbour_may_use_the_same_name(self, world: World) -> None:
        answer = send(world.client("nadia"), "/s/thornbridge/groups/add/", kind="mdt", name="Quayside team")
        assert answer.status_code == 302


class TestChangingAGroup:
    def test_its_purpose_can_be_said_anew(self, world: World) -> None:
        url = _url(world.team, "change/")
        answer = send(
            world.client("sam"), url, seen_version=1, name="Quayside team", purpose="Near the water"
        )
        assert answer.status_code == 302
        world.team.refresh_from_db()
        assert (world.team.purpose, world.team.version) == ("Near the water", 2)

    def test_a_stale_change_shows_both_texts(self, world: World) -> None:
        url, client = _url(world.team, "change/"), world.client("sam")
        send(client, url, seen_version=1, name="Quayside team", purpose="First words")
        answer = send(client, url, seen_version=1, name="Quayside team", purpose="Second words")
        assert answer.status_code == 409
        assert "First words" in text_of(answer)
        assert "Second words" in text_of(answer)
        world.team.refresh_from_db()
        assert world.team.purpose == "First words"

    def test_a_team_leader_may_not(self, world: World) -> None:
        assert world.client("leo").get(_url(world.team, "change/")).status_code == 403


class TestWhoIsInAGroup:
    def test_somebody_of_the_place_joins_once(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            answer = send(client, _url(world.team, "join/"), key=key, person=world.helen.pk, role="member")
            assert answer.status_code == 302
        assert Membership.objects.filter(group=world.team, person=world.helen).count() == 1
        assert world.client("helen").get(_url(world.team)).status_code == 200

    def test_somebody_of_another_place_cannot_join(self, world: World) -> None:
        answer = send(world.client("sam"), _url(world.team, "join/"), person=world.nadia.pk, role="member")
        assert answer.status_code == 422
        with pytest.raises(Stray):
            actions.hold_role(
                at=world.harbour,
                by=Actor(person=world.sam),
                person=world.nadia,
                role=Role.MEMBER,
                group=world.team,
            )

    def test_a_role_of_another_kind_of_group_cannot_be_held(self, world: World) -> None:
        answer = send(
            world.client("sam"), _url(world.team, "join/"), person=world.helen.pk, role="board_member"
        )
        assert answer.status_code == 422

    def test_who_leaves_a_group_stays_in_the_place(self, world: World) -> None:
        row = Membership.objects.get(person=world.two_hats, group=world.collaborative)
        client, key = world.client("sam"), uuid4()
        url = _url(world.collaborative, f"people/{world.two_hats.pk}/end/{row.pk}/")
        for _ in range(2):
            assert send(client, url, key=key).status_code == 302
        assert [row.role for row in Membership.objects.filter(person=world.two_hats)] == [Role.COMMISSIONER]

    def test_a_member_takes_nobody_out(self, world: World) -> None:
        row = Membership.objects.get(person=world.two_hats, group=world.collaborative)
        url = _url(world.collaborative, f"people/{world.two_hats.pk}/end/{row.pk}/")
        assert send(world.client("amara"), url).status_code == 403
        assert Membership.objects.filter(pk=row.pk).exists()
