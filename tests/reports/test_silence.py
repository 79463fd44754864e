"""What a report says of stages that nobody has spoken of, and of the days before a place was there."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine

from kit import events
from kit.actions import Actor
from kit.scope import opened
from programmes import actions as programmes
from programmes.stages import Word
from reports.actions import CannotAsk, first_day_of
from reports.models import Report, Snapshot
from tests.collaboratives.gatherings import MAY, hold
from tests.reports.reporting import SPRING, WINTER, make, page_of, release, sections_of
from tests.vision.whys import adopted
from tests.world import World


def journey_of(report: Report) -> list[dict[str, Any]]:
    return list(next(part for part in sections_of(report) if part["kind"] == "journey")["stages"])


def table_of(world: World, report: Report) -> list[str]:
    return world.client("sam").get(page_of(report, "charts/journey.csv")).content.decode().splitlines()


class TestWhatNobodyHasSaid:
    def test_is_never_called_not_begun_where_records_tell_of_it(self, world: World) -> None:
        adopted(world)
        report = release(world, make(world))
        assert [told["state"] for told in journey_of(report)] == [
            "not_said", "not_begun", "not_said", *["not_begun"] * 4, "comes_last",
        ]  # fmt: skip
        for path in (page_of(report), "/s/harbour-city/progress/"):
            page = world.client("sam").get(path).content.decode()
            assert "Nobody has said yet where Come together and Our why stand." in page
        assert '"3 Our why","Not said yet","May 2026","Not begun, Apr 2024 to Mar 2026"' in table_of(
            world, report
        )
        assert '"8 Governance","Comes last","\N{EN DASH}","\N{EN DASH}"' in table_of(world, report)

    def test_is_said_in_the_words_of_home(self, world: World) -> None:
        adopted(world)
        path = world.client("amara").get("/s/harbour-city/").context["path"]
        told = journey_of(make(world))
        assert [place.words for place in path] == [str(Word(stage["state"]).label) for stage in told]

    def test_ends_with_the_facilitators_word(self, world: World) -> None:
        adopted(world)
        for stage in ("together", "listen", "why"):
            by = Actor(person=world.sam, now=datetime(2026, 6, 20, 9, tzinfo=UTC))
            programmes.set_stage(at=world.harbour, by=by, stage=stage, state="not_begun")
        report = make(world)
        assert [told["state"] for told in journey_of(report)][:3] == ["not_begun"] * 3
        assert "Not said yet" not in world.client("sam").get(page_of(report)).content.decode()

    def test_was_not_begun_before_the_first_record(self, world: World) -> None:
        adopted(world)
        report = make(world, WINTER)
        assert [told["state"] for told in journey_of(report)] == ["not_begun"] * 7 + ["comes_last"]

    def test_a_snapshot_from_before_there_were_such_words_still_reads_as_it_did(self, world: World) -> None:
        report = make(world)
        kept = json.loads(json.dumps(sections_of(report)))
        for section in kept:
            section.pop("place_since", None)
            for told in section.get("stages", []):
                told["state"] = "not_begun"
                del told["at_first"], told["records_since"]
        old = Snapshot.everywhere.create(
            scope=world.harbour, first_day=report.first_day, last_day=report.last_day,
            made_at=MAY, sections=kept, digest="",
        )  # fmt: skip
        Report.everywhere.filter(pk=report.pk).update(snapshot=old)
        assert world.client("sam").get(page_of(report)).status_code == 200
        assert '"8 Governance","Not begun","\N{EN DASH}","\N{EN DASH}"' in table_of(world, report)


class TestANewPlace:
    def test_shows_no_quarter_before_its_first_day(self, world: World) -> None:
        _added(world, datetime(2026, 5, 2, 9, tzinfo=UTC))
        hold(world)
        page = world.client("sam").get(page_of(make(world))).content.decode()
        assert "Harbour City began on 2 May 2026, so they are about the days from then on." in page
        assert "2025" not in re.sub(
            r"<title>.*?</title>", "", page.partition("<main")[2].partition("</main>")[0]
        )

    def test_begins_with_its_first_gathering_when_that_came_earlier(self, world: World) -> None:
        _added(world, datetime(2026, 9, 2, 9, tzinfo=UTC))
        hold(world)
        with opened(world.harbour):
            assert first_day_of(world.harbour) == MAY.date()

    def test_is_asked_for_no_months_before_it_began(self, world: World) -> None:
        with time_machine.travel(datetime(2026, 7, 9, 9, tzinfo=UTC)):
            _added(world, datetime(2026, 5, 2, 9, tzinfo=UTC))
            client, new = world.client("sam"), "/s/harbour-city/reports/new/"
            shown = client.get(new).content.decode()
            assert "2026-04-01" in shown
            assert "2026-01-01" not in shown
            answer = client.post(new, {"form_key": str(uuid4()), "period": "2026-01-01"})
            assert answer.status_code == 422
            assert "Choose one of these." in answer.content.decode()
            with pytest.raises(CannotAsk, match="Harbour City began on 2 May 2026"):
                make(world, WINTER)
            make(world, SPRING)


def _added(world: World, at: datetime) -> None:
    with opened(world.harbour):
        events.record(scope=world.harbour, did="add_site", at=at, system="test", about=world.harbour)
