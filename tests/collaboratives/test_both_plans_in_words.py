"""The page with both versions says what people said: days, answers and names, never keys."""

from uuid import uuid4

from collaboratives import actions
from collaboratives.models import Dissent
from kit.actions import Actor
from tests.collaboratives.gatherings import hold, plan
from tests.world import World


def test_a_day_is_said_as_it_was_typed_and_does_not_differ_from_itself(world: World):
    gathering = plan(world)
    address = f"/s/harbour-city/gatherings/{gathering.pk}/change/"
    said = {
        "title": "Summer",
        "starts": "2pm",
        "ends": "4pm",
        "place": "Grove Street Hall",
        "seen_version": 9,
    }
    day = {"on_day": "14", "on_month": "5", "on_year": "2026"}
    answer = world.client("sam").post(address, {**said, **day, "form_key": uuid4()})
    assert answer.status_code == 409
    differ = {str(pair["label"]) for pair in answer.context["pairs"] if pair["differs"]}
    assert differ == {"What shall we call it?"}
    assert "<td>14 5 2026</td>" in answer.content.decode()


def test_an_answer_is_said_as_its_label(world: World):
    gathering = hold(world)
    agreement = actions.add_agreement(
        within=world.collaborative,
        by=Actor(person=world.sam),
        gathering=gathering,
        text="We start with tea",
        how_reached="Everybody could live with it",
    )
    address = f"/s/harbour-city/gatherings/{gathering.pk}/worries/add/"
    key = uuid4()
    world.client("amara").post(address, {"words": "Who pays?", "agreement": "", "form_key": key})
    other = {"words": "Who pays for tea?", "agreement": agreement.pk, "form_key": key}
    answer = world.client("amara").post(address, other)
    assert answer.status_code == 409
    mine = {str(pair["label"]): pair["mine"] for pair in answer.context["pairs"]}
    assert "We start with tea" in mine["Is it about one of these agreements?"]
    assert Dissent.everywhere.count() == 1
