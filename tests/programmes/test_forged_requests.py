"""Requests that no page of ours would send: keys of other forms, rows of other groups, another place."""

from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.models import Group, Locality, Membership
from programmes.roles import Role
from tests.world import World


def end(world: World, group: Group, row: Membership) -> str:
    return f"/s/{world.harbour.slug}/groups/{group.pk}/people/{row.person_id}/end/{row.pk}/"


def test_leaving_a_group_ends_a_role_in_that_group(world: World):
    row = Membership.objects.get(person=world.ruth, group=world.board)
    world.client("sam").post(end(world, world.board, row), {"form_key": uuid4()})
    assert not Membership.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("name", ["grace", "leo", "sam"])
def test_leaving_a_group_ends_no_role_held_elsewhere(world: World, name: str):
    row = Membership.objects.get(person=world.people[name])
    answer = world.client("sam").post(end(world, world.board, row), {"form_key": uuid4()})
    assert answer.status_code == 302
    assert Membership.objects.filter(pk=row.pk).exists()


def test_one_key_on_two_pages_stands_for_two_forms(world: World):
    key, sam = uuid4(), world.client("sam")
    for person in (world.tomasz, world.helen):
        row = Membership.objects.get(person=person)
        address = f"/s/harbour-city/people/{person.pk}/end/{row.pk}/"
        for _ in range(2):
            assert sam.post(address, {"form_key": key}).status_code in (302, 404)
        assert not Membership.objects.filter(pk=row.pk).exists(), person.name


def test_a_key_that_ended_a_role_can_make_a_link(world: World):
    key, sam = uuid4(), world.client("sam")
    row = Membership.objects.get(person=world.tomasz)
    sam.post(f"/s/harbour-city/people/{world.tomasz.pk}/end/{row.pk}/", {"form_key": key})
    answer = sam.post(f"/s/harbour-city/people/{world.amara.pk}/link/", {"form_key": key})
    assert answer.status_code == 200


def test_a_key_brings_no_words_over_from_a_place_that_one_has_left(world: World):
    key, sam = uuid4(), world.client("sam")
    role = Membership.objects.create(
        person=world.sam, scope=world.thornbridge, role=Role.FACILITATOR, since=timezone.now()
    )
    sam.post("/s/thornbridge/settings/localities/add/", {"form_key": key, "name": "Millside"})
    again = {"form_key": key, "name": "Riverside"}
    assert "Millside" in sam.post("/s/thornbridge/settings/localities/add/", again).content.decode()
    role.delete()
    answer = sam.post("/s/harbour-city/settings/localities/add/", again, follow=True)
    assert "Millside" not in answer.content.decode()
    assert Locality.objects.at(world.harbour).filter(name="Riverside").exists()


def test_a_settings_form_changes_what_it_asks_for_and_nothing_else(world: World):
    more = {
        "slug": "stolen",
        "status": "left",
        "within": world.farfield.within_id,
        "id": uuid4(),
        "version": 9,
    }
    said = {"form_key": uuid4(), "seen_version": 1, "name": "Harbour", "is_staff": "on", "kind": "programme"}
    assert world.client("sam").post("/s/harbour-city/settings/", {**more, **said}).status_code == 302
    world.harbour.refresh_from_db()
    now = world.harbour
    assert (now.name, now.slug, now.status, now.version) == ("Harbour", "harbour-city", "active", 2)
    assert now.within_id == world.programme.pk


def test_nobody_makes_themselves_an_operator_on_their_own_page(world: World):
    said = {
        "name": "Amara",
        "text_size": "normal",
        "colours": "light",
        "form_key": uuid4(),
        "seen_version": 1,
    }
    more = {
        "is_staff": "on",
        "is_superuser": "on",
        "email": "olive@example.org",
        "is_active": "",
        "role": "operator",
    }
    assert world.client("amara").post("/me/", {**more, **said}).status_code == 302
    world.amara.refresh_from_db()
    assert (world.amara.colours, world.amara.is_staff, world.amara.is_superuser) == ("light", False, False)
    assert world.amara.email == "amara@example.org"


@pytest.mark.parametrize("role", ["operator", "lived_experience", "carer", "programme_lead", "coach"])
def test_a_role_of_another_space_is_nobodys_here(world: World, role: str):
    address = f"/s/harbour-city/people/{world.amara.pk}/"
    answer = world.client("sam").post(address, {"form_key": uuid4(), "where": f":{role}"})
    assert answer.status_code == 422
    assert Membership.objects.filter(person=world.amara).count() == 1
