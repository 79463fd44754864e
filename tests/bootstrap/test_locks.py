"""The lock and the two requirement files say the same, and name no other index than the public one."""

import re
import tomllib

import pytest

from livingwell.bootstrap import ROOT

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.MULTILINE)


def pins(lock):
    return dict(PIN.findall((ROOT / "requirements" / f"{lock}.txt").read_text()))


def test_dev_holds_everything_that_run_holds():
    assert pins("run").items() <= pins("dev").items()


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_pin_is_the_locked_one(lock):
    locked = {
        each["name"]: each.get("version") for each in tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    }
    assert pins(lock).items() <= locked.items()


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_every_pin_has_hashes(lock):
    entries = (ROOT / "requirements" / f"{lock}.txt").read_text().split("\n    # via")
    text = "".join(entries)
    assert text.count("--hash=sha256:") >= len(pins(lock)) > 20


def test_every_dependency_is_pinned_and_says_why():
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    dependencies = [line for line in lines if re.match(r' {4}"[a-z0-9\[\]-]+==', line)]
    assert len(dependencies) > 20
    assert [line for line in dependencies if not re.search(r'", +# \w', line)] == []


def test_every_direct_dependency_is_in_its_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    run, dev = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    assert {re.sub(r"\[.*\]", "", each) for each in run} <= {"==".join(pin) for pin in pins("run").items()}
    assert {re.sub(r"\[.*\]", "", each) for each in dev} <= {"==".join(pin) for pin in pins("dev").items()}


def test_the_lock_names_the_public_index_alone():
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text()))
    assert hosts <= {"pypi.org", "files.pythonhosted.org"}
