"""What is done, and said, when Pango, Chromium or venv is missing."""

import os
import shutil
import subprocess

import pytest

from livingwell import needs


@pytest.fixture
def machine(monkeypatch):
    """A Debian machine of somebody who is not root; tests say what differs."""

    class Machine:
        has = False
        works_after = 1
        calls: list[tuple[str, ...]]

        def be(self, *, root=False, system="ID=debian\n", apt=True):
            self.calls = []
            monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
            monkeypatch.setattr(needs, "_os_release", lambda: system)
            monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if apt else None)
            monkeypatch.setattr(subprocess, "run", self.run)

        def run(self, command, **_):
            self.calls.append(command)
            self.has = self.works_after == len(self.calls)
            return subprocess.CompletedProcess(command, 0)

        def needs(self, *packages):
            return needs.Need(
                "A library is", packages or ("libthing",), "brew install thing", lambda: self.has
            )

    machine = Machine()
    machine.be()
    return machine


def test_what_is_there_is_not_installed_again(machine):
    machine.be(root=True)
    machine.has = True
    needs.meet(machine.needs(), must=True)
    assert machine.calls == []


def test_root_on_debian_gets_it_installed_and_is_told(machine, capsys):
    machine.be(root=True)
    needs.meet(machine.needs(), must=True)
    assert machine.calls == [("apt-get", "install", "--yes", "--no-install-recommends", "libthing")]
    assert "Installing: apt-get install" in capsys.readouterr().err


def test_an_old_package_list_is_renewed_before_giving_up(machine):
    machine.be(root=True)
    machine.works_after = 3
    needs.meet(machine.needs(), must=True)
    assert machine.calls[1] == ("apt-get", "update")


def test_what_cannot_be_installed_stops_a_command_that_must_have_it(machine):
    machine.be(root=True)
    machine.works_after = 99
    with pytest.raises(needs.Unready, match="To install: apt-get install"):
        needs.meet(machine.needs(), must=True)


def test_others_are_told_what_to_type(machine):
    with pytest.raises(needs.Unready, match=r"To install: sudo apt-get install .* libthing$"):
        needs.meet(machine.needs(), must=True)
    assert machine.calls == []


def test_the_demo_goes_on_without(machine, capsys):
    needs.meet(machine.needs(), must=False)
    assert "Going on without" in capsys.readouterr().err


def test_macs_are_told_their_own_way(machine):
    machine.be(apt=False)
    assert machine.needs().line().endswith("To install: brew install thing")


def test_ubuntu_gets_playwrights_chromium_since_its_own_is_a_snap(machine):
    machine.be(root=True, system='NAME="Ubuntu"\nID=ubuntu\n')
    assert "playwright" in needs.CHROMIUM.command()
    assert needs.PANGO.command()[0] == "apt-get"


def test_a_chromium_may_be_named(monkeypatch):
    monkeypatch.setenv("LIVINGWELL_CHROMIUM", "/opt/chromium")
    assert needs.chromium() == "/opt/chromium"
