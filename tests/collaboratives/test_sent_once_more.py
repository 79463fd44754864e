"""Going back to a form and pressing once more: the key is new, the words are the same."""

from typing import Any

import pytest

from collaboratives.models import Agreement, Ask, Dissent, Gathering
from programmes.models import Membership
from programmes.roles import Role
from tests.collaboratives.gatherings import hold
from tests.collaboratives.test_pages import PLAN, url
from tests.pages import main, send
from tests.world import LONG_AGO, World

SAID: list[tuple[str, Any, str, dict[str, str]]] = [
    ("add_worry", Dissent, "words", {"words": "Evenings"}),
    ("add_agreement", Agreement, "text", {"text": "Tea first", "how_reached": "Round"}),
    ("add_ask", Ask, "text", {"text": "Rooms?", "to_whom": "Council"}),
]


@pytest.mark.parametrize(("page", "rows", "asked", "words"), SAID)
def test_the_same_words_are_asked_about_once(
    world: World, page: str, rows: Any, asked: str, words: dict[str, str]
) -> None:
    gathering = hold(world)
    address = url(page, gathering)
    assert send(world, "sam", address, **words).status_code == 302
    question = send(world, "sam", address, **words)
    assert (question.status_code, rows.everywhere.count()) == (422, 1)
    assert "A question first" in question.content.decode()
    token = question.context["form"]["asked"].value()
    assert send(world, "sam", address, **{**words, asked: "Other words"}, asked=token).status_code == 302
    assert send(world, "sam", address, **words, asked=token).status_code == 302
    assert rows.everywhere.count() == 3
    assert send(world, "sam", url(page, hold(world)), **words).status_code == 302, "another gathering"


def test_the_same_plan_is_asked_about_once(world: World) -> None:
    address = url("plan_gathering")
    assert send(world, "sam", address, **PLAN).status_code == 302
    question = send(world, "sam", address, **PLAN)
    assert (question.status_code, Gathering.everywhere.count()) == (422, 1)
    token = question.context["form"]["asked"].value()
    assert send(world, "sam", address, **PLAN, asked=token).status_code == 302
    cancelled = Gathering.everywhere.all()
    cancelled.update(state="cancelled", cancelled_because="Snow")
    assert send(world, "sam", address, **PLAN).status_code == 302, "what is cancelled is planned anew"


def test_changing_an_ask_or_a_plan_asks_nothing(world: World) -> None:
    gathering = hold(world)
    send(world, "sam", url("add_ask", gathering), text="Rooms?", to_whom="Council")
    change = url("change_ask", ask=Ask.everywhere.get().pk)
    assert send(world, "sam", change, seen_version=1, text="Rooms?", to_whom="Mayor").status_code == 302


def test_whoever_answers_second_reads_the_first_answer_and_keeps_their_words(world: World) -> None:
    send(world, "amara", url("add_worry", hold(world)), words="Evenings")
    address = url("answer_worry", dissent=Dissent.everywhere.get().pk)
    assert "while you were writing" not in main(world, "sam", address)
    send(world, "sam", address, words="Noon then")
    late = send(world, "sam", address, words="Mornings rather").content.decode()
    assert "“Noon then”" in late
    assert "Mornings rather" in late
    answer = Dissent.everywhere.get().answer
    assert answer is not None
    assert url("correct_answer", answer=answer.pk) in late


def record(world: World, who: str, gathering: Gathering, version: int, **counts: Any) -> Any:
    return send(
        world, who, url("record_gathering", gathering), seen_version=version, notes="We met", **counts
    )


def test_two_records_show_the_counts_to_whoever_typed_them(world: World) -> None:
    gathering = hold(world)
    version = gathering.version
    assert record(world, "sam", gathering, version, people_came=34, brought_carer=4).status_code == 302
    both = record(world, "sam", gathering, version, people_came=19, brought_carer=4)
    assert both.status_code == 409
    said = {
        str(pair["label"]): (pair["now"], pair["mine"], pair["differs"]) for pair in both.context["pairs"]
    }
    assert said["How many people came in all?"] == ("34", "19", True)
    assert said["Carer: how many people?"] == ("4", "4", False)


def test_c2_two_records_show_nobody_what_another_counted(world: World) -> None:
    gathering = hold(world)
    version = gathering.version
    assert record(world, "sam", gathering, version, people_came=34, brought_carer=4).status_code == 302
    Membership.objects.create(person=world.helen, scope=world.harbour, role=Role.FACILITATOR, since=LONG_AGO)
    both = record(world, "helen", gathering, version, people_came=19)
    said = {str(pair["label"]): (pair["now"], pair["mine"]) for pair in both.context["pairs"]}
    assert said["How many people came in all?"] == ("Not shown to you", "19")
    assert "Carer: how many people?" not in said, "left empty, it stays as it was counted"
    assert "34" not in [now for now, _ in said.values()]
