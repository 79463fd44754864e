"""Settings from the environment: what is missing or malformed is named, and two addresses choose the mode."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from livingwell import databases, environment
from livingwell.servers import ROOT


class TestText:
    def test_that_is_missing_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("LW_TEST", raising=False)
        with pytest.raises(ImproperlyConfigured, match=r"LW_TEST is not set\. See \.env\.example\."):
            environment.text("LW_TEST")
        assert environment.text("LW_TEST", "kept") == "kept"

    def test_of_words_leaves_blanks_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LW_TEST", " a ,, b,")
        assert environment.words("LW_TEST") == ["a", "b"]


class TestYesNo:
    @pytest.mark.parametrize(
        ("text", "means"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("0", False)]
    )
    def test_is_understood(self, monkeypatch: pytest.MonkeyPatch, text: str, means: bool) -> None:  # noqa: FBT001
        monkeypatch.setenv("LW_TEST", text)
        assert environment.yes_no("LW_TEST", default=not means) is means

    @pytest.mark.parametrize("text", ["", "on", "ja", "2"])
    def test_that_is_neither_is_named(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setenv("LW_TEST", text)
        with pytest.raises(ImproperlyConfigured, match="LW_TEST must be yes or no"):
            environment.yes_no("LW_TEST", default=True)


class TestNumber:
    @pytest.mark.parametrize("text", ["", "-1", "1.5", "seven", "²", "6"])
    def test_that_is_none_or_too_small_is_named(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setenv("LW_TEST", text)
        with pytest.raises(ImproperlyConfigured, match="LW_TEST must be a whole number of at least 7"):
            environment.number("LW_TEST", 9, least=7)

    def test_is_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LW_TEST", "7")
        assert environment.number("LW_TEST", 9, least=7) == 7


class TestTheMode:
    def database(self, monkeypatch: pytest.MonkeyPatch, address: str | None, folder: Path) -> dict[str, Any]:
        monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
        if address is None:
            monkeypatch.delenv("DATABASE_URL", raising=False)
        else:
            monkeypatch.setenv("DATABASE_URL", address)
        return databases.database(folder)

    def test_is_embedded_without_an_address(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        chosen = self.database(monkeypatch, None, tmp_path)
        assert chosen["ENGINE"] == "kit.sqlite"
        assert Path(chosen["NAME"]).parent == tmp_path
        assert "synchronous=FULL" in chosen["OPTIONS"]["init_command"]
        assert databases.broker(tmp_path, "")["broker_url"].startswith("whole-files://")
        assert "FileBasedCache" in databases.cache(tmp_path, "")["default"]["BACKEND"]

    def test_is_production_with_both(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        chosen = self.database(monkeypatch, "postgres://app:x@127.0.0.1/lw", tmp_path)
        assert chosen["ENGINE"].endswith("postgresql")
        assert databases.broker(tmp_path, "redis://127.0.0.1")["broker_url"] == "redis://127.0.0.1"
        assert "RedisCache" in databases.cache(tmp_path, "redis://127.0.0.1")["default"]["BACKEND"]

    @pytest.mark.parametrize("address", ["mysql://a@b/c", "nonsense://x", "x"])
    def test_that_is_neither_is_named(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, address: str
    ) -> None:
        with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
            self.database(monkeypatch, address, tmp_path)

    def test_of_migrate_signs_in_as_the_owner(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("DATABASE_URL", "postgres://app:x@127.0.0.1/lw")
        monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner:x@127.0.0.1/lw")
        users = []
        for command in ("migrate", "runserver"):
            monkeypatch.setattr(sys, "argv", ["manage.py", command])
            users.append(databases.database(tmp_path)["USER"])
        assert users == ["owner", "app"]


@pytest.mark.processes
class TestTheStart:
    def start(self, tmp_path: Path, **more: str) -> "subprocess.CompletedProcess[str]":
        env = {
            "PATH": "/usr/bin:/bin",
            "LIVINGWELL_NO_BOOTSTRAP": "1",
            "LIVINGWELL_DATA": str(tmp_path),
            **more,
        }
        command = [sys.executable, "manage.py", "check"]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)  # noqa: S603

    def test_needs_no_settings(self, tmp_path: Path) -> None:
        done = self.start(tmp_path)
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("LIVINGWELL_SMALL_NUMBER_THRESHOLD", "5"),
            ("LIVINGWELL_DEBUG", "perhaps"),
            ("DATABASE_URL", "mysql://x"),
        ],
    )
    def test_stops_at_a_setting_that_cannot_be_and_names_it(
        self, tmp_path: Path, name: str, value: str
    ) -> None:
        done = self.start(tmp_path, **{name: value})
        assert done.returncode != 0
        assert name in done.stderr

    def test_refuses_the_demo_on_a_real_installation(self, tmp_path: Path) -> None:
        done = self.start(tmp_path, LIVINGWELL_DEMO="yes", LIVINGWELL_URL="https://living.example")
        assert "LIVINGWELL_DEMO is on" in done.stderr
