"""Culture first, structure second: the eight stages in order, and imports that follow it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils.module_loading import import_string

from programmes.stages import Stage, the_method
from tests.architecture.sources import CONTRACTS, PACKAGES, ROOT


class TestTheMethod:
    @pytest.mark.parametrize("path", settings.METHOD)
    def test_is_made_of_stages(self, path: str) -> None:
        assert isinstance(import_string(path), Stage)

    def test_has_eight_stages_in_their_order(self) -> None:
        assert [stage.number for stage in the_method()] == [1, 2, 3, 4, 5, 6, 7, 8]

    def test_names_each_stage_once(self) -> None:
        assert len({stage.slug for stage in the_method()}) == 8
        assert len({stage.name for stage in the_method()}) == 8

    @pytest.mark.parametrize("stage", the_method(), ids=lambda stage: stage.slug)
    def test_gives_each_stage_a_page(self, stage: Stage) -> None:
        class Site:
            slug = "harbour-city"

        assert resolve(stage.url(Site())).view_name == stage.page  # type: ignore[arg-type]

    @pytest.mark.parametrize("stage", the_method(), ids=lambda stage: stage.slug)
    def test_loops_back_to_earlier_stages_only(self, stage: Stage) -> None:
        assert all(1 <= earlier < stage.number for earlier in stage.loops_back_to)

    def test_is_the_order_in_which_apps_may_import(self) -> None:
        method = next(each for each in CONTRACTS["contracts"] if each["name"].startswith("The import order"))
        stages = [layer for layer in reversed(method["layers"]) if layer in settings.STAGE_APPS]
        assert stages == settings.STAGE_APPS

    def test_knows_every_app_of_ours(self) -> None:
        ours = {app.split(".")[0] for app in settings.INSTALLED_APPS} & {
            path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()
        }
        assert ours == set(PACKAGES)


def test_imports_keep_every_contract() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout[-3000:]
