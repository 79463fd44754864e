"""What operators see: accounts and health behind the same door, and nothing that anybody said."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.models import Job, Kept, Letter, Owned
from kit.outbox import owe_letter
from people import actions
from people.models import Person
from programmes.models import ContactCard, Site
from tests.people.conftest import CODE_IN_A_LETTER
from tests.world import World

LISTS = ["people/person", "programmes/programme", "programmes/site", "kit/job", "kit/letter"]


def owed(world: World) -> Letter:
    return owe_letter(
        kind="account",
        to=world.sam,
        address="sam@example.org",
        facts={"subject": "Your code", "body": CODE_IN_A_LETTER},
        now=timezone.now(),
    )


def test_the_lists_hold_directory_and_queue_and_never_content():
    kinds = list(admin.site._registry)
    assert {f"{kind._meta.app_label}/{kind._meta.model_name}" for kind in kinds} == set(LISTS)
    assert not any(issubclass(kind, Owned) for kind in kinds)
    assert {getattr(kind, "kept", None) for kind in kinds} == {Kept.DIRECTORY, Kept.QUEUE}


def test_content_cannot_be_put_on_a_list():
    with pytest.raises(ImproperlyConfigured):
        admin.site.register(ContactCard)


@pytest.mark.parametrize("where", ["", *(f"{name}/" for name in LISTS)])
def test_operators_read_the_lists_and_nobody_else_does(world: World, where: str):
    owed(world)
    assert world.client("olive").get(f"/operate/{where}").status_code == 200
    for name in ("sam", "priya", "stranger"):
        assert world.client(name).get(f"/operate/{where}", follow=True).status_code == 403
    landed = Client().get(f"/operate/{where}", follow=True).redirect_chain[-1][0]
    assert landed.startswith("/in/?next=/operate/")


@pytest.mark.parametrize("where", ["", "people/person/"])
def test_the_lists_look_like_ours_and_carry_the_crisis_lines(world: World, where: str):
    page = world.client("olive").get(f"/operate/{where}").content.decode()
    assert "operators.css" in page
    assert "tel:999" in page


def test_the_admin_has_no_door_of_its_own(world: World):
    answer = Client().post("/operate/login/", {"username": "olive@example.org", "password": "x"})
    assert answer.headers["Location"].startswith("/in/?next=")


def test_a_letter_shows_when_it_left_and_not_what_it_says(world: World):
    letter = owed(world)
    olive = world.client("olive")
    for where in ("/operate/kit/letter/", f"/operate/kit/letter/{letter.pk}/change/"):
        page = olive.get(where).content.decode()
        assert CODE_IN_A_LETTER not in page
        assert "sam@example.org" not in page


def test_every_row_can_be_opened_and_only_accounts_be_changed(world: World):
    owed(world)
    olive = world.client("olive")
    rows = {"programmes/site": world.harbour.pk, "programmes/programme": world.programme.pk}
    rows |= {"kit/job": Job.objects.values_list("pk", flat=True)[0], "people/person": world.sam.pk}
    for name, pk in rows.items():
        assert olive.get(f"/operate/{name}/{pk}/change/").status_code == 200
        assert olive.get(f"/operate/{name}/{pk}/delete/").status_code == 403
        assert olive.get(f"/operate/{name}/add/").status_code == 403
        changed = olive.post(
            f"/operate/{name}/{pk}/change/", {"name": "Evil", "slug": "evil", "state": "done"}
        )
        assert changed.status_code == (302 if name == "people/person" else 403)
    assert not Site.objects.filter(name="Evil").exists()
    assert Person.objects.get(pk=world.sam.pk).name == "Sam"


def test_g11_an_operator_closes_an_account_and_it_is_out_at_once(world: World):
    sam, olive = world.client("sam"), world.client("olive")
    assert sam.get("/me/").status_code == 200
    where = f"/operate/people/person/{world.sam.pk}/change/"
    olive.post(where, {})
    assert sam.get("/me/").status_code == 302
    assert not Person.objects.get(pk=world.sam.pk).is_active
    assert LogEntry.objects.filter(user=world.olive, object_id=str(world.sam.pk)).exists()
    olive.post(where, {"is_active": "on"})
    assert Person.objects.get(pk=world.sam.pk).is_active
    assert world.client("sam").get("/me/").status_code == 200


def test_an_operator_cannot_close_the_account_they_are_using_nor_make_another_operator(world: World):
    olive = world.client("olive")
    olive.post(f"/operate/people/person/{world.olive.pk}/change/", {})
    assert Person.objects.get(pk=world.olive.pk).is_active
    olive.post(f"/operate/people/person/{world.sam.pk}/change/", {"is_active": "on", "is_staff": "on"})
    assert not Person.objects.get(pk=world.sam.pk).is_staff
    with pytest.raises(actions.CannotClose):
        actions.open_or_close(by=Actor(person=world.olive), person=world.olive, is_active=False)


def test_somebody_made_no_operator_any_more_is_out_of_the_lists_at_once(world: World):
    olive = world.client("olive")
    assert olive.get("/operate/").status_code == 200
    Person.objects.filter(pk=world.olive.pk).update(is_staff=False)
    assert olive.get("/operate/", follow=True).status_code == 403


def test_operators_sign_out_and_change_their_password_where_everybody_does(world: World):
    olive = world.client("olive")
    assert olive.get("/operate/password_change/").headers["Location"] == "/in/password/change/"
    olive.get("/operate/logout/")
    assert olive.get("/operate/").status_code == 200
    assert olive.post("/operate/logout/", follow=True).redirect_chain[-1][0] == "/in/"
    assert olive.get("/operate/").status_code == 302
