"""A name is free, but for one: that of somebody people turn to when they worry (rule ST10)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from kit.actions import Actor
from kit.names import is_among, mixes_alphabets, share_a_word
from people.models import Person
from programmes.actions import invite
from tests.world import World

TAKEN = "is the name of somebody people turn to here"
CYRILLIC_A = "\u0430"


def called(world: World, who: str, name: str) -> tuple[int, str]:
    """Send the settings form with another name; return the answer's status, and its words."""
    person = world.people[who]
    typed = {"name": name, "text_size": "normal", "colours": "device", "seen_version": person.version}
    answer = world.client(who).post("/me/", {**typed, "form_key": uuid4()})
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "Sam",
        " sam ",
        "S am",
        "S\u00e1m",
        "Omar",
        "S\u200bam",
        "\uff33am",
        "Sam.",
        "S\u2019am",
        "\U0001d412am",
    ],
)
def test_st10_nobody_takes_the_name_of_somebody_people_turn_to(world: World, name: str):
    status, page = called(world, "amara", name)
    assert (status, TAKEN in page) == (422, True)
    assert Person.objects.get(pk=world.amara.pk).name == "Amara"


@pytest.mark.parametrize("name", ["Sam B", "Tomasz", "Nadia", "Farah", "Ama"])
def test_st10_every_other_name_is_free(world: World, name: str):
    assert called(world, "amara", name)[0] == 302
    assert Person.objects.get(pk=world.amara.pk).name == name


def test_st10_whoever_has_the_name_keeps_it(world: World):
    Person.objects.filter(pk=world.amara.pk).update(name="Sam")
    assert called(world, "amara", "Sam")[0] == 302
    assert called(world, "sam", "Sam")[0] == 302
    assert called(world, "omar", "SAM")[0] == 422


def test_st10_a_link_does_not_give_the_name_either(world: World):
    link = invite(at=world.harbour, by=Actor(person=world.sam, now=timezone.now()), person=world.amara).secret
    Person.objects.filter(pk=world.amara.pk).update(name="Amara")
    browser = Client()
    now = {"way": "not", "form_key": uuid4()}
    refused = browser.post(f"/welcome/{link}/", {"name": "omar", **now})
    assert (refused.status_code, TAKEN in refused.content.decode()) == (422, True)
    assert browser.get("/me/").status_code == 302
    assert (
        browser.post(f"/welcome/{link}/", {"name": "Omar B", **now, "form_key": uuid4()}).status_code == 302
    )
    assert Person.objects.get(pk=world.amara.pk).name == "Omar B"


def test_two_alphabets_that_look_alike_are_not_mixed_in_one_word(world: World):
    status, page = called(world, "amara", f"S{CYRILLIC_A}m")
    assert (status, "letters of two alphabets" in page) == (422, True)
    assert called(world, "amara", "Amara \u0410\u043c\u0430\u0440\u0430")[0] == 302


@pytest.mark.parametrize(
    "name",
    ["Zo\u00eb-J\u00fcrgen O\u2019Neil", "\u738b\u3055\u3093", "\u0646\u0648\u0631 2", "\U0001f331", ""],
)
def test_names_of_one_alphabet_are_let_be(name: str):
    assert not mixes_alphabets(name)


def test_a_name_is_the_same_however_it_is_written():
    assert is_among("JOS\u00c9 Mar\u00eda", ["jose maria"])
    assert not is_among("Jos", ["jose"])
    assert is_among("O\u2019Neill", ["O'Neill"])
    assert is_among("\u1d18am", ["Pam"]), "a small capital letter"
    assert is_among("Sam\u00b4", ["Sam"]), "an accent that stands behind its letter"
    assert is_among("Sa`m", ["Sam"]), "an accent that stands alone"
    assert is_among("Sam\u3164", ["Sam"]), "a filler that is not drawn"
    assert is_among("\u0405\u0410\u041c", ["Sam"]), "all of it Cyrillic, drawn the same"
    assert is_among("\u039f\u039c\u0391R", ["Omar"]), "mostly Greek"
    assert is_among("\u0646\u064f\u0648\u0631", ["\u0646\u0648\u0631"]), "a point that says how to read it"


def test_marks_that_are_not_drawn_make_no_other_name():
    ram = "\u0930\u093e\u092e"
    assert is_among("\u0301Sam", ["Sam"]), "an accent before the first letter"
    assert is_among(f"{ram}\ufe0f", [ram]), "a choice of shape"
    assert is_among(f"{ram}\u034f", [ram]), "a joiner"
    assert is_among("\u738b\u4f1f\ufe00", ["\u738b\u4f1f"])


def test_vowels_that_are_written_as_marks_are_letters():
    ram, rama = "\u0930\u093e\u092e", "\u0930\u092e\u093e"
    assert is_among(ram, [ram])
    assert not is_among(ram, [rama])


def test_a_name_of_signs_alone_is_itself():
    assert is_among("...", ["..."])
    assert not is_among("...", ["!!!"])


def test_each_half_of_a_double_name_has_its_own_alphabet():
    assert not mixes_alphabets("Anna-\u041c\u0430\u0440\u0438\u044f")
    assert mixes_alphabets("\u0405.am"), "a full stop parts no words"


@pytest.mark.parametrize("name", ["Sam", "Sam O.", "Bo"])
def test_words_that_hold_a_name(name: str):
    assert share_a_word(name, name)
    assert not share_a_word("a mother of two", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Li Wu, a neighbour", "Li Wu"),
        ("Jo, a neighbour", "Jo"),
        ("\u738b\u4f1f, a neighbour", "\u738b\u4f1f"),
        ("Sam+Omar", "Sam"),
        ("I am Sam\U0001f331", "Sam"),
        ("a carer of O\u2019Neill", "O'Neill"),
    ],
)
def test_a_whole_name_among_other_words_is_found_however_short(text: str, name: str):
    assert share_a_word(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("a neighbour", "A"), ("a member from Wuxi", "Wu"), ("Wu and Li", "Li Wu"), ("one of us", "Ann of Ur")],
)
def test_an_initial_or_a_piece_of_a_word_is_no_name(text: str, name: str):
    assert not share_a_word(text, name)
