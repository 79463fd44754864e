"""A draft that nobody goes on with is put away and kept; and nothing is adopted that is not new."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.collaboratives.gatherings import MAY, hold
from tests.pages import queries
from tests.vision.whys import WORDS, adopt, adopted, draft, sam, the_next, value, voice
from tests.world import World
from vision import actions
from vision.models import Value, Vision, VisionVoice, Voice

HISTORY = "/s/harbour-city/why/history/"
DRAFTS = f"{HISTORY}?put-away=yes"


def put_away(world: World, vision: Vision, **later: float) -> Vision:
    return actions.put_away(at=world.harbour, by=sam(world, **later), vision=vision)


def take_up_again(world: World, vision: Vision, **later: float) -> Vision:
    return actions.take_up_again(at=world.harbour, by=sam(world, **later), vision=vision)


def page_of(vision: Vision, name: str) -> str:
    return f"/s/harbour-city/why/draft/{vision.pk}/{name}/"


def press(client: Client, address: str, **said: str) -> str:
    return client.post(address, {"form_key": uuid4(), **said}, follow=True).content.decode()


class TestPuttingAway:
    def test_keeps_the_words_and_makes_room_for_another(self, world: World) -> None:
        first = draft(world)
        value(world, first)
        assert put_away(world, first).status == Vision.Status.PUT_AWAY
        other = actions.start_draft(at=world.harbour, by=sam(world))
        first.refresh_from_db()
        assert (first.number, first.statement, other.number, other.statement) == (1, WORDS, 2, "")
        assert Value.everywhere.get().vision_id == first.pk

    def test_its_voices_wait_for_the_next_draft(self, world: World) -> None:
        first, heard = draft(world), voice(world)
        put_away(world, first)
        assert list(Voice.objects.at(world.harbour).waiting()) == [heard]
        assert heard in Voice.objects.at(world.harbour).behind(the_next(world))

    def test_v3_an_adopted_version_is_not_put_away(self, world: World) -> None:
        with pytest.raises(actions.CannotWrite, match="stays as it is"):
            put_away(world, adopted(world))
        assert Vision.everywhere.get().is_adopted

    def test_twice_is_refused(self, world: World) -> None:
        away = put_away(world, draft(world))
        with pytest.raises(actions.CannotWrite, match="put away"):
            put_away(world, away)

    def test_nobody_writes_or_adopts_what_was_put_away(self, world: World) -> None:
        voice(world)
        away = draft(world)
        kept = value(world, away)
        put_away(world, away)
        away.refresh_from_db()
        at, by = world.harbour, sam(world)
        with pytest.raises(actions.CannotWrite, match="put away"):
            actions.write_draft(at=at, by=by, vision=away, statement="Other words")
        with pytest.raises(actions.CannotWrite, match="put away"):
            actions.remove_value(at=at, by=by, value_id=kept.pk)
        with pytest.raises(actions.CannotAdopt, match="put away"):
            adopt(world, away)
        assert (Vision.everywhere.get().statement, Value.everywhere.count()) == (WORDS, 1)

    def test_the_version_before_is_the_one_that_was_adopted(self, world: World) -> None:
        first = adopted(world)
        put_away(world, the_next(world, days=1))
        third = adopt(world, the_next(world, days=2), days=3)
        found = Vision.objects.at(world.harbour).agreed().with_the_one_before().newest_first()
        assert [(row.number, getattr(row, "before")) for row in found] == [(3, first.pk), (1, None)]  # noqa: B009 - annotated
        assert third.is_adopted


class TestTakingUpAgain:
    def test_brings_back_the_words_and_the_voices_that_came_meanwhile(self, world: World) -> None:
        first, early = draft(world), voice(world)
        put_away(world, first)
        late = voice(world, text="Ask my daughter too")
        assert take_up_again(world, first).is_draft
        assert set(Voice.objects.at(world.harbour).behind(first)) == {early, late}
        assert VisionVoice.everywhere.count() == 2

    def test_is_refused_while_another_draft_is_open(self, world: World) -> None:
        away = put_away(world, draft(world))
        the_next(world)
        with pytest.raises(actions.CannotWrite, match="being written already"):
            take_up_again(world, away)

    def test_is_refused_once_a_later_version_was_adopted(self, world: World) -> None:
        away = put_away(world, draft(world))
        voice(world)
        adopt(world, the_next(world))
        with pytest.raises(actions.CannotWrite, match="Version 2 was adopted after this draft was put away"):
            take_up_again(world, away)
        away.refresh_from_db()
        assert away.is_put_away

    def test_is_refused_once_an_earlier_draft_was_taken_up_and_adopted(self, world: World) -> None:
        adopted(world)
        second = put_away(world, the_next(world, days=1), days=2)
        third = put_away(world, the_next(world, days=3), days=4)
        assert take_up_again(world, third, days=5).is_draft
        put_away(world, third, days=6)
        adopt(world, take_up_again(world, second, days=7), days=8)
        with pytest.raises(actions.CannotWrite, match="Version 2 was adopted after this draft was put away"):
            take_up_again(world, third, days=9)
        third.refresh_from_db()
        assert third.is_put_away

    def test_is_refused_for_what_is_not_put_away(self, world: World) -> None:
        with pytest.raises(actions.CannotWrite, match="not put away"):
            take_up_again(world, draft(world))


class TestThePages:
    def test_ask_first_then_put_away_and_back(self, world: World) -> None:
        vision, client = draft(world), world.client("sam")
        address = page_of(vision, "put-away")
        asked = client.get(address).content.decode()
        assert ("Put this draft away?" in asked, WORDS in asked) == (True, True)
        assert Vision.everywhere.get().is_draft
        assert "The draft is put away" in press(client, address, words_read=vision.words_digest)
        assert DRAFTS.removeprefix(HISTORY) in client.get(HISTORY).content.decode()
        assert WORDS in client.get(DRAFTS).content.decode()
        assert "You can go on with this draft" in press(client, f"{HISTORY}{vision.pk}/take-up-again/")
        assert Vision.everywhere.get().is_draft

    def test_are_shown_to_those_who_write_alone(self, world: World) -> None:
        put_away(world, draft(world))
        seen = {name: WORDS in world.client(name).get(DRAFTS).content.decode() for name in ("amara", "grace")}
        assert seen == {"amara": True, "grace": False}
        assert DRAFTS.removeprefix(HISTORY) not in world.client("grace").get(HISTORY).content.decode()

    def test_words_that_were_typed_meanwhile_are_given_back(self, world: World) -> None:
        vision, client = draft(world), world.client("sam")
        typed = {"statement": "Typed meanwhile", "seen_version": vision.version, "form_key": uuid4()}
        put_away(world, vision)
        answer = client.post(page_of(vision, "write"), typed)
        words = answer.content.decode()
        assert (answer.status_code, "This draft was put away" in words, "Typed meanwhile" in words) == (
            422,
            True,
            True,
        )

    def test_a_history_of_30_put_away_asks_as_often_as_one_of_1(self, world: World) -> None:
        adopted(world)
        put_away(world, the_next(world, days=1))
        client = world.client("amara")
        one = [queries(client, address) for address in (HISTORY, DRAFTS)]
        for number in range(2, 31):
            put_away(world, the_next(world, days=number))
        assert [queries(client, address) for address in (HISTORY, DRAFTS)] == one
        assert max(one) <= 12

    def test_each_of_30_put_away_stands_once_on_one_of_its_pages(self, world: World) -> None:
        adopted(world)
        for number in range(1, 31):
            put_away(world, the_next(world, f"Draft {number}.", days=number))
        client = world.client("sam")
        pages = "".join(client.get(f"{DRAFTS}&page={number}").content.decode() for number in (1, 2))
        assert [pages.count(f"<p>Draft {number}.</p>") for number in range(1, 31)] == [1] * 30
        assert "<p>Draft 1.</p>" not in client.get(f"{HISTORY}?page=2").content.decode()

    def test_say_which_can_no_longer_be_taken_up(self, world: World) -> None:
        adopted(world)
        voice(world)
        put_away(world, the_next(world, days=1), days=2)
        client = world.client("sam")
        assert "Take it up again" in client.get(DRAFTS).content.decode()
        assert "Take it up again" not in world.client("amara").get(DRAFTS).content.decode()
        adopt(world, the_next(world, days=3), days=4)
        shown = client.get(DRAFTS).content.decode()
        assert ("Take it up again" in shown, "Version 3 was adopted after that" in shown) == (False, True)

    def test_a_number_that_is_missing_is_explained_to_everybody(self, world: World) -> None:
        adopted(world)
        put_away(world, the_next(world, days=1))
        words = "A number that is missing was a draft that nobody went on with."
        assert words not in world.client("grace").get(HISTORY).content.decode()
        adopt(world, the_next(world, days=3), days=4)
        assert words in world.client("grace").get(HISTORY).content.decode()


class TestNothingNew:
    def test_the_words_of_the_version_before_are_not_adopted_again(self, world: World) -> None:
        adopted(world)
        same = actions.start_draft(at=world.harbour, by=sam(world, days=1), why_changed="We met again")
        with pytest.raises(actions.CannotAdopt, match="nothing new would be adopted"):
            adopt(world, same, days=2)
        assert Vision.everywhere.get(number=1).is_adopted

    def test_one_value_that_moved_is_something_new(self, world: World) -> None:
        adopted(world)
        after = actions.start_draft(at=world.harbour, by=sam(world, days=1))
        last = after.values.last()
        assert last is not None
        actions.move_value(at=world.harbour, by=sam(world, days=1), value=last, up=True)
        assert adopt(world, Vision.everywhere.get(pk=after.pk), days=2).is_adopted


class TestWrittenDown:
    def test_later_than_people_met_is_said(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        adopt(world, vision, hold(world), days=30)
        page = world.client("grace").get("/s/harbour-city/why/").content.decode()
        assert "adopted on 14 May 2026. Written down here on 14 June 2026." in page

    def test_on_the_same_day_goes_without_saying(self, world: World) -> None:
        vision = draft(world)
        voice(world)
        late = timedelta(hours=2)
        actions.adopt(
            at=world.harbour,
            by=sam(world, days=-1),
            vision=vision,
            gathering=hold(world, starts_at=MAY + late),
            how_agreed="Round",
        )
        assert "Written down here" not in world.client("grace").get("/s/harbour-city/why/").content.decode()
