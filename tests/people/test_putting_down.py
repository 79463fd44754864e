"""Whoever was made something here can put it down by themselves, and keeps the rest."""

from uuid import uuid4

from programmes.models import Membership
from programmes.roles import Role
from tests.programmes.sending import queries, send, text_of
from tests.world import LONG_AGO, World

ROLES = "/s/harbour-city/me/roles/"


def made(world: World, name: str, role: Role) -> Membership:
    return Membership.objects.create(
        person=world.people[name], scope=world.harbour, role=role, since=LONG_AGO
    )


def test_one_reads_what_one_is_here_and_puts_one_thing_down(world: World) -> None:
    row, amara = made(world, "amara", Role.SAFEGUARDING_LEAD), world.client("amara")
    mine = text_of(amara.get("/s/harbour-city/me/"))
    assert ("Safeguarding lead" in mine, f'href="{ROLES}"' in mine) == (True, True)
    key = uuid4()
    assert send(amara, ROLES, key=key, membership=str(row.pk)).status_code == 302
    answer = send(amara, ROLES, key=key, membership=str(row.pk))
    assert (answer.status_code, "That has ended already" in text_of(answer)) == (422, True)
    assert [each.role for each in Membership.objects.filter(person=world.amara)] == [Role.MEMBER]
    assert amara.get("/s/harbour-city/").status_code == 200


def test_a_role_of_somebody_else_or_of_another_place_is_no_choice(world: World) -> None:
    elsewhere = Membership.objects.create(
        person=world.amara, scope=world.farfield, role=Role.MANAGER, since=LONG_AGO
    )
    for row in (Membership.objects.get(person=world.sam), elsewhere):
        assert send(world.client("amara"), ROLES, membership=str(row.pk)).status_code == 422
        assert Membership.objects.filter(pk=row.pk).exists()


def test_the_last_facilitator_stays_and_reads_why(world: World) -> None:
    row = Membership.objects.get(person=world.sam)
    page = send(world.client("sam"), ROLES, membership=str(row.pk))
    assert (page.status_code, "last facilitator" in text_of(page)) == (422, True)


def test_the_last_thing_is_leaving_and_the_page_says_so(world: World) -> None:
    marcus, row = world.client("marcus"), Membership.objects.get(person=world.marcus)
    assert "putting it down is leaving" in text_of(marcus.get(ROLES))
    assert "putting it down is leaving" not in text_of(world.client("two_hats").get(ROLES))
    send(marcus, ROLES, membership=str(row.pk))
    assert marcus.get("/s/harbour-city/me/").status_code == 404


def test_nothing_chosen_is_said_and_ends_nothing(world: World) -> None:
    page = send(world.client("amara"), ROLES)
    assert (page.status_code, "Choose what you put down" in text_of(page)) == (422, True)
    assert queries(world.client("amara"), "/s/harbour-city/me/") <= 12
