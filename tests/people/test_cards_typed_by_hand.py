"""The code on a printed card can be read, typed and pointed a camera at; older links go on working."""

import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from kit.actions import Actor
from kit.qr_codes import drawn
from programmes import actions
from programmes.actions.codes import ALPHABET, CODE_LENGTH, code_in, digest_of, new_code
from programmes.models import Invitation
from tests.programmes.sending import send, text_of
from tests.world import World

PEOPLE = "/s/harbour-city/people/"


@pytest.fixture
def invitation(world: World) -> Invitation:
    return actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)


def test_a_code_has_a_hundred_bits_and_nothing_that_looks_like_something_else():
    assert len(set(ALPHABET)) ** CODE_LENGTH >= 2**100
    assert not set("ilou") & set(ALPHABET)
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(code_in(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed_as",
    [
        str,
        str.upper,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' ')} ",
        lambda code: code.replace("-", "\u2013"),
        lambda code: code.replace("0", "O").replace("1", "l"),
        lambda code: code.replace("0", "o").replace("1", "I"),
        lambda code: f"http://localhost:8000/welcome/{code}/",
        lambda code: f"http://localhost:8000/welcome/{code}/?from=letter",
        lambda code: f"({code}).",
    ],
)
def test_a_code_counts_however_it_is_typed(
    world: World, invitation: Invitation, typed_as: Callable[[str], str]
):
    invitation.secret = "0123-456a-1010-bcde-zy10"
    Invitation.objects.filter(pk=invitation.pk).update(digest=digest_of(invitation.secret))
    answer = send(Client(), "/welcome/", code=typed_as(invitation.secret))
    assert answer.headers["Location"] == f"/welcome/{invitation.secret}/"
    assert Client().get(answer.headers["Location"]).status_code == 200
    assert Client().get(f"/welcome/{invitation.secret.upper().replace('-', '')}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "abcd", "0123-456a-1010-bcde-zy1u", "x" * 21, "🌱" * 20, "0" * 301])
def test_what_is_no_code_is_said_beside_the_box(world: World, typed: str):
    answer = send(Client(), "/welcome/", code=typed)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)


def test_a_wrong_code_opens_nothing_and_guessing_has_a_limit(world: World, invitation: Invitation):
    client = Client()
    answers = [client.get(send(client, "/welcome/", code=new_code()).headers["Location"]) for _ in range(31)]
    assert {answer.status_code for answer in answers} == {404, 429}
    assert answers[0].status_code == 404


def test_a_link_of_the_older_kind_still_works(world: World, invitation: Invitation):
    old = "Xq3-_oIlO" * 4 + "abcdefg"
    assert len(old) == 43
    Invitation.objects.filter(pk=invitation.pk).update(digest=digest_of(old))
    assert Client().get(f"/welcome/{old}/").status_code == 200
    assert Client().get(f"/welcome/{old.lower()}/").status_code == 404


def test_the_way_in_leads_to_where_a_code_is_typed(world: World):
    assert 'href="/welcome/"' in text_of(Client().get("/in/"))
    assert Client().get("/welcome/").status_code == 200


def test_the_card_shows_address_code_in_groups_and_a_picture_with_words_for_it(world: World):
    page = text_of(send(world.client("sam"), f"{PEOPLE}add/", name="Bea", roles="member"))
    card = page.partition('class="lw-card lw-welcome-card"')[2].partition("</section>")[0]
    groups = re.findall(r"<span>([0-9a-z]{4})-?</span>", card)
    assert len(groups) == 5
    assert f"/welcome/{'-'.join(groups)}/" in page
    assert "http://localhost:8000/welcome/</strong>" in card
    assert 'role="img" aria-label="QR code' in card
    assert "<svg" in card
    assert "style=" not in card


def test_the_picture_is_an_svg_that_says_the_address_and_carries_no_style():
    one, other = drawn("http://localhost/welcome/a/"), drawn("http://localhost/welcome/b/")
    assert one != other
    assert one == drawn("http://localhost/welcome/a/")
    assert ElementTree.fromstring(one).tag == "svg"  # noqa: S314 - our own
    assert "style" not in one
