"""What a link opened in one place opens nowhere else (C2, G11): links, sessions and passwords end."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from kit import scope as scopes
from kit.actions import Actor
from people.forms import SetPassword
from people.models import Person
from programmes import actions
from programmes.actions import cards
from programmes.models import Invitation, TakenRole
from programmes.roles import Role
from tests.people.conftest import PASSWORD
from tests.programmes.inviting import comes_in
from tests.programmes.sending import send, text_of
from tests.world import LONG_AGO, World

FARFIELD = "/s/farfield/people/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def no_mail(settings: object) -> None:
    """No letter leaves, so that links are shown to whoever makes them."""
    setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")  # noqa: B010


def opened(invitation: Invitation) -> Client:
    """Come in by the link, as its maker could."""
    client = Client()
    sent = {"name": invitation.called, "way": "not", "form_key": uuid4()}
    assert client.post(f"/welcome/{invitation.secret}/", sent).status_code == 302
    return client


def shows_carer(client: Client) -> bool:
    card = client.get("/s/harbour-city/me/")
    assert card.status_code == 200
    box = re.search(r'<input[^>]*value="carer"[^>]*>', text_of(card))
    assert box is not None
    return "checked" in box[0]


def added(world: World, email: str) -> Invitation:
    by = Actor(person=world.sam)
    return actions.add_person(
        at=world.harbour, by=by, name="V", email=email, roles=[Role.PRACTITIONER_VOLUNTARY]
    )


def added_elsewhere(world: World, email: str) -> None:
    """Let the person say yes to another place, who reads the mail and signs in."""
    comes_in(world.farfield, world.farah, Person.objects.get(email=email), Role.FACILITATOR)


def test_a_password_set_by_a_link_s_holder_does_not_open_the_next_place(world: World, no_mail: None) -> None:
    holder = opened(added(world, "v@example.org"))
    holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(email="v@example.org").has_usable_password(), "the control: it was set"
    added_elsewhere(world, "v@example.org")
    back = Client()
    back.post("/in/login/", {"login": "v@example.org", "password": PASSWORD})
    assert back.get(FARFIELD).status_code == 302


def test_a_password_at_a_proven_address_stays(world: World) -> None:
    EmailAddress.objects.filter(user=world.amara).update(verified=True)
    world.amara.set_password(PASSWORD)
    world.amara.save()
    added_elsewhere(world, "amara@example.org")
    assert Person.objects.get(pk=world.amara.pk).has_usable_password()


def test_a_link_that_was_shown_does_not_open_the_next_place(world: World, no_mail: None) -> None:
    opened(added(world, "v@example.org"))
    person, by = Person.objects.get(email="v@example.org"), Actor(person=world.sam)
    held = actions.let_in(at=world.harbour, by=by, person=person, by_hand=True)
    assert Client().get(f"/welcome/{held.secret}/").status_code == 200
    added_elsewhere(world, "v@example.org")
    sent = {"name": "V", "way": "not", "form_key": uuid4()}
    assert Client().post(f"/welcome/{held.secret}/", sent).status_code == 410


def test_a_session_that_a_link_opened_does_not_open_the_next_place(world: World, no_mail: None) -> None:
    holder = opened(added(world, "v@example.org"))
    assert holder.get("/s/harbour-city/").status_code == 200
    added_elsewhere(world, "v@example.org")
    assert holder.get(FARFIELD).status_code == 302
    assert holder.get("/s/harbour-city/").status_code == 302


def test_an_invitation_that_nobody_answered_ends_nothing(world: World, no_mail: None) -> None:
    holder = opened(added(world, "v@example.org"))
    about = {"name": "V", "email": "v@example.org", "roles": [Role.FACILITATOR]}
    invited = actions.add_person(at=world.farfield, by=Actor(person=world.farah), **about)  # type: ignore[arg-type]
    assert invited.secret, "shown, since no letter leaves"
    assert holder.get("/s/harbour-city/").status_code == 200


def test_whoever_holds_a_link_of_one_place_cannot_say_yes_to_another(world: World, no_mail: None) -> None:
    """The facilitator of the first place has a session as V, of the second a link: neither is enough."""
    holder = opened(added(world, "v@example.org"))
    about = {"name": "V", "email": "v@example.org", "roles": [Role.FACILITATOR]}
    invited = actions.add_person(at=world.farfield, by=Actor(person=world.farah), **about)  # type: ignore[arg-type]
    sent = {"name": "V", "way": "not", "form_key": uuid4()}
    assert holder.post(f"/me/invited/{invited.pk}/", sent).headers["Location"] == "/places/"
    assert Client().post(f"/welcome/{invited.secret}/", sent).status_code == 403
    assert holder.get(FARFIELD).status_code == 404
    assert holder.post(f"/welcome/{invited.secret}/", sent).status_code == 302, "the two together are V"
    assert holder.get(FARFIELD).status_code == 200


def test_c2_a_password_nobody_proved_shows_no_taken_role(world: World, no_mail: None) -> None:
    cards.make_own_card(at=world.harbour, by=Actor(person=world.amara), takes=[Role.CARER], way="not")
    assert shows_carer(world.client("amara")), "its person sees it"
    link = actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    holder = opened(link)
    holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    back = Client()
    back.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert not shows_carer(back)


def test_c2_a_link_alone_gives_an_account_no_other_address(world: World, no_mail: None) -> None:
    holder = opened(actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara))
    page = holder.post("/in/email/", {"email": "thief@example.org", "action_add": ""})
    assert "A link let you in" in text_of(page)
    assert not EmailAddress.objects.filter(email="thief@example.org").exists()


def test_whoever_has_come_in_before_gets_no_link_by_hand_where_letters_leave(world: World) -> None:
    by = Actor(person=world.sam)
    assert actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True).secret
    Person.objects.filter(pk=world.amara.pk).update(last_login=LONG_AGO)
    world.amara.refresh_from_db()
    with pytest.raises(actions.CannotLetIn):
        actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True)
    page = text_of(world.client("sam").get(f"/s/harbour-city/people/{world.amara.pk}/"))
    assert "Send a new link by e-mail" in page
    assert "hand over" not in page


def test_what_a_second_window_sent_is_given_back(world: World) -> None:
    link = actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara, by_hand=True)
    send(world.client("amara"), "/s/harbour-city/me/", way="not")
    sent = {"name": "Amara", "way": "call", "phone": "01632 960 001", "access_needs": "Step-free, please"}
    page = Client().post(f"/welcome/{link.secret}/", {**sent, "form_key": uuid4()})
    assert (page.status_code, "Step-free, please" in text_of(page)) == (410, True)


def test_g11_whoever_shows_that_they_read_their_mail_ends_what_a_link_s_holder_kept(
    world: World, code_for: Callable[[str], str]
) -> None:
    """A planted password, and the session that planted it; then the next place is out of reach, too."""
    holder = opened(
        actions.let_in(at=world.harbour, by=Actor(person=world.sam), person=world.amara, by_hand=True)
    )
    holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(pk=world.amara.pk).has_usable_password(), "the control: it was set"
    amara = signed_in_by_code("amara@example.org", code_for)
    assert amara.get("/me/").status_code == 200
    assert holder.get("/me/").status_code == 302
    assert not Person.objects.get(pk=world.amara.pk).has_usable_password()
    back = Client()
    back.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
    assert back.get("/me/").status_code == 302
    assert amara.get("/me/").status_code == 200


def test_a_password_given_together_with_the_proof_stays(world: World, code_for: Callable[[str], str]) -> None:
    by, amara = Actor(person=world.sam), Client()
    other = opened(actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True))
    other.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert other.get("/me/").status_code == 200
    amara.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
    amara.post("/in/confirm-email/", {"code": code_for("amara@example.org")})
    assert amara.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302
    assert Person.objects.get(pk=world.amara.pk).has_usable_password()


def test_a_second_proof_ends_nothing(world: World, code_for: Callable[[str], str]) -> None:
    signed_in_by_code("amara@example.org", code_for)
    person = Person.objects.get(pk=world.amara.pk)
    person.set_password(PASSWORD)
    person.save()
    first, second = (signed_in_by_code("amara@example.org", code_for) for _ in range(2))
    first.post("/in/email/", {"email": "new@example.org", "action_add": ""})
    first.post("/in/confirm-email/", {"code": code_for("new@example.org")})
    person.refresh_from_db()
    assert (person.email, person.has_usable_password()) == ("new@example.org", True)
    assert {first.get("/me/").status_code, second.get("/me/").status_code} == {200}


def signed_in_by_code(address: str, code_for: Callable[[str], str]) -> Client:
    client = Client()
    client.post("/in/login/code/", {"email": address})
    client.post("/in/login/code/confirm/", {"code": code_for(address)})
    assert client.get("/me/").status_code == 200
    return client


def test_c2_whoever_adds_a_first_address_after_a_link_reads_nothing_that_was_said_before(
    world: World, code_for: Callable[[str], str]
) -> None:
    """The facilitator who makes the link could add an address of their own."""
    by = Actor(person=world.sam)
    link = actions.add_person(at=world.harbour, by=by, name="Bea", roles=[Role.MEMBER])
    bea = opened(link)
    person = Person.objects.get(name="Bea")
    with scopes.opened(world.harbour):
        cards.take_roles(world.harbour, person, [Role.CARER])
        assert TakenRole.objects.at(world.harbour).of_person(person.pk).exists(), "the control"
    holder = opened(actions.let_in(at=world.harbour, by=by, person=person))
    assert "what you said you bring is forgotten" in text_of(holder.get("/in/email/"))
    holder.post("/in/email/", {"email": "thief@example.org", "action_add": ""})
    holder.post("/in/confirm-email/", {"code": code_for("thief@example.org")})
    assert bea.get("/me/").status_code == 302
    assert not shows_carer(signed_in_by_code("thief@example.org", code_for))


def test_c2_a_link_sets_no_password_at_an_address_that_is_proven(
    world: World, code_for: Callable[[str], str]
) -> None:
    cards.make_own_card(at=world.harbour, by=Actor(person=world.amara), takes=[Role.CARER], way="not")
    EmailAddress.objects.filter(user=world.amara).update(verified=True)
    by = Actor(person=world.sam)
    holder = opened(actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True))
    page = holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert "A link let you in" in text_of(page)
    assert not Person.objects.get(pk=world.amara.pk).has_usable_password()
    amara = signed_in_by_code("amara@example.org", code_for)
    amara.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(pk=world.amara.pk).has_usable_password()


def test_a_request_that_was_under_way_while_its_session_ended_sets_no_password(
    world: World, code_for: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by, real = Actor(person=world.sam), SetPassword.clean
    holder = opened(actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True))

    def waits(form: SetPassword) -> dict[str, object]:
        monkeypatch.setattr(SetPassword, "clean", real)
        cleaned = real(form)
        signed_in_by_code("amara@example.org", code_for)
        return cleaned

    monkeypatch.setattr(SetPassword, "clean", waits)
    holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    assert holder.get("/me/").status_code == 302
    assert not Person.objects.get(pk=world.amara.pk).has_usable_password()


def test_a_password_typed_before_in_the_same_browser_is_no_part_of_the_proof(
    world: World, code_for: Callable[[str], str]
) -> None:
    by, shared = Actor(person=world.sam), Client()
    holder = opened(actions.let_in(at=world.harbour, by=by, person=world.amara, by_hand=True))
    holder.post("/in/password/set/", {"password1": PASSWORD, "password2": PASSWORD})
    shared.post("/in/login/", {"login": "amara@example.org", "password": PASSWORD})
    shared.get("/in/")
    shared.post("/in/login/code/", {"email": "amara@example.org"})
    shared.post("/in/login/code/confirm/", {"code": code_for("amara@example.org")})
    assert shared.get("/me/").status_code == 200
    assert not Person.objects.get(pk=world.amara.pk).has_usable_password()
