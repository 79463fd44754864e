"""Which lock a command asks for, what it needs beyond pip, and where it is sent."""

import importlib
import os
import sys

import pytest

import manage
from livingwell import bootstrap, needs


class TestLock:
    @pytest.mark.parametrize("command", ["test", "makemigrations", "lintmigrations"])
    def test_changing_the_code_asks_for_the_dev_lock(self, command):
        assert bootstrap.lock_for([command, "--check"]) == "dev"

    @pytest.mark.parametrize("arguments", [["demo"], ["demo", "--check"], ["migrate"], ["begin"], []])
    def test_everything_else_asks_for_the_run_lock(self, arguments):
        assert bootstrap.lock_for(arguments) == "run"


class TestNeeds:
    @pytest.mark.parametrize("command", ["demo", "serve"])
    def test_the_demo_and_a_real_place_need_pango_alone(self, command):
        assert needs.needs_of([command]) == [needs.PANGO]

    def test_the_suite_needs_pango_and_chromium(self):
        assert needs.needs_of(["test"]) == [needs.PANGO, needs.CHROMIUM]

    def test_the_suite_without_browser_tests_needs_no_chromium(self):
        assert needs.needs_of(["test", "-m", "not browser"]) == [needs.PANGO]

    @pytest.mark.parametrize("arguments", [[], ["migrate"], ["check", "--deploy"]])
    def test_other_commands_need_nothing(self, arguments):
        assert needs.needs_of(arguments) == []


class TestSwitch:
    @pytest.fixture
    def prepared(self, monkeypatch):
        seen: list[list[str]] = []
        monkeypatch.setattr(bootstrap, "prepare", seen.append)
        monkeypatch.setattr(bootstrap, "run", lambda arguments: None)
        return seen

    @pytest.mark.parametrize("value", ["", "0"])
    def test_the_bootstrap_prepares_by_default(self, prepared, monkeypatch, value):
        monkeypatch.setenv(bootstrap.OFF, value)
        bootstrap.main(["migrate"])
        assert prepared == [["migrate"]]

    def test_containers_switch_it_off(self, prepared, monkeypatch):
        monkeypatch.setenv(bootstrap.OFF, "1")
        bootstrap.main(["migrate"])
        assert prepared == []

    @pytest.mark.parametrize("fault", [needs.Unready("one line"), PermissionError("one line")])
    def test_a_fault_is_one_line_without_a_traceback(self, monkeypatch, fault):
        def fails(_):
            raise fault

        monkeypatch.delenv(bootstrap.OFF, raising=False)
        monkeypatch.setattr(bootstrap, "prepare", fails)
        with pytest.raises(SystemExit, match=r"^one line$"):
            bootstrap.main(["demo"])


class TestRunning:
    def test_test_becomes_pytest_with_its_arguments(self, monkeypatch):
        started = []
        monkeypatch.setattr(os, "execv", lambda program, command: started.append(command))
        monkeypatch.setattr(os, "chdir", lambda folder: None)
        monkeypatch.setattr(importlib, "import_module", lambda name: pytest.fail("Django's test runner"))
        with pytest.raises(pytest.fail.Exception):  # execv never returns; here it does
            bootstrap.run(["test", "tests/kit", "-x"])
        assert started == [[sys.executable, "-m", "pytest", "tests/kit", "-x"]]

    def test_without_django_it_says_what_to_install(self, monkeypatch):
        def is_missing(name):
            raise ModuleNotFoundError(name)

        monkeypatch.setattr(importlib, "import_module", is_missing)
        with pytest.raises(SystemExit, match=r"requirements/run\.txt"):
            bootstrap.run(["migrate"])


class TestDoor:
    def test_an_old_python_is_told_which_one_is_needed(self, monkeypatch):
        monkeypatch.setattr(sys, "version_info", (3, 9, 2))
        with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer\. This is Python 3\.9\."):
            manage.main()

    def test_windows_is_told_about_wsl(self, monkeypatch):
        monkeypatch.setattr(sys, "platform", "win32")
        with pytest.raises(SystemExit, match="WSL"):
            manage.main()
