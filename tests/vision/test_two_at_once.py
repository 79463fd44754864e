"""Two people at the same words, or one person tapping twice: nothing that was typed is lost."""

from typing import Any
from uuid import uuid4

import pytest

from collaboratives.actions import close_record
from collaboratives.models import Gathering
from tests.collaboratives.gatherings import hold
from tests.vision.whys import adopt, adopted, draft, sam, the_next, value, voice
from tests.world import World
from vision import actions
from vision.models import Value, Vision

WHY = "/s/harbour-city/why"


def page(name: str, vision: Vision) -> str:
    return f"{WHY}/draft/{vision.pk}/{name}/"


def test_words_written_while_others_adopted_stay_on_the_page(world: World):
    vision = draft(world)
    voice(world)
    seen = vision.version
    adopt(world, vision)
    said = {"statement": "Words that took me an hour", "seen_version": seen, "form_key": uuid4()}
    answer = world.client("sam").post(page("write", vision), said)
    assert answer.status_code == 409
    assert answer.content.decode().count("Words that took me an hour") == 2, (
        "beside what stands, and in the form"
    )
    again = {**said, "seen_version": Vision.everywhere.get(pk=vision.pk).version, "form_key": uuid4()}
    refused = world.client("sam").post(page("write", vision), again)
    assert refused.status_code == 422
    assert "Words that took me an hour" in refused.content.decode()
    assert Vision.everywhere.get(pk=vision.pk).statement == vision.statement


def test_a_value_typed_while_others_adopted_stays_on_the_page(world: World):
    vision = draft(world)
    voice(world)
    adopt(world, vision)
    said = {"name": "Courage", "meaning": "We say it", "form_key": uuid4()}
    answer = world.client("sam").post(page("values/add", vision), said)
    assert answer.status_code == 422
    assert "We say it" in answer.content.decode()
    assert not Value.everywhere.exists()


def test_two_taps_adopt_once_and_land_on_the_why(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    said = {
        "gathering": gathering.pk,
        "how_agreed": "We read it aloud",
        "sure": "on",
        "seen_version": vision.version,
        "words_read": vision.words_digest,
        "form_key": uuid4(),
    }
    for _ in range(2):
        answer = world.client("sam").post(page("adopt", vision), said)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{WHY}/")
    assert Vision.objects.at(world.harbour).adopted().count() == 1


def test_two_taps_take_a_value_out_once_and_land_on_the_draft(world: World):
    kindness = value(world, draft(world))
    said = {"form_key": uuid4()}
    for _ in range(2):
        answer = world.client("sam").post(f"{WHY}/values/{kindness.pk}/remove/", said)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{WHY}/draft/")
    assert not Value.everywhere.exists()


def test_values_that_changed_since_they_were_read_are_read_again_before_they_are_adopted(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    kindness = value(world, vision)
    read = world.client("sam").get(page("adopt", vision)).context["form"].initial
    actions.change_value(
        at=world.harbour, by=sam(world), value=kindness, name="Kindness", meaning="Something else"
    )
    said = {"gathering": gathering.pk, "how_agreed": "We read it aloud", "sure": "on", "form_key": uuid4()}
    seen = {name: read[name] for name in ("seen_version", "words_read")}
    answer = world.client("sam").post(page("adopt", vision), {**said, **seen})
    assert answer.status_code == 422
    assert "Somebody changed these words" in answer.content.decode()
    assert Vision.objects.at(world.harbour).drafts().exists()
    again = answer.context["form"]
    now = {name: again[name].value() for name in seen}
    assert world.client("sam").post(page("adopt", vision), {**said, **now}).status_code == 302
    assert Vision.objects.at(world.harbour).adopted().get() == vision


def test_words_that_changed_since_they_were_read_are_read_again_and_nothing_typed_is_lost(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    read = world.client("sam").get(page("adopt", vision)).context["form"].initial
    changed = "Everyone here belongs."
    actions.write_draft(at=world.harbour, by=sam(world), vision=vision, statement=changed)
    said = {"gathering": gathering.pk, "how_agreed": "We read it aloud", "sure": "on", "form_key": uuid4()}
    seen = {name: read[name] for name in ("seen_version", "words_read")}
    answer = world.client("sam").post(page("adopt", vision), {**said, **seen})
    assert answer.status_code == 422
    assert changed in answer.content.decode()
    assert "We read it aloud" in answer.content.decode()
    now = {name: answer.context["form"][name].value() for name in seen}
    assert world.client("sam").post(page("adopt", vision), {**said, **now}).status_code == 302
    assert Vision.objects.at(world.harbour).adopted().get().statement == changed


def test_a_form_that_does_not_say_what_was_read_adopts_nothing(world: World):
    vision = draft(world)
    voice(world)
    said = {"gathering": hold(world).pk, "how_agreed": "We read it aloud", "sure": "on", "form_key": uuid4()}
    seen = world.client("sam").get(page("adopt", vision)).context["form"].initial["seen_version"]
    answer = world.client("sam").post(page("adopt", vision), {**said, "seen_version": seen})
    assert answer.status_code == 422
    assert not Vision.objects.at(world.harbour).adopted().exists()


def test_words_that_change_after_the_form_was_checked_are_not_adopted_either(world: World):
    vision, gathering = draft(world), hold(world)
    voice(world)
    read = vision.words_digest
    value(world, vision)
    about: dict[str, Any] = {"vision": vision, "gathering": gathering, "how_agreed": "We read it aloud"}
    with pytest.raises(actions.CannotAdopt, match="Somebody changed these words"):
        actions.adopt(at=world.harbour, by=sam(world), words_read=read, **about)
    now = Vision.objects.at(world.harbour).get().words_digest
    assert actions.adopt(at=world.harbour, by=sam(world), words_read=now, **about).is_adopted


def test_what_others_adopted_meanwhile_stands_beside_what_was_typed(world: World):
    vision, gathering = draft(world), hold(world, title="Summer gathering")
    voice(world)
    read = world.client("sam").get(page("adopt", vision)).context["form"].initial
    adopt(world, vision, gathering)
    said = {"gathering": hold(world).pk, "how_agreed": "My own words", "sure": "on", "form_key": uuid4()}
    seen = {name: read[name] for name in ("seen_version", "words_read")}
    answer = world.client("sam").post(page("adopt", vision), {**said, **seen})
    assert answer.status_code == 409
    pairs = {pair["label"]: (pair["now"], pair["mine"]) for pair in answer.context["pairs"]}
    assert pairs["At which gathering was it adopted?"] == (
        "Summer gathering, 14 May 2026",
        "Spring gathering, 14 May 2026",
    )
    assert pairs["How did you come to agree?"][1] == "My own words"


def test_a_record_that_changed_in_the_same_moment_is_said_on_the_form(world: World, monkeypatch):
    vision, gathering = draft(world), hold(world)
    voice(world)

    def somebody_is_quicker(**about):
        Gathering.everywhere.filter(pk=gathering.pk).update(version=gathering.version + 1)
        return close_record(**about)

    monkeypatch.setattr("vision.actions.adopting.close_record", somebody_is_quicker)
    said = {"gathering": gathering.pk, "how_agreed": "My own words", "sure": "on", "form_key": uuid4()}
    seen = {"seen_version": vision.version, "words_read": vision.words_digest}
    answer = world.client("sam").post(page("adopt", vision), {**said, **seen})
    assert answer.status_code == 422
    assert "Somebody changed the record of that gathering" in answer.content.decode()
    assert "My own words" in answer.content.decode()
    assert Vision.objects.at(world.harbour).drafts().exists()
    monkeypatch.undo()
    again = world.client("sam").post(page("adopt", vision), {**said, **seen})
    assert again.status_code == 302


class TestAnotherDraft:
    """A page of a draft that was put away meanwhile changes nothing of the one that is open."""

    def two(self, world: World) -> tuple[Vision, Vision]:
        first = draft(world)
        actions.put_away(at=world.harbour, by=sam(world, hours=1), vision=first)
        other = the_next(world, "The words of somebody else", hours=2)
        return first, other

    def test_keeps_its_words_when_an_old_page_is_sent(self, world: World):
        first, other = self.two(world)
        said = {"statement": "Typed on the old page", "seen_version": other.version, "form_key": uuid4()}
        answer = world.client("sam").post(page("write", first), said)
        assert answer.status_code == 422
        assert "This draft was put away" in answer.content.decode()
        assert "Typed on the old page" in answer.content.decode()
        assert Vision.everywhere.get(pk=other.pk).statement == "The words of somebody else"
        assert (
            world.client("sam").post(page("write", other), {**said, "form_key": uuid4()}).status_code == 302
        )

    def test_gets_no_value_of_an_old_page(self, world: World):
        first, other = self.two(world)
        said = {"name": "Courage", "meaning": "We say it"}
        answer = world.client("sam").post(page("values/add", first), {**said, "form_key": uuid4()})
        assert (answer.status_code, Value.everywhere.count()) == (422, 0)
        assert "We say it" in answer.content.decode()
        world.client("sam").post(page("values/add", other), {**said, "form_key": uuid4()})
        assert Value.everywhere.get().vision == other

    def test_is_not_adopted_by_an_old_page(self, world: World):
        first, other = self.two(world)
        voice(world)
        said = {"gathering": hold(world).pk, "how_agreed": "Round", "sure": "on"}
        for vision, expected in ((first, 422), (other, 302)):
            vision.refresh_from_db()
            read = {"seen_version": vision.version, "words_read": vision.words_digest, "form_key": uuid4()}
            assert world.client("sam").post(page("adopt", vision), {**said, **read}).status_code == expected
        assert Vision.objects.at(world.harbour).adopted().get() == other

    def test_is_not_put_away_by_an_old_page(self, world: World):
        first, other = self.two(world)
        for vision, expected in ((first, 422), (other, 302)):
            said = {"form_key": uuid4(), "words_read": vision.words_digest}
            assert world.client("sam").post(page("put-away", vision), said).status_code == expected
            assert Vision.everywhere.get(pk=other.pk).is_draft is (vision == first)

    def test_is_not_put_away_by_an_old_page_with_the_same_words(self, world: World):
        first, other = self.two(world)
        Vision.everywhere.filter(pk=other.pk).update(statement=first.statement)
        said = {"form_key": uuid4(), "words_read": first.words_digest}
        assert first.words_digest == Vision.everywhere.get(pk=other.pk).words_digest
        assert world.client("sam").post(page("put-away", first), said).status_code == 422
        assert Vision.everywhere.get(pk=other.pk).is_draft

    def test_a_second_tap_on_adopt_lands_on_the_why_with_more_drafts_put_away(self, world: World):
        first, other = self.two(world)
        voice(world)
        actions.put_away(at=world.harbour, by=sam(world, hours=3), vision=other)
        vision = actions.take_up_again(at=world.harbour, by=sam(world, hours=4), vision=first)
        said = {"gathering": hold(world).pk, "how_agreed": "Round", "sure": "on", "form_key": uuid4()}
        read = {"seen_version": vision.version, "words_read": vision.words_digest}
        for _ in range(2):
            answer = world.client("sam").post(page("adopt", vision), {**said, **read})
            assert (answer.status_code, answer.headers.get("Location")) == (302, f"{WHY}/")
            if not Vision.objects.at(world.harbour).drafts().exists():
                the_next(world, days=1)


def test_words_that_came_after_the_page_was_opened_are_read_before_they_are_put_away(world: World):
    vision = draft(world)
    read = {"words_read": vision.words_digest}
    kept = value(world, vision, "Came meanwhile")
    address, client = page("put-away", vision), world.client("sam")
    answer = client.post(address, {**read, "form_key": uuid4()})
    assert answer.status_code == 422
    for words in ("Somebody changed these words", kept.name):
        assert words in answer.content.decode()
    assert Vision.everywhere.get().is_draft
    now = {name: answer.context["form"][name].value() for name in ("words_read", "form_key")}
    assert client.post(address, now).status_code == 302
    assert Vision.everywhere.get().is_put_away


def test_words_that_change_after_the_form_was_checked_are_not_put_away_either(world: World):
    vision = draft(world)
    read = vision.words_digest
    value(world, vision)
    with pytest.raises(actions.CannotWrite, match="Somebody changed these words"):
        actions.put_away(at=world.harbour, by=sam(world), vision=vision, words_read=read)
    now = Vision.objects.at(world.harbour).get().words_digest
    assert actions.put_away(at=world.harbour, by=sam(world), vision=vision, words_read=now).is_put_away


def test_who_adopts_a_draft_that_was_overtaken_reads_so_and_keeps_what_they_typed(world: World):
    first = adopted(world)
    away = actions.put_away(at=world.harbour, by=sam(world, days=1), vision=the_next(world, days=1))
    mine = the_next(world, days=2)
    page_was = {"seen_version": mine.version, "words_read": mine.words_digest, "sure": "on"}
    actions.put_away(at=world.harbour, by=sam(world, days=3), vision=mine)
    theirs = actions.take_up_again(at=world.harbour, by=sam(world, days=3), vision=away)
    latest = adopt(world, theirs, days=4).adopted_in
    assert (first.number, theirs.number, mine.number, latest is None) == (1, 2, 3, False)
    typed = {"gathering": latest and latest.pk, "how_agreed": "In two rounds", "form_key": uuid4()}
    answer = world.client("sam").post(page("adopt", mine), {**page_was, **typed})
    shown = answer.content.decode()
    assert (answer.status_code, "In two rounds" in shown) == (422, True)
    assert "This draft was put away" in shown


def test_an_old_page_sent_again_says_that_it_was_undone_since(world: World):
    vision, client = draft(world), world.client("sam")
    said = {"words_read": vision.words_digest, "form_key": uuid4()}
    for words in ("The draft is put away", "somebody took the draft up again since"):
        answer = client.post(page("put-away", vision), said, follow=True)
        assert words in answer.content.decode()
        if Vision.everywhere.get().is_put_away:
            actions.take_up_again(at=world.harbour, by=sam(world, hours=1), vision=Vision.everywhere.get())
    assert Vision.everywhere.get().is_draft


OF_A_DRAFT = ("write", "values/add", "adopt", "put-away")


@pytest.mark.parametrize("status", list(Vision.Status))
@pytest.mark.parametrize(
    "address", [*(f"draft/{{}}/{each}/" for each in OF_A_DRAFT), "history/{}/look-again/"]
)
def test_a_form_answers_in_words_whatever_became_of_its_version(world: World, status: str, address: str):
    vision, gathering = in_status(world, Vision.Status(status)), hold(world)
    said = {"statement": "x", "name": "x", "meaning": "x", "how_agreed": "x", "what_we_found": "x"}
    about: dict[str, Any] = {
        "gathering": gathering.pk,
        "seen_version": vision.version,
        "words_read": vision.words_digest,
    }
    about |= {"sure": "on", "form_key": uuid4()}
    answer = world.client("sam").post(f"{WHY}/{address.format(vision.pk)}", said | about)
    its_own = "adopted" if "look-again" in address else "draft"
    assert answer.status_code == (302 if status == its_own else 422)


def in_status(world: World, status: Vision.Status) -> Vision:
    voice(world)
    vision = draft(world)
    if status == Vision.Status.PUT_AWAY:
        actions.put_away(at=world.harbour, by=sam(world), vision=vision)
    elif status != Vision.Status.DRAFT:
        adopt(world, vision)
    if status == Vision.Status.RETIRED:
        adopt(world, the_next(world, days=1), days=2)
    vision.refresh_from_db()
    return vision
