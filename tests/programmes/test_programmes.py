"""Who leads and coaches a programme, and what the operator does."""

from typing import Any
from uuid import uuid4

import pytest
from pytest_django import Settings

from kit.actions import Actor
from kit.models import Event, Letter
from kit.scope import opened
from people.models import Person
from programmes import actions
from programmes.models import Group, Invitation, Membership, Programme, Site
from programmes.roles import Role, SpaceKind
from programmes.stages import the_method
from tests.programmes.sending import queries, send, text_of
from tests.world import LONG_AGO, World

PEOPLE = "/p/north/people/"


class TestMyProgrammes:
    def test_it_lists_what_somebody_leads_or_coaches(self, world: World) -> None:
        page = text_of(world.client("kit").get("/p/"))
        assert "Living Well North" in page
        assert "Living Well South" not in page

    def test_others_find_none_there(self, world: World) -> None:
        assert "No programmes here" in text_of(world.client("sam").get("/p/"))


class TestNotSaidYet:
    def test_is_explained_where_it_stands_and_only_there(self, world: World) -> None:
        means = "“Not said yet” means that the place has not told the programme. It may have begun."
        client, seen = world.client("kit"), set()
        assert means not in text_of(client.get("/p/north/"))
        for stage in the_method():
            by = Actor(person=world.sam)
            actions.set_stage(
                at=world.harbour, by=by, stage=stage.slug, state="growing", why_early="They asked"
            )
            page = text_of(client.get("/p/north/"))
            assert (means in page) == (">Not said yet<" in page)
            seen.add(means in page)
        assert seen == {True, False}


class TestWhoLeads:
    def test_a_lead_adds_a_coach_once(self, world: World) -> None:
        client, key = world.client("priya"), uuid4()
        fields: dict[str, Any] = {"name": "Coach", "email": "coach@example.org", "role": "coach"}
        for _ in range(2):
            page = text_of(send(client, f"{PEOPLE}add/", key=key, **fields))
            assert "/welcome/" not in page
        assert Invitation.objects.not_in_yet(world.programme).get().roles == Role.COACH
        assert Letter.objects.filter(address="coach@example.org").count() == 1

    def test_a_known_e_mail_and_a_new_one_get_the_same_answer(self, world: World) -> None:
        client = world.client("priya")
        new = send(client, f"{PEOPLE}add/", name="Nia", email="nia@example.org", role="coach")
        known = send(client, f"{PEOPLE}add/", name="Farah", email="farah@example.org", role="coach")
        assert text_of(new).replace("Nia", "Farah") == text_of(known)

    @pytest.mark.parametrize("role", ["facilitator", "operator", "member"])
    def test_a_role_of_another_space_cannot_be_given(self, world: World, role: str) -> None:
        fields: dict[str, Any] = {"name": "Coach", "email": "coach@example.org", "role": role}
        assert send(world.client("priya"), f"{PEOPLE}add/", **fields).status_code == 422

    @pytest.mark.parametrize(("name", "status"), [("kit", 403), ("sam", 404), ("olive", 404)])
    def test_nobody_else_may(self, world: World, name: str, status: int) -> None:
        assert world.client(name).get(PEOPLE).status_code == status
        fields: dict[str, Any] = {"name": "Coach", "email": "coach@example.org", "role": "coach"}
        assert send(world.client(name), f"{PEOPLE}add/", **fields).status_code == status

    def test_a_coach_can_be_thanked_and_the_last_lead_stays(self, world: World) -> None:
        client = world.client("priya")
        for name in ("kit", "priya"):
            row = Membership.objects.get(person=world.people[name])
            send(client, f"{PEOPLE}{world.people[name].pk}/end/{row.pk}/")
        assert not Membership.objects.filter(person=world.kit).exists()
        assert Membership.objects.filter(person=world.priya).exists()

    def test_the_last_but_one_lead_may_go_and_lands_outside(self, world: World) -> None:
        Membership.objects.create(
            person=world.kit, scope=world.programme, role=Role.PROGRAMME_LEAD, since=LONG_AGO
        )
        row = Membership.objects.get(person=world.priya)
        answer = send(world.client("priya"), f"{PEOPLE}{world.priya.pk}/end/{row.pk}/")
        assert answer["Location"] == "/p/"

    def test_somebody_of_a_place_is_not_there(self, world: World) -> None:
        row = Membership.objects.get(person=world.sam)
        url = f"{PEOPLE}{world.sam.pk}/end/{row.pk}/"
        assert send(world.client("priya"), url).status_code == 404
        assert Membership.objects.filter(pk=row.pk).exists()

    def test_it_asks_as_few_questions_for_more_people(self, world: World) -> None:
        client = world.client("priya")
        few = queries(client, PEOPLE)
        for number in range(23):
            actions.add_person(
                at=world.programme,
                by=Actor(person=world.priya),
                name=f"Coach {number}",
                email=f"coach{number}@example.org",
                roles=[Role.COACH],
            )
        assert queries(client, PEOPLE) == few
        assert few <= 12


class TestTheInstallation:
    def test_the_operator_adds_a_programme_once(self, world: World) -> None:
        client, key = world.client("olive"), uuid4()
        for _ in range(2):
            answer = send(client, "/installation/programmes/add/", key=key, name="Living Well East & <b>")
            assert answer.status_code == 302
        made = Programme.objects.get(slug="living-well-east-b")
        with opened(made):
            assert Event.objects.at(made).get().did == "add_programme"
        assert "East &amp; &lt;b&gt;" in text_of(client.get("/installation/"))

    @pytest.mark.parametrize("fields", [{"name": "x", "slug": "north"}, {"name": "x", "slug": "library"}])
    def test_a_short_name_is_one_programme_s(self, world: World, fields: dict[str, Any]) -> None:
        assert send(world.client("olive"), "/installation/programmes/add/", **fields).status_code == 422

    def test_a_second_one_of_the_same_name_is_asked_about_once(self, world: World) -> None:
        client, key = world.client("olive"), uuid4()
        fields = {"name": "living well north", "slug": "again"}
        asked = send(client, "/installation/programmes/add/", key=key, **fields)
        assert (asked.status_code, "is called living well north already" in text_of(asked)) == (422, True)
        assert not Programme.objects.filter(slug="again").exists()
        sure = {**fields, "asked": asked.context["form"]["asked"].value()}
        for _ in range(2):
            assert send(client, "/installation/programmes/add/", key=key, **sure).status_code == 302
        url = f"/installation/programmes/{Programme.objects.get(slug='again').pk}/change/"
        same = send(client, url, seen_version="1", name="Living Well South")
        assert "is called Living Well South already" in text_of(same)
        assert send(client, url, seen_version="1", name="living well north").status_code == 302

    def test_a_second_place_of_the_same_name_is_asked_about_in_its_programme(self, world: World) -> None:
        client = world.client("olive")
        fields: dict[str, Any] = {"name": "Harbour City", "slug": "harbour-2", "facilitator_name": "Fay"}
        url = f"/installation/programmes/{world.programme.pk}/places/add/"
        assert "is called Harbour City already" in text_of(send(client, url, **fields))
        elsewhere = f"/installation/programmes/{world.farfield.programme.pk}/places/add/"
        assert send(client, elsewhere, **fields).status_code == 302

    @pytest.mark.parametrize("fields", [{"name": ""}, {"name": "東"}, {"name": "x", "slug": "a b"}])
    def test_a_name_that_makes_no_address_asks_for_one(self, world: World, fields: dict[str, Any]) -> None:
        assert send(world.client("olive"), "/installation/programmes/add/", **fields).status_code == 422

    def test_the_operator_corrects_a_programme_s_name_and_its_address_stays(self, world: World) -> None:
        url = f"/installation/programmes/{world.programme.pk}/change/"
        client = world.client("olive")
        fields: dict[str, Any] = {"name": "Living Well Northwards", "purpose": "Together"}
        assert send(client, url, seen_version="1", **fields).status_code == 302
        assert send(client, url, seen_version="1", **fields, key=uuid4()).status_code == 409
        kept = Programme.objects.get(pk=world.programme.pk)
        assert (kept.name, kept.purpose, kept.slug) == ("Living Well Northwards", "Together", "north")
        emptied = send(client, url, seen_version="2", **{**fields, "purpose": ""})
        assert (emptied.status_code, "You emptied" in text_of(emptied)) == (422, True)
        assert send(world.client("priya"), url, seen_version="2", **fields).status_code in (403, 404)

    def test_a_place_comes_with_its_collaborative_and_first_facilitator(self, world: World) -> None:
        client, key = world.client("olive"), uuid4()
        url = f"/installation/programmes/{world.programme.pk}/places/add/"
        for _ in range(2):
            assert send(client, url, key=key, name="Seaview", facilitator_name="Fay").status_code == 302
        site = Site.objects.get(slug="seaview")
        assert site.within_id == world.programme.pk
        assert Group.objects.of(site).get().kind == SpaceKind.COLLABORATIVE
        row = Membership.objects.of(site).get()
        assert (row.person.name, row.role) == ("Fay", Role.FACILITATOR)

    def test_the_first_facilitator_s_link_is_handed_over_once(self, world: World, settings: Settings) -> None:
        site = actions.add_site(
            at=Site(within=world.programme, name="Seaview", slug="seaview"),
            by=Actor(person=world.olive),
            facilitator_name="Fay",
            facilitator_email="fay@example.org",
        )
        assert not Membership.objects.of(site).exists(), "nobody runs it before she says yes"
        row, client, key = Invitation.objects.get(), world.client("olive"), uuid4()
        assert "Fay, invited as facilitator" in text_of(
            client.get(f"/installation/programmes/{world.programme.pk}/")
        )
        url = f"/installation/invitations/{row.pk}/"
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        assert "/welcome/" in text_of(send(client, url, key=key, what="by_hand"))
        assert "/welcome/" not in text_of(send(client, url, key=key, what="by_hand"))

    def test_no_link_is_handed_over_for_who_has_signed_in_before(self, world: World) -> None:
        world.client("sam")
        row = Membership.objects.get(person=world.sam)
        answer = send(world.client("olive"), f"/installation/links/{row.pk}/")
        assert answer.status_code == 302

    def test_a_facilitator_without_e_mail_gets_a_new_link_after_signing_out(self, world: World) -> None:
        world.client("sam")
        Person.objects.filter(pk=world.sam.pk).update(email=None)
        row, olive = Membership.objects.get(person=world.sam), world.client("olive")
        url = f"/installation/links/{row.pk}/"
        assert url in text_of(olive.get(f"/installation/programmes/{world.programme.pk}/"))
        assert "/welcome/" in text_of(send(olive, url))
        Membership.objects.create(
            person=world.sam, scope_id=world.thornbridge.pk, role=Role.COMMISSIONER, since=LONG_AGO
        )
        assert send(olive, url).status_code == 302, "it would open another place, too"

    def test_the_operator_adds_a_facilitator_to_a_place_that_nobody_can_open(self, world: World) -> None:
        olive, url = world.client("olive"), f"/installation/places/{world.harbour.pk}/facilitators/add/"
        assert url in text_of(olive.get(f"/installation/programmes/{world.programme.pk}/"))
        assert send(olive, url, name="").status_code == 422
        assert "/welcome/" in text_of(send(olive, url, name="Fay"))
        assert Membership.objects.get(person__name="Fay", scope_id=world.harbour.pk).role == Role.FACILITATOR
        for other in ("sam", "priya"):
            assert world.client(other).get(url).status_code in (403, 404)

    def test_a_name_is_asked_about_among_those_the_operator_sees(self, world: World) -> None:
        client, url = world.client("olive"), f"/installation/places/{world.harbour.pk}/facilitators/add/"
        assert "Somebody called Sam is here already" in text_of(send(client, url, name="Sam"))
        assert "Somebody called Amara" not in text_of(send(client, url, name="Amara"))
        leads = f"/installation/programmes/{world.programme.pk}/leads/add/"
        fields = {"email": "p@example.org", "role": "programme_lead"}
        for name, is_asked in (("Priya", True), ("Kit", False)):
            assert ("is here already" in text_of(send(client, leads, name=name, **fields))) is is_asked  # type: ignore[arg-type]

    def test_a_second_hat_neither_hides_nor_shows_a_name_to_be_asked_about(self, world: World) -> None:
        lead = {"scope_id": world.programme.pk, "role": Role.PROGRAMME_LEAD, "since": LONG_AGO}
        for person in (world.olive, world.sam):
            Membership.objects.create(person=person, **lead)
        place = f"/installation/places/{world.harbour.pk}/facilitators/add/"
        assert "is here already" not in text_of(send(world.client("olive"), place, name="Helen"))
        people = "/s/harbour-city/people/add/"
        assert "Somebody called Amara is here already" in text_of(
            send(world.client("sam"), people, name="Amara", roles="member")
        )

    def test_a_link_is_for_who_can_let_others_in_and_nobody_else(self, world: World) -> None:
        row = Membership.objects.get(person=world.amara)
        assert send(world.client("olive"), f"/installation/links/{row.pk}/").status_code == 404

    def test_a_short_name_is_one_place_s(self, world: World) -> None:
        url = f"/installation/programmes/{world.programme.pk}/places/add/"
        answer = send(world.client("olive"), url, name="x", slug="farfield", facilitator_name="Fay")
        assert answer.status_code == 422
        assert not Person.objects.filter(name="Fay").exists()

    def test_the_operator_adds_the_first_lead(self, world: World) -> None:
        url = f"/installation/programmes/{world.programme.pk}/leads/add/"
        fields: dict[str, Any] = {"name": "Lea", "email": "lea@example.org", "role": "programme_lead"}
        assert "An e-mail is on its way" in send(world.client("olive"), url, **fields).content.decode()
        assert Invitation.objects.not_in_yet(world.programme).get().name == "Lea"

    def test_the_operator_sees_no_place_from_inside(self, world: World) -> None:
        for page in ("", "people/", "settings/", "rest/"):
            assert world.client("olive").get(f"/s/harbour-city/{page}").status_code == 404

    @pytest.mark.parametrize("name", ["sam", "priya", "amara", "stranger"])
    def test_it_is_there_for_the_operator_alone(self, world: World, name: str) -> None:
        client, row = world.client(name), Membership.objects.get(person=world.nadia)
        for page in ("", "programmes/add/", f"programmes/{world.programme.pk}/"):
            assert client.get(f"/installation/{page}").status_code == 404
        assert send(client, f"/installation/links/{row.pk}/").status_code == 404
        assert send(client, "/installation/programmes/add/", name="Mine").status_code == 404

    def test_it_asks_as_few_questions_for_thirty_more_places(self, world: World) -> None:
        client, url = world.client("olive"), f"/installation/programmes/{world.programme.pk}/"
        few = [queries(client, page) for page in ("/installation/", url)]
        for number in range(30):
            slug, olive = f"place-{number}", Actor(person=world.olive)
            place = Site(within=world.programme, name=slug, slug=slug)
            actions.add_site(at=place, by=olive, facilitator_name="Fay")
            actions.add_programme(at=Programme(name=slug, slug=slug), by=olive)
        assert [queries(client, page) for page in ("/installation/", url)] == few
        assert max(few) <= 12
