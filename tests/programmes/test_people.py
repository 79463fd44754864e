"""Who takes part in a place: the list, adding, one-time links, roles, and leaving."""

from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from kit.actions import Actor, Stray
from kit.models import Event, Letter
from kit.scope import opened
from people.models import Person
from programmes import actions
from programmes.models import ContactCard, Invitation, Membership, TakenRole
from programmes.roles import Role
from tests.programmes.sending import queries, send, text_of
from tests.world import LONG_AGO, World

PEOPLE = "/s/harbour-city/people/"
ADD = f"{PEOPLE}add/"


def _many(world: World, how_many: int) -> None:
    for number in range(how_many):
        person = Person.objects.add(name=f"Neighbour {number:02}")
        Membership.objects.create(
            person=person, scope=world.harbour, group=world.collaborative, role=Role.MEMBER, since=LONG_AGO
        )


def _card(world: World, name: str, **words: str) -> None:
    with opened(world.harbour):
        ContactCard.everywhere.create(scope=world.harbour, person=world.people[name], **words)


def _takes(world: World, name: str, role: Role) -> None:
    with opened(world.harbour):
        TakenRole.everywhere.create(scope=world.harbour, person=world.people[name], role=role)


class TestTheList:
    def test_c1_a_member_sees_names_and_nothing_else(self, world: World) -> None:
        _card(world, "amara", way="call", phone="01632 960 222", access_needs="A quiet corner")
        page = text_of(world.client("amara").get(PEOPLE))
        assert "Marcus" in page
        for secret in ("manager", "commissioner", "01632 960 222", "quiet corner", "amara@example.org"):
            assert secret not in page

    def test_the_facilitator_sees_roles_and_how_to_reach_people(self, world: World) -> None:
        _card(world, "amara", way="call", phone="01632 960 222")
        page = text_of(world.client("sam").get(PEOPLE))
        assert "manager" in page
        assert "Phone call: 01632 960 222" in page

    def test_c2_nobody_sees_who_took_lived_experience(self, world: World) -> None:
        _takes(world, "amara", Role.LIVED_EXPERIENCE)
        for name in ("amara", "sam"):
            assert "lived experience" not in text_of(world.client(name).get(PEOPLE)).lower()
        page = text_of(world.client("sam").get(f"{PEOPLE}{world.amara.pk}/"))
        assert "lived experience" not in page.lower()

    def test_who_cannot_be_reached_is_said_to_the_facilitator_alone(self, world: World) -> None:
        _many(world, 1)
        assert "No way to reach them yet" in text_of(world.client("sam").get(PEOPLE))
        assert "No way to reach them yet" not in text_of(world.client("amara").get(PEOPLE))

    def test_a_link_that_waits_is_shown_until_its_time_is_over(self, world: World) -> None:
        link = actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
        assert "Link waits to be used" in text_of(world.client("sam").get(PEOPLE))
        Invitation.objects.filter(pk=link.pk).update(works_until=LONG_AGO)
        assert "Link waits to be used" not in text_of(world.client("sam").get(PEOPLE))

    def test_the_facilitator_may_look_at_one_group(self, world: World) -> None:
        page = text_of(world.client("sam").get(PEOPLE, {"group": str(world.board.pk)}))
        assert "Ruth" in page
        assert "Amara" not in page

    @pytest.mark.parametrize("group", ["nonsense", "9e2c7637-a940-463c-89d7-1e54824c14a0"])
    def test_a_group_that_is_not_here_shows_everybody(self, world: World, group: str) -> None:
        assert "Amara" in text_of(world.client("sam").get(PEOPLE, {"group": group}))

    @pytest.mark.parametrize("name", ["amara", "sam"])
    def test_a_name_can_be_looked_for(self, world: World, name: str) -> None:
        page = text_of(world.client(name).get(PEOPLE, {"name": " MAR "}))
        assert ("Amara" in page, "Marcus" in page, "Helen" in page) == (True, True, False)
        assert "3 found for “MAR”" in page
        for nobody in ("Nadia", "\0", "<b>"):
            assert world.client(name).get(PEOPLE, {"name": nobody}).status_code == 200
        assert "Nobody of that name" in text_of(world.client(name).get(PEOPLE, {"name": "Nadia"}))

    def test_a_name_is_found_in_any_alphabet(self, world: World) -> None:
        person = Person.objects.add(name="ÉLODIE")
        Membership.objects.create(
            person=person, scope=world.harbour, group=world.collaborative, role=Role.MEMBER, since=LONG_AGO
        )
        assert "1 found for" in text_of(world.client("sam").get(PEOPLE, {"name": "élo"}))

    def test_further_pages_keep_what_was_looked_for(self, world: World) -> None:
        _many(world, 40)
        sam, asked = world.client("sam"), {"name": "e", "group": str(world.collaborative.pk)}
        found = sam.get(PEOPLE, asked)
        link = f"?page=2&amp;name=e&amp;group={world.collaborative.pk}"
        assert link in found.content.decode()
        second = sam.get(PEOPLE + link.replace("&amp;", "&"))
        assert (second.context["page"].number, second.context["called"]) == (2, "e")
        assert second.context["group"] == world.collaborative

    def test_a_name_that_nobody_has_is_said_to_be_nobody_s(self, world: World) -> None:
        assert "Nobody of that name" in text_of(world.client("sam").get(PEOPLE, {"name": "Person & "}))

    def test_people_of_the_neighbouring_place_are_not_on_it(self, world: World) -> None:
        assert "Nadia" not in text_of(world.client("sam").get(PEOPLE))
        assert "Nadia" in text_of(world.client("nadia").get("/s/thornbridge/people/"))

    @pytest.mark.parametrize("name", ["grace", "marcus", "ruth"])
    def test_without_the_right_it_is_refused_in_words(self, world: World, name: str) -> None:
        assert world.client(name).get(PEOPLE).status_code == 403

    def test_a_neighbour_finds_no_such_place(self, world: World) -> None:
        assert world.client("nadia").get(PEOPLE).status_code == 404

    @pytest.mark.parametrize("name", ["amara", "sam"])
    def test_it_asks_as_few_questions_for_thirty_more_people(self, world: World, name: str) -> None:
        client = world.client(name)
        few = queries(client, PEOPLE)
        _many(world, 30)
        assert queries(client, PEOPLE) == few
        assert few <= 12

    def test_it_has_pages(self, world: World) -> None:
        _many(world, 40)
        first, last = (text_of(world.client("amara").get(PEOPLE, {"page": page})) for page in (1, 3))
        assert "Amara" in first
        assert "Two Hats" not in first
        assert "Two Hats" in last

    def test_a_name_with_markup_or_right_to_left_letters_is_only_a_name(self, world: World) -> None:
        for name in ("<b>Bo</b> & دعوة", "مها 🌿"):
            person = Person.objects.add(name=name)
            Membership.objects.create(
                person=person,
                scope=world.harbour,
                group=world.collaborative,
                role=Role.MEMBER,
                since=LONG_AGO,
            )
        for client in (world.client("amara"), world.client("sam")):
            page = text_of(client.get(PEOPLE))
            assert "&lt;b&gt;Bo&lt;/b&gt; &amp;" in page
            assert "<b>Bo" not in page
            assert "مها 🌿" in page


class TestAddingAPerson:
    def test_c5_without_an_e_mail_the_link_is_shown_once(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        first = text_of(send(client, ADD, key=key, name="Bea", roles="member"))
        assert "/welcome/" in first
        again = text_of(send(client, ADD, key=key, name="Bea", roles="member"))
        assert "/welcome/" not in again
        assert "shown once" in again
        assert Person.objects.filter(name="Bea").count() == 1

    def test_the_link_lets_that_person_in(self, world: World) -> None:
        invitation = actions.add_person(
            at=world.harbour, by=Actor(person=world.sam), name="Bea", roles=["member"]
        )
        response = world.client("stranger").get(actions.link_of(invitation).partition("8000")[2])
        assert response.status_code == 200

    def test_with_an_e_mail_the_link_goes_by_letter_and_is_not_shown(self, world: World) -> None:
        page = text_of(send(world.client("sam"), ADD, name="Bea", email="Bea@Example.org", roles="member"))
        assert "/welcome/" not in page
        letter = Letter.objects.get(address="bea@example.org")
        assert "/welcome/" in letter.facts["link"]
        assert letter.facts["place"] == "Harbour City"

    def test_somebody_who_is_here_already_is_not_added_again(self, world: World) -> None:
        page = send(world.client("sam"), ADD, name="Amara", email="amara@example.org", roles="facilitator")
        assert page.status_code == 422
        assert "takes part here already" in text_of(page)
        assert not Membership.objects.filter(person=world.amara, role=Role.FACILITATOR).exists()

    def test_a_name_that_is_here_already_is_asked_about_once(self, world: World) -> None:
        client, key, fields = world.client("sam"), uuid4(), {"name": "amara", "roles": ["member"]}
        asked = send(client, f"{PEOPLE}add/", key=key, **fields)
        assert (asked.status_code, "Somebody called Amara is here already" in text_of(asked)) == (422, True)
        assert not Person.objects.filter(name="amara").exists()
        sure = {**fields, "asked": asked.context["form"]["asked"].value()}
        for _ in range(2):
            assert send(client, f"{PEOPLE}add/", key=key, **sure).status_code == 200
        assert Person.objects.filter(name="amara").count() == 1
        other = send(client, f"{PEOPLE}add/", **{**sure, "name": "Helen"})
        assert "Somebody called Helen is here already" in text_of(other)

    def test_capital_letters_make_no_difference_in_any_alphabet(self, world: World) -> None:
        client = world.client("sam")
        send(client, f"{PEOPLE}add/", name="Élodie", roles=["member"])
        assert "Somebody called Élodie" in text_of(
            send(client, f"{PEOPLE}add/", name="élodie", roles=["member"])
        )

    def test_a_form_for_a_new_name_sent_twice_asks_nothing(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            answer = send(client, f"{PEOPLE}add/", key=key, name="Bea", roles=["member"])
            assert "Somebody called" not in text_of(answer)
        assert Person.objects.filter(name="Bea").count() == 1

    def test_that_an_account_is_closed_is_not_told_in_the_place(self, world: World) -> None:
        Person.objects.filter(pk=world.amara.pk).update(is_active=False)
        client = world.client("sam")
        assert send(client, f"{PEOPLE}{world.amara.pk}/link/").status_code == 302
        page = text_of(client.get(f"{PEOPLE}{world.amara.pk}/"))
        assert "We cannot make a link for this person here" in page
        assert "closed" not in page.partition("<main")[2].partition("</main>")[0]

    def test_somebody_can_be_several_things_at_once(self, world: World) -> None:
        send(world.client("sam"), ADD, name="Bea", roles=["member", "practitioner_voluntary"])
        rows = Membership.objects.of(world.harbour).filter(person__name="Bea")
        assert {(row.role, row.group) for row in rows} == {
            (Role.MEMBER, world.collaborative),
            (Role.PRACTITIONER_VOLUNTARY, None),
        }

    @pytest.mark.parametrize("role", ["operator", "programme_lead", "lived_experience", "board_member"])
    def test_a_role_of_another_space_cannot_be_given(self, world: World, role: str) -> None:
        assert send(world.client("sam"), ADD, name="Bea", roles=role).status_code == 422
        with pytest.raises(actions.CannotAddPerson):
            actions.add_person(at=world.harbour, by=Actor(person=world.sam), name="Bea", roles=[role])
        assert not Person.objects.filter(name="Bea").exists()

    @pytest.mark.parametrize(
        "fields",
        [{"name": "", "roles": "member"}, {"name": "Bea"}, {"name": "Bea", "roles": "member", "email": "x"}],
    )
    def test_what_is_missing_is_said(self, world: World, fields: dict[str, Any]) -> None:
        page = send(world.client("sam"), ADD, **fields)
        assert page.status_code == 422
        assert "There is a problem" in text_of(page)

    @pytest.mark.parametrize("name", ["amara", "grace", "omar"])
    def test_only_who_runs_the_place_may(self, world: World, name: str) -> None:
        assert send(world.client(name), ADD, name="Bea", roles="member").status_code == 403
        assert not Person.objects.filter(name="Bea").exists()

    def test_it_is_an_event(self, world: World) -> None:
        send(world.client("sam"), ADD, name="Bea", roles="member")
        with opened(world.harbour):
            done = {event.did: event for event in Event.objects.at(world.harbour)}
        assert done["add_person"].person == world.sam
        assert "Bea" not in str(done["add_person"].facts)


class TestOnePersonsPage:
    def test_somebody_of_another_place_is_not_there(self, world: World) -> None:
        client = world.client("sam")
        assert client.get(f"{PEOPLE}{world.amara.pk}/").status_code == 200
        for stranger in (world.nadia, world.farah, world.stranger, world.priya):
            for page in ("", "remove/"):
                assert client.get(f"{PEOPLE}{stranger.pk}/{page}").status_code == 404
            for page in ("link/", "remove/"):
                assert send(client, f"{PEOPLE}{stranger.pk}/{page}").status_code == 404
        assert not Invitation.objects.exists()

    def test_the_facilitator_gives_a_role_once(self, world: World) -> None:
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            answer = send(
                client, f"{PEOPLE}{world.amara.pk}/", key=key, where=f"{world.board.pk}:board_member"
            )
            assert answer.status_code == 302
        assert Membership.objects.filter(person=world.amara, group=world.board).count() == 1

    @pytest.mark.parametrize(("role", "asks"), [("facilitator", True), ("manager", False)])
    def test_st10_whoever_people_come_to_turn_to_is_asked_about_by_name(
        self, world: World, role: str, *, asks: bool
    ) -> None:
        Person.objects.filter(pk=world.amara.pk).update(name="marcus")
        client, address = world.client("sam"), f"{PEOPLE}{world.helen.pk}/"
        Person.objects.filter(pk=world.helen.pk).update(name="Marcus")
        answer = send(client, address, where=f":{role}")
        assert (answer.status_code == 422) is asks
        if asks:
            assert "Somebody else here is called Marcus, too" in text_of(answer)
            sure = answer.context["form"]["asked"].value()
            assert send(client, address, where=":safeguarding_lead", asked=sure).status_code == 422
            assert send(client, address, where=":facilitator", asked=sure).status_code == 302

    def test_st10_nobody_is_asked_about_a_name_that_is_theirs_alone(self, world: World) -> None:
        answer = send(world.client("sam"), f"{PEOPLE}{world.helen.pk}/", where=":facilitator")
        assert answer.status_code == 302

    def test_a_role_that_is_held_is_not_given_again(self, world: World) -> None:
        with pytest.raises(actions.CannotChangeRole):
            actions.hold_role(
                at=world.harbour, by=Actor(person=world.sam), person=world.marcus, role=Role.MANAGER
            )

    def test_a_role_is_not_given_in_the_neighbours_group(self, world: World) -> None:
        client = world.client("sam")
        where = f"{world.neighbours_collaborative.pk}:member"
        assert send(client, f"{PEOPLE}{world.amara.pk}/", where=where).status_code == 422
        with pytest.raises(Stray):
            actions.hold_role(
                at=world.harbour,
                by=Actor(person=world.sam),
                person=world.amara,
                role=Role.MEMBER,
                group=world.neighbours_collaborative,
            )

    def test_a_role_is_not_given_to_somebody_who_is_not_here(self, world: World) -> None:
        with pytest.raises(Stray):
            actions.hold_role(
                at=world.harbour, by=Actor(person=world.sam), person=world.nadia, role=Role.MANAGER
            )

    def test_a_role_that_ends_is_gone_at_the_next_request(self, world: World) -> None:
        his = world.client("marcus")
        assert his.get("/s/harbour-city/").status_code == 200
        row = Membership.objects.get(person=world.marcus)
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            send(client, f"{PEOPLE}{world.marcus.pk}/end/{row.pk}/", key=key)
        assert his.get("/s/harbour-city/").status_code == 404

    def test_the_neighbours_role_cannot_be_ended_from_here(self, world: World) -> None:
        row = Membership.objects.get(person=world.ned)
        client = world.client("sam")
        assert send(client, f"{PEOPLE}{world.ned.pk}/end/{row.pk}/").status_code == 404
        send(client, f"{PEOPLE}{world.amara.pk}/end/{row.pk}/")
        assert Membership.objects.filter(pk=row.pk).exists()

    def test_a_get_ends_nothing(self, world: World) -> None:
        row = Membership.objects.get(person=world.marcus)
        page = text_of(world.client("sam").get(f"{PEOPLE}{world.marcus.pk}/end/{row.pk}/"))
        assert "What Marcus is here: manager" in page
        assert "they leave the list" in page
        assert Membership.objects.filter(pk=row.pk).exists()

    def test_what_else_somebody_is_stays_and_the_question_says_so(self, world: World) -> None:
        row = Membership.objects.filter(person=world.two_hats, role=Role.COMMISSIONER).get()
        page = text_of(world.client("sam").get(f"{PEOPLE}{world.two_hats.pk}/end/{row.pk}/"))
        assert "What else they are here stays" in page
        assert "they leave the list" not in page
        other = f"{PEOPLE}{world.amara.pk}/end/{row.pk}/"
        assert world.client("sam").get(other).status_code == 404

    def test_their_page_and_the_group_lead_to_the_question_and_end_nothing_at_one_press(
        self, world: World
    ) -> None:
        sam, row = world.client("sam"), Membership.objects.get(person=world.amara)
        person, group = f"{PEOPLE}{world.amara.pk}/", f"/s/harbour-city/groups/{world.collaborative.pk}/"
        assert f'href="{person}end/{row.pk}/"' in text_of(sam.get(person))
        leave = f"{group}people/{world.amara.pk}/end/{row.pk}/"
        assert f'href="{leave}"' in text_of(sam.get(group))
        assert "Take Amara out of Harbour City Collaborative?" in text_of(sam.get(leave))
        assert Membership.objects.filter(pk=row.pk).exists()
        send(sam, leave)
        assert not Membership.objects.filter(pk=row.pk).exists()

    def test_a_commissioner_is_not_made_a_member_unasked(self, world: World) -> None:
        page = text_of(world.client("sam").get(ADD))
        assert "checked" not in page.split("What they are here")[1].split("</fieldset>")[0]
        send(world.client("sam"), ADD, name="Cora", roles="commissioner")
        assert [row.role for row in Membership.objects.filter(person__name="Cora")] == [Role.COMMISSIONER]

    def test_a_get_removes_nothing(self, world: World) -> None:
        world.client("sam").get(f"{PEOPLE}{world.marcus.pk}/remove/")
        assert Membership.objects.filter(person=world.marcus).exists()

    def test_a_new_link_ends_the_older_one(self, world: World) -> None:
        _many(world, 1)
        person = Person.objects.get(name="Neighbour 00")
        client, key = world.client("sam"), uuid4()
        first = text_of(send(client, f"{PEOPLE}{person.pk}/link/"))
        assert "/welcome/" in first
        assert "/welcome/" in text_of(send(client, f"{PEOPLE}{person.pk}/link/", key=key))
        assert "/welcome/" not in text_of(send(client, f"{PEOPLE}{person.pk}/link/", key=key))
        assert Invitation.objects.filter(person=person).open_at(timezone.now()).count() == 1

    def test_no_link_is_shown_for_somebody_without_e_mail_who_takes_part_elsewhere(
        self, world: World
    ) -> None:
        Person.objects.filter(pk=world.nadia.pk).update(email=None)
        Membership.objects.create(person=world.nadia, scope=world.harbour, role=Role.MANAGER, since=LONG_AGO)
        answer = send(world.client("sam"), f"{PEOPLE}{world.nadia.pk}/link/")
        assert answer.status_code == 302
        assert not Invitation.objects.filter(person=world.nadia).exists()


class TestLeaving:
    def test_who_is_taken_off_the_list_can_open_nothing_and_is_forgotten_here(self, world: World) -> None:
        _card(world, "amara", way="call", phone="01632 960 222")
        _takes(world, "amara", Role.CARER)
        actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
        client, key = world.client("sam"), uuid4()
        for _ in range(2):
            assert send(client, f"{PEOPLE}{world.amara.pk}/remove/", key=key).status_code == 302
        assert world.client("amara").get("/s/harbour-city/").status_code == 404
        with opened(world.harbour):
            assert not ContactCard.objects.at(world.harbour).of_person(world.amara.pk).exists()
            assert not TakenRole.objects.at(world.harbour).of_person(world.amara.pk).exists()
        assert not Invitation.objects.filter(person=world.amara).open_at(timezone.now()).exists()

    def test_it_is_asked_once_more(self, world: World) -> None:
        page = text_of(world.client("sam").get(f"{PEOPLE}{world.amara.pk}/remove/"))
        assert "Take Amara off the list?" in page
        assert Membership.objects.filter(person=world.amara).exists()

    def test_the_last_facilitator_stays(self, world: World) -> None:
        client, row = world.client("sam"), Membership.objects.get(person=world.sam)
        page = send(client, f"{PEOPLE}{world.sam.pk}/remove/")
        assert page.status_code == 422
        assert "last facilitator" in text_of(page)
        send(client, f"{PEOPLE}{world.sam.pk}/end/{row.pk}/")
        assert Membership.objects.filter(pk=row.pk).exists()

    def test_the_last_but_one_may_go(self, world: World) -> None:
        Membership.objects.create(
            person=world.marcus, scope=world.harbour, role=Role.FACILITATOR, since=LONG_AGO
        )
        assert send(world.client("sam"), f"{PEOPLE}{world.sam.pk}/remove/")["Location"] == "/"
        assert not Membership.objects.filter(person=world.sam).exists()
        with pytest.raises(actions.CannotChangeRole):
            actions.remove_person(at=world.harbour, by=Actor(person=world.marcus), person_id=world.marcus.pk)

    def test_other_places_stay_as_they_were(self, world: World) -> None:
        Membership.objects.create(person=world.nadia, scope=world.harbour, role=Role.MANAGER, since=LONG_AGO)
        send(world.client("sam"), f"{PEOPLE}{world.nadia.pk}/remove/")
        assert world.client("nadia").get("/s/thornbridge/people/").status_code == 200
