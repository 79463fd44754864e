"""Somebody with an e-mail is invited, and in once they say yes; nobody learns who has an account (G13)."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction
from django.db.models import F
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.models import Event, Letter
from kit.outbox import written
from kit.scope import opened
from people.actions import CAME_BY_LINK
from people.models import Person
from programmes import actions
from programmes.actions.answers import CannotAccept, MustSignIn, accept_invitation, say_no
from programmes.actions.invitations import forget_unanswered
from programmes.models import Invitation, Membership, TakenRole
from tests.programmes.inviting import again, answer, as_its_reader, invited, said
from tests.programmes.sending import queries, send, text_of
from tests.world import LONG_AGO, World

PEOPLE = "/s/harbour-city/people/"
ADD = f"{PEOPLE}add/"
INVITED = f"{PEOPLE}invited/"
FARAH = "farah@example.org"


@pytest.fixture
def no_mail(settings: object) -> None:
    """No letter leaves, so that links are shown to whoever makes them."""
    setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")  # noqa: B010


def roles_of(email: str, world: World) -> set[str]:
    rows = Membership.objects.of(world.harbour).filter(person__email=email)
    return set(rows.values_list("role", flat=True))


def main_of(page: Any) -> str:
    return text_of(page).partition("<main")[2].partition("</main>")[0]


class TestUntilTheySayYes:
    @pytest.mark.parametrize("email", [FARAH, "new@example.org"])
    def test_they_are_in_nothing_and_keep_what_they_had(self, world: World, email: str) -> None:
        farah = world.client("farah")
        send(world.client("sam"), ADD, name="Bea", email=email, roles="member")
        assert roles_of(email, world) == set()
        assert farah.get("/s/harbour-city/people/").status_code == 404
        assert farah.get("/s/farfield/people/").status_code == 200, "nothing of theirs has ended"
        assert Person.objects.filter(email="new@example.org").count() == 0, "nobody is kept who said nothing"

    def test_the_facilitator_sees_the_name_that_was_typed_and_members_see_nobody(self, world: World) -> None:
        send(world.client("sam"), ADD, name="Bea", email=FARAH, roles=["member", "manager"])
        row = Invitation.objects.get()
        for page in (INVITED, f"{INVITED}{row.pk}/"):
            shown = main_of(world.client("sam").get(page))
            assert "Bea" in shown
            assert "member of the Collaborative, manager" in shown
            assert "Farah" not in shown
        assert "Invitations: 1" in text_of(world.client("sam").get(PEOPLE))
        assert "Bea" not in text_of(world.client("sam").get(PEOPLE))
        assert queries(world.client("sam"), f"{PEOPLE}?name=a&group={world.collaborative.pk}") <= 12
        for name in ("amara", "omar"):
            page = text_of(world.client(name).get(PEOPLE))
            assert ("Bea" in page, "Invited" in page) == (False, False)
            assert world.client(name).get(INVITED).status_code == 403

    @pytest.mark.parametrize("becomes", ["new", "closed"])
    def test_g13_a_known_e_mail_and_another_one_get_the_same_answer(self, world: World, becomes: str) -> None:
        if becomes == "closed":
            Person.objects.filter(pk=world.nadia.pk).update(is_active=False)
        other = "nadia@example.org" if becomes == "closed" else "new@example.org"
        told = []
        for email in (FARAH, other):
            answers = [send(world.client("sam"), ADD, name="Bea", email=email, roles="member")]
            row = Invitation.objects.get(email=email)
            answers += [world.client("sam").get(page) for page in (INVITED, f"{INVITED}{row.pk}/")]
            pages = " ".join(f"{page.status_code} {main_of(page)}" for page in answers)
            told.append(re.sub('value="[^"]+"', "", pages.replace(str(row.pk), "").replace(email, "")))
            actions.take_back_invitation(at=world.harbour, by=Actor(person=world.sam), invitation=row)
        assert told[0] == told[1]

    @pytest.mark.parametrize(
        "fields",
        [{"email": f"{'x' * 250}@example.org"}, {"roles": ["member"] * 60, "email": "b@example.org"}],
    )
    def test_too_much_is_answered_in_words(self, world: World, fields: dict[str, Any]) -> None:
        page = send(world.client("sam"), ADD, **{"name": "Bea", "roles": "member", **fields})
        assert page.status_code == (422 if "xx" in fields["email"] else 200)
        assert set(Invitation.objects.values_list("roles", flat=True)) <= {"member"}

    def test_a_name_is_one_line(self, world: World) -> None:
        send(world.client("sam"), ADD, name="Bea\nHelp is closed", email="bea@example.org", roles="member")
        assert Invitation.objects.get().name == "Bea Help is closed"

    def test_somebody_is_invited_once_however_the_e_mail_is_written(self, world: World) -> None:
        sam = world.client("sam")
        assert send(sam, ADD, name="Bea", email="Bea@Example.org", roles="member").status_code == 200
        page = send(sam, ADD, name="Beatrice", email="bea@example.ORG", roles="manager")
        assert (page.status_code, "is invited already" in text_of(page)) == (422, True)
        assert Invitation.objects.count() == Letter.objects.count() == 1

    def test_the_same_form_twice_invites_once(self, world: World) -> None:
        sam, key = world.client("sam"), uuid4()
        for _ in range(2):
            page = send(sam, ADD, key=key, name="Bea", email="bea@example.org", roles="member")
            assert "An e-mail is on its way" in text_of(page)
        assert Invitation.objects.count() == Letter.objects.count() == 1

    def test_the_name_of_somebody_invited_is_asked_about(self, world: World) -> None:
        invited(world)
        page = send(world.client("sam"), ADD, name="BEA", roles="member")
        assert (page.status_code, "Somebody called Bea is here already, or was invited" in text_of(page)) == (
            422,
            True,
        )
        neighbour = send(world.client("nadia"), "/s/thornbridge/people/add/", name="BEA", roles="member")
        assert neighbour.status_code == 200

    def test_the_letter_greets_nobody_by_a_name_that_somebody_else_typed(self, world: World) -> None:
        send(world.client("sam"), ADD, name="WIN A PRIZE", email="bea@example.org", roles="member")
        letter = written(Letter.objects.get())
        assert "WIN" not in f"{letter.subject} {letter.body}"
        assert letter.subject == "You are invited to Harbour City"
        assert "only the people who invite you know of it" in letter.body


class TestYes:
    def test_it_makes_an_account_and_brings_them_in(self, world: World) -> None:
        row, client = invited(world, roles=["member", "manager"]), Client()
        page = client.get(f"/welcome/{row.secret}/").content.decode()
        assert "Until you say yes, only the people who invite you know of it" in page
        assert "You would be here as: <strong>member of the Collaborative, manager</strong>" in page
        assert 'value="Bea"' in page
        assert answer(row, client, name="Bea B", takes=["carer"]).headers["Location"] == "/"
        person = Person.objects.get(email="bea@example.org")
        assert (person.name, roles_of("bea@example.org", world)) == ("Bea B", {"member", "manager"})
        row.refresh_from_db()
        assert (row.person, row.name, row.email, row.roles) == (person, "", "", "")
        with opened(world.harbour):
            assert TakenRole.objects.at(world.harbour).get().person == person
            did = Event.objects.at(world.harbour).filter(person=person).values_list("did", flat=True)
            assert set(did) == {"accept_invitation"}
        assert client.get("/s/harbour-city/gatherings/").status_code == 200

    def test_their_own_card_says_who_invited_them(self, world: World) -> None:
        row, client = invited(world), Client()
        answer(row, client)
        assert "made by <bdi>Sam</bdi>" in text_of(client.get("/s/harbour-city/me/"))

    def test_two_taps_make_one_account_and_another_form_none(self, world: World) -> None:
        row, form = invited(world), said()
        browsers = [Client(), Client()]
        for client in browsers:
            assert client.post(f"/welcome/{row.secret}/", form).status_code == 302
            assert client.get("/s/harbour-city/").status_code == 200
        thief = Client()
        assert thief.post(f"/welcome/{row.secret}/", said(name="Thief")).status_code == 410
        assert thief.get("/me/").status_code == 302
        assert Person.objects.filter(email="bea@example.org").count() == 1

    def test_a_link_alone_opens_no_account_that_opens_more(self, world: World) -> None:
        row, holder = invited(world, FARAH), Client()
        page = holder.get(f"/welcome/{row.secret}/")
        assert (page.status_code, "Sign in first" in text_of(page)) == (200, True)
        assert f"/in/?next=/welcome/{row.secret}/" in text_of(page)
        assert "Farah" not in text_of(page)
        refused = answer(row, holder, way="call", phone="01632 960 001")
        assert (refused.status_code, "01632 960 001" in text_of(refused)) == (403, True)
        assert holder.get("/me/").status_code == 302
        assert roles_of(FARAH, world) == set()

    def test_with_the_link_and_signed_in_they_are_in_under_their_own_name(self, world: World) -> None:
        row, farah = invited(world, FARAH), world.client("farah")
        page = text_of(farah.get(f"/welcome/{row.secret}/"))
        assert 'value="Farah"' in page
        assert "Bea" not in page
        assert answer(row, farah, name="Farah").status_code == 302
        assert roles_of(FARAH, world) == {"member"}
        assert {farah.get(f"/s/{place}/people/").status_code for place in ("harbour-city", "farfield")} == {
            200
        }
        assert Person.objects.get(email=FARAH).name == "Farah"

    def test_somebody_else_who_is_signed_in_is_told_to_sign_out(self, world: World) -> None:
        row, sam = invited(world, FARAH), world.client("sam")
        assert "This browser is signed in as" in text_of(sam.get(f"/welcome/{row.secret}/"))
        assert answer(row, sam).status_code == 403
        assert roles_of(FARAH, world) == set()

    def test_an_account_that_opens_nothing_comes_in_by_the_link(self, world: World) -> None:
        row = invited(world, "stranger@example.org")
        page = text_of(Client().get(f"/welcome/{row.secret}/"))
        assert ("Stranger" in page, 'value="Bea"' in page) == (False, True)
        assert answer(row, name="Stranger").status_code == 302
        assert roles_of("stranger@example.org", world) == {"member"}

    def test_a_closed_account_does_not(self, world: World) -> None:
        Person.objects.filter(pk=world.farah.pk).update(is_active=False)
        row = invited(world, FARAH)
        assert Client().get(f"/welcome/{row.secret}/").status_code == 410
        assert answer(row).status_code == 410
        assert roles_of(FARAH, world) == set()

    def test_an_account_made_meanwhile_by_another_invitation_signs_in_first(self, world: World) -> None:
        here = invited(world)
        by, bea = Actor(person=world.nadia), {"name": "Bea", "email": "bea@example.org", "roles": ["member"]}
        there = actions.add_person(at=world.thornbridge, by=by, **bea)  # type: ignore[arg-type]
        there = as_its_reader(there)
        client = Client()
        assert answer(there, client).status_code == 302
        assert "Sign in first" in text_of(Client().get(f"/welcome/{here.secret}/"))
        assert answer(here, client).status_code == 302
        assert roles_of("bea@example.org", world) == {"member"}

    @pytest.mark.parametrize(("name", "roles"), [("Sam", ["member"]), ("amara", ["facilitator"])])
    def test_st10_nobody_comes_in_under_the_name_of_whom_people_turn_to(
        self, world: World, name: str, roles: list[str]
    ) -> None:
        row = invited(world, roles=roles)
        refused = answer(row, name=name)
        assert (refused.status_code, "Add a letter or a word" in text_of(refused)) == (422, True)
        assert not Person.objects.filter(email="bea@example.org").exists()
        assert answer(row, name=f"{name} Bee").status_code == 302

    def test_st10_an_account_of_that_name_is_asked_for_another(self, world: World) -> None:
        Person.objects.filter(pk=world.farah.pk).update(name="SAM")
        world.farah.refresh_from_db()
        row, farah = invited(world, FARAH), world.client("farah")
        assert answer(row, farah, name="SAM").status_code == 422
        assert roles_of(FARAH, world) == set()
        assert answer(row, farah, name="Farah").status_code == 302

    @pytest.mark.parametrize(("role", "named"), [("safeguarding_lead", True), ("member", False)])
    def test_st10_whoever_help_would_name_reads_so_before_they_say_yes(
        self, world: World, role: str, *, named: bool
    ) -> None:
        page = text_of(Client().get(f"/welcome/{invited(world, roles=[role]).secret}/"))
        assert ("Help would name you to everybody here" in page) is named

    def test_a_place_that_rests_still_lets_them_in(self, world: World) -> None:
        row = invited(world)
        world.harbour.status = "paused"
        world.harbour.save()
        client = Client()
        assert answer(row, client).status_code == 302
        assert client.get("/s/harbour-city/").status_code == 200


class TestTheRulesOfTheAction:
    """What holds whatever a page forgets."""

    def test_an_invitation_is_answered_by_whom_it_is_for(self, world: World) -> None:
        row = invited(world, FARAH)
        for person in (world.amara, world.nadia, world.stranger):
            with pytest.raises(CannotAccept):
                self._accepts(world, row, person)
        self._accepts(world, row, world.farah)
        assert roles_of(FARAH, world) == {"member"}

    def test_an_account_that_opens_more_is_not_opened_by_a_link(self, world: World) -> None:
        row = invited(world, FARAH)
        with pytest.raises(MustSignIn):
            accept_invitation(
                at=world.harbour, by=Actor(person=world.farah), invitation=row, name="Farah", way="not"
            )

    def test_one_that_its_person_can_open_alone_is_not_either(self, world: World) -> None:
        world.client("stranger")
        row = invited(world, "stranger@example.org")
        assert "Sign in first" in text_of(Client().get(f"/welcome/{row.secret}/"))
        assert answer(row).status_code == 403

    def test_an_old_link_does_not_answer_for_a_newer_one(self, world: World) -> None:
        row = Invitation.objects.get(pk=invited(world, FARAH).pk)
        again(world, row)
        with pytest.raises(CannotAccept):
            self._accepts(world, row, world.farah)

    def _accepts(self, world: World, row: Invitation, person: Person) -> None:
        accept_invitation(
            at=world.harbour,
            by=Actor(person=person),
            invitation=row,
            session=SessionStore(),
            name=person.name,
        )


class TestFromTheListOfPlaces:
    def test_one_that_ran_out_is_not_there(self, world: World) -> None:
        row = invited(world, FARAH)
        Invitation.objects.update(works_until=LONG_AGO)
        assert world.client("farah").get("/places/").status_code == 302
        assert world.client("farah").get(f"/me/invited/{row.pk}/").status_code == 404

    def test_a_link_session_stays_one_whatever_it_answers(self, world: World) -> None:
        row, holder = invited(world, FARAH), world.client("farah")
        session = holder.session
        session[CAME_BY_LINK] = True
        session.save()
        assert answer(row, holder, name="Farah").status_code == 302
        assert holder.session[CAME_BY_LINK] is True

    def test_whoever_comes_in_by_a_link_takes_no_trust_from_who_was_signed_in_there(
        self, world: World
    ) -> None:
        sam = world.client("sam")
        session = sam.session
        session[CAME_BY_LINK] = False
        session.save()
        assert answer(invited(world), sam).status_code == 302
        assert sam.session[CAME_BY_LINK] is True

    def test_their_own_page_of_places_leads_there_too(self, world: World) -> None:
        row = invited(world, FARAH)
        assert f"/me/invited/{row.pk}/" in text_of(world.client("farah").get("/me/places/"))

    def test_they_find_it_where_they_land_and_say_yes_there(self, world: World) -> None:
        row, farah = invited(world, FARAH), world.client("farah")
        page = text_of(farah.get("/places/"))
        assert "Harbour City asks whether you would like to take part" in page
        assert f"/me/invited/{row.pk}/" in page
        assert 'value="Farah"' in text_of(farah.get(f"/me/invited/{row.pk}/"))
        assert farah.post(f"/me/invited/{row.pk}/", said(name="Farah")).headers["Location"] == "/"
        assert roles_of(FARAH, world) == {"member"}
        assert CAME_BY_LINK not in farah.session
        assert farah.post(f"/me/invited/{row.pk}/", said(name="Farah")).headers["Location"] == "/places/"
        assert farah.get("/s/harbour-city/people/").status_code == 200, "two taps sign nobody out"

    def test_who_came_by_a_link_might_not_be_who_reads_the_mail(self, world: World) -> None:
        row, holder = invited(world, FARAH), world.client("farah")
        session = holder.session
        session[CAME_BY_LINK] = True
        session.save()
        assert "Harbour City" not in text_of(holder.get("/places/", follow=True))
        assert holder.get(f"/me/invited/{row.pk}/").status_code == 404
        assert holder.post(f"/me/invited/{row.pk}/", said()).headers["Location"] == "/places/"
        assert roles_of(FARAH, world) == set()

    def test_it_is_nobody_else_s(self, world: World) -> None:
        row = invited(world, FARAH)
        for name in ("amara", "sam", "stranger", "olive"):
            assert world.client(name).get(f"/me/invited/{row.pk}/").status_code == 404
            world.client(name).post(f"/me/invited/{row.pk}/", said())
        assert Invitation.objects.get().waits
        assert world.client("farah").get(f"/me/invited/{row.pk}/").status_code == 200

    def test_without_one_it_is_as_before(self, world: World) -> None:
        assert world.client("farah").get("/places/").status_code == 302

    def test_one_that_was_answered_in_another_window_leads_on(self, world: World) -> None:
        row, farah = invited(world, FARAH), world.client("farah")
        farah.post(f"/me/invited/{row.pk}/", said(no="on"))
        assert farah.post(f"/me/invited/{row.pk}/", said()).headers["Location"] == "/places/"
        assert roles_of(FARAH, world) == set()


class TestNo:
    @pytest.mark.parametrize("email", [FARAH, "new@example.org"])
    def test_the_e_mail_is_forgotten_and_the_name_stays_for_who_asked(self, world: World, email: str) -> None:
        row, client = invited(world, email), Client()
        for _ in range(2):
            page = client.post(f"/welcome/{row.secret}/", {"no": "on", "form_key": uuid4()})
            assert "That is fine" in text_of(page)
        row.refresh_from_db()
        assert (row.email, row.roles, row.name, row.person) == ("", "member", "Bea", None)
        assert "Said no on" in text_of(world.client("sam").get(INVITED))
        assert "said no on" in text_of(world.client("sam").get(f"{INVITED}{row.pk}/"))
        late = text_of(answer(row, way="call", phone="01632 960 001"))
        assert ("That is fine" in late, "01632 960 001" in late) == (True, True), "no word is lost"
        assert not Letter.objects.filter(address=email).exists()
        assert roles_of(email, world) == set()
        with opened(world.harbour):
            assert Event.objects.at(world.harbour).filter(did="say_no", person=None).exists()

    def test_they_can_be_invited_again(self, world: World) -> None:
        row = invited(world)
        Client().post(f"/welcome/{row.secret}/", {"no": "on", "form_key": uuid4()})
        send(world.client("sam"), f"{INVITED}{row.pk}/", what="take_back")
        assert answer(invited(world)).status_code == 302
        assert roles_of("bea@example.org", world) == {"member"}

    def test_whoever_must_sign_in_first_can_say_no_without(self, world: World) -> None:
        row = invited(world, FARAH)
        assert "No, thank you" in text_of(Client().get(f"/welcome/{row.secret}/"))

    def test_no_after_yes_changes_nothing(self, world: World) -> None:
        row, client = invited(world), Client()
        answer(row, client)
        client.post(f"/welcome/{row.secret}/", {"no": "on", "form_key": uuid4()})
        assert roles_of("bea@example.org", world) == {"member"}
        with pytest.raises(CannotAccept):
            say_no(at=world.harbour, by=Actor(system="welcome"), invitation=row)

    def test_a_look_says_nothing(self, world: World) -> None:
        row = invited(world)
        Client().get(f"/welcome/{row.secret}/?no=on")
        assert Invitation.objects.get().waits

    def test_a_link_for_somebody_who_is_here_asks_for_no_answer(self, world: World) -> None:
        link = actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara, by_hand=True)
        assert "Rather not?" not in text_of(Client().get(f"/welcome/{link.secret}/"))
        answer(link, no="on", name="Amara")
        assert Membership.objects.filter(person=world.amara).exists()


class TestWhoeverInvited:
    def test_sends_it_again_and_the_first_link_stops(self, world: World) -> None:
        row, sam = invited(world), world.client("sam")
        soon = sam.post(f"{INVITED}{row.pk}/", {"what": "send", "form_key": uuid4()}, follow=True)
        assert "less than an hour ago" in text_of(soon)
        assert Letter.objects.count() == 1
        Invitation.objects.update(works_until=F("works_until") - timedelta(minutes=61))
        page = text_of(send(sam, f"{INVITED}{row.pk}/", what="send"))
        assert "An e-mail is on its way" in page
        assert "/welcome/" not in main_of(sam.get(INVITED))
        assert Client().get(f"/welcome/{row.secret}/").status_code == 404
        link = Letter.objects.get().facts["link"]
        assert Client().get(link.partition("8000")[2]).status_code == 200

    def test_g13_gets_no_link_in_hand_where_letters_leave(self, world: World) -> None:
        """It would tell who has an account, and whoever holds it could say yes for them."""
        row, sam = invited(world), world.client("sam")
        assert "hand over" not in main_of(sam.get(f"{INVITED}{row.pk}/"))
        page = sam.post(f"{INVITED}{row.pk}/", {"what": "by_hand", "form_key": uuid4()}, follow=True)
        assert "Nobody but whoever reads this mail may answer" in text_of(page)
        assert "/welcome/" not in main_of(page)

    def test_makes_a_link_to_hand_over_that_is_shown_once_where_none_leave(
        self, world: World, no_mail: None
    ) -> None:
        row, sam, key = invited(world, FARAH), world.client("sam"), uuid4()
        for shown in (True, False):
            page = text_of(send(sam, f"{INVITED}{row.pk}/", key=key, what="by_hand"))
            assert ("/welcome/" in page, "shown once" in page) == (shown, not shown)
            assert "on its way" not in page
        assert not Letter.objects.exists()

    def test_takes_it_back_and_a_second_press_is_told(self, world: World) -> None:
        row, sam, key = invited(world), world.client("sam"), uuid4()
        Letter.objects.update(sent_at=timezone.now(), facts={})
        for words in ("is forgotten here", "Nothing was changed"):
            page = sam.post(f"{INVITED}{row.pk}/", {"what": "take_back", "form_key": key}, follow=True)
            assert words in text_of(page)
        assert not Invitation.objects.exists()
        assert not Letter.objects.exists()
        assert Client().get(f"/welcome/{row.secret}/").status_code == 404
        assert sam.get(f"{INVITED}{row.pk}/").status_code == 404

    def test_cannot_take_back_what_was_answered_with_yes(self, world: World) -> None:
        row, sam = invited(world), world.client("sam")
        answer(row)
        for what in ("send", "by_hand", "take_back"):
            page = sam.post(f"{INVITED}{row.pk}/", {"what": what, "form_key": uuid4()}, follow=True)
            assert "Nothing was changed" in text_of(page)
        assert roles_of("bea@example.org", world) == {"member"}

    def test_a_no_is_not_sent_again(self, world: World) -> None:
        row = invited(world)
        Client().post(f"/welcome/{row.secret}/", {"no": "on", "form_key": uuid4()})
        with pytest.raises(actions.CannotChangeInvitation):
            again(world, row)

    def test_a_place_s_invitation_is_not_the_neighbour_s(self, world: World) -> None:
        row, by = invited(world), Actor(person=world.nadia)
        for act in (actions.invite_again, actions.take_back_invitation):
            with pytest.raises(actions.CannotChangeInvitation):
                act(at=world.thornbridge, by=by, invitation=row)
        assert answer(row).status_code == 302

    def test_a_link_that_ran_out_says_so_and_can_be_made_anew(self, world: World) -> None:
        row = invited(world)
        Invitation.objects.update(works_until=LONG_AGO)
        assert "Link ran out" in text_of(world.client("sam").get(INVITED))
        assert "Ran out on" in text_of(world.client("sam").get(f"{INVITED}{row.pk}/"))
        assert answer(row).status_code == 410
        assert answer(again(world, row)).status_code == 302

    def test_who_does_not_answer_is_forgotten_in_time(self, world: World) -> None:
        invited(world)
        gone = actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
        Invitation.objects.update(works_until=timezone.now() - timedelta(days=89))
        assert forget_unanswered(now=timezone.now()) == 0
        assert forget_unanswered(now=timezone.now() + timedelta(days=2)) == 1
        assert list(Invitation.objects.all()) == [gone], "the link of somebody who is here stays"

    def test_the_list_asks_as_few_questions_for_thirty_more(self, world: World) -> None:
        invited(world)
        sam, few = world.client("sam"), 0
        for number in range(30):
            few = few or queries(sam, INVITED)
            invited(world, f"{number}@example.org", name=f"N {number}")
        assert queries(sam, INVITED) == few <= 12
        assert "page=2" in text_of(sam.get(INVITED))


class TestProgrammesAndKeepers:
    def test_a_lead_sees_who_is_invited_to_coach(self, world: World) -> None:
        priya, people = world.client("priya"), "/p/north/people/"
        send(priya, f"{people}add/", name="Nia", email="nia@example.org", role="coach")
        row = Invitation.objects.get()
        assert "Invitations: 1" in text_of(priya.get(people))
        assert f"{people}invited/{row.pk}/" in text_of(priya.get(f"{people}invited/"))
        assert "Nia" in text_of(priya.get(f"{people}invited/{row.pk}/"))
        for name, status in (("kit", 403), ("sam", 404), ("farah", 404)):
            for page in ("", f"{row.pk}/"):
                assert world.client(name).get(f"{people}invited/{page}").status_code == status
        gone = send(priya, f"{people}invited/{row.pk}/", what="take_back")
        assert gone["Location"] == f"{people}invited/"
        assert not Invitation.objects.exists()

    def test_the_operator_helps_whoever_is_to_run_a_place_and_sees_nobody_else(self, world: World) -> None:
        olive, row = world.client("olive"), invited(world, name="Mo", roles=["facilitator"])
        member = invited(world, "secret@example.org", name="Secret")
        page = text_of(olive.get(f"/installation/programmes/{world.programme.pk}/"))
        assert ("Mo, invited as facilitator" in page, "Secret" in page) == (True, False)
        url = f"/installation/invitations/{row.pk}/"
        assert "Mo" in text_of(olive.get(url))
        assert olive.get(f"/installation/invitations/{member.pk}/").status_code == 404
        assert send(olive, f"/installation/invitations/{member.pk}/", what="take_back").status_code == 302
        assert Invitation.objects.filter(pk=member.pk).exists()
        for name in ("sam", "priya", "amara"):
            assert world.client(name).get(url).status_code == 404
            assert send(world.client(name), url, what="take_back").status_code == 404
        Client().post(f"/welcome/{row.secret}/", {"no": "on", "form_key": uuid4()})
        page = text_of(olive.get(f"/installation/programmes/{world.programme.pk}/"))
        assert "Mo, said no" in page
        assert send(olive, url, what="take_back").status_code == 302
        assert not Invitation.objects.filter(pk=row.pk).exists()
        mistaken = f"/installation/places/{world.harbour.pk}/facilitators/add/"
        other = text_of(send(olive, mistaken, name="Secret", email="x@example.org"))
        assert "here already" not in other, "an operator is not told the names of those whom they do not see"

    def test_further_people_cost_the_operator_no_further_questions(self, world: World) -> None:
        olive, url = world.client("olive"), f"/installation/programmes/{world.programme.pk}/"
        invited(world, roles=["facilitator"])
        few = queries(olive, url)
        for number in range(10):
            invited(world, f"{number}@example.org", name=f"N {number}", roles=["facilitator"])
        assert queries(olive, url) == few <= 12


class TestTheTable:
    HERE: dict[str, Any] = {"name": "", "email": "", "roles": ""}
    WAITS: dict[str, Any] = {"name": "Bea", "email": "b@example.org", "roles": "member"}

    def _keep(self, world: World, **about: Any) -> None:
        more = {"digest": str(uuid4()), "works_until": timezone.now()}
        with transaction.atomic():
            Invitation.objects.create(scope=world.harbour, **more, **about)

    def test_a_link_is_for_somebody_here_or_invited_and_never_both(self, world: World) -> None:
        self._keep(world, person=world.amara, **self.HERE)
        self._keep(world, **self.WAITS)
        self._keep(world, name="Bea", declined_at=timezone.now())
        wrong: list[dict[str, Any]] = [
            self.HERE,
            {**self.WAITS, "person": world.amara},
            {**self.WAITS, "email": "c@example.org", "used_at": timezone.now()},
            {**self.WAITS, "email": "c@example.org", "name": ""},
            {**self.WAITS, "email": "c@example.org", "roles": ""},
            {**self.WAITS, "email": "c@example.org", "declined_at": timezone.now()},
        ]
        for about in wrong:
            with pytest.raises(IntegrityError):
                self._keep(world, **about)

    def test_an_e_mail_is_invited_once_to_a_place_and_again_elsewhere(self, world: World) -> None:
        self._keep(world, **self.WAITS)
        with pytest.raises(IntegrityError):
            self._keep(world, **{**self.WAITS, "email": "B@Example.org"})
        more = {"digest": "x", "works_until": timezone.now()}
        Invitation.objects.create(scope=world.thornbridge, **self.WAITS, **more)
