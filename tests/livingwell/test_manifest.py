"""What the manifest says: every address of ours, with arguments and somebody for whom it opens."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import clear_url_caches, include, path
from django.utils import timezone

from kit.models import Event
from livingwell import urls
from livingwell.demo import filling
from livingwell.examples import NO_EXAMPLE, routes_of_ours
from livingwell.opening import LET_IN, Opener
from people.models import Person

ABOUT_ONE_REPORT = (
    "report pdf chart_csv again put_away bring_back release readers end_reader".split()  # noqa: SIM905
)
DOCUMENT = Path(__file__).parents[2] / "docs" / "checking-us.md"

urlpatterns = [*urls.urlpatterns, path("demo/", include("livingwell.demo_pages"))]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404


@pytest.fixture
def told(db: None, settings: Any, tmp_path: Path) -> Any:
    settings.DEMO, settings.ROOT_URLCONF = True, "tests.livingwell.test_manifest"
    settings.FILES_DIR = tmp_path
    clear_url_caches()
    filling.fill(seed=1, now=timezone.now())
    before = Event.everywhere.count()
    call_command("manifest", str(tmp_path / "manifest.json"), base_url="http://localhost:1")
    assert Event.everywhere.count() == before, "whatever was opened is undone"
    yield json.loads((tmp_path / "manifest.json").read_text())
    clear_url_caches()


@pytest.mark.slow
def test_the_manifest_says_what_its_page_describes(told: Any) -> None:
    words = DOCUMENT.read_text()
    assert told["base_url"] == "http://localhost:1"
    for name in (*told, *told["people"][0], *told["routes"][0], *told["programmes"][0]):
        assert f"`{name}" in words or f"{name}`" in words, name
    about_reports = {f"reports:{page}" for page in ABOUT_ONE_REPORT}
    routes = {route["route"]: route for route in told["routes"]}
    assert set(routes) == {name for name, _ in routes_of_ours()}
    without = {name for name, route in routes.items() if not route["opens_for"]}
    assert without == set(NO_EXAMPLE) | about_reports
    assert {name for name, route in routes.items() if route["no_example"]} == set(NO_EXAMPLE)
    assert {one["status"] for route in told["routes"] for one in route["opens_for"]} <= LET_IN
    assert len(told["people"]) == Person.objects.count()
    assert {place["slug"] for programme in told["programmes"] for place in programme["sites"]} >= {
        "harbour-city"
    }


def test_the_manifest_is_refused_outside_the_demo(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not the demo"):
        call_command("manifest", str(tmp_path / "manifest.json"))


def test_an_opener_undoes_what_it_did(db: None) -> None:
    somebody = Person.objects.add(name="Somebody", email="somebody@example.org")
    opener = Opener()
    assert opener.answer_to("/me/", somebody).status_code == 200
    assert opener.answer_to("/me/", None).status_code == 302
    somebody.refresh_from_db()
    assert somebody.last_login is None
