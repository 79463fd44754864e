"""The demo: filled once, with invented people; refused elsewhere; started and ended without a trace."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any, ClassVar
from unicodedata import bidirectional
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from collaboratives.models import Gathering
from kit import scope as scopes
from kit.forms import TURNING
from livingwell.demo import filling, people
from livingwell.demo.names import AWKWARD
from livingwell.servers import ROOT, Ended, Servers, free_port, is_taken
from livingwell.visitor import FACILITATOR, Astray, Visitor
from people.models import Person
from programmes.models import Group, Membership, Programme, Site, TakenRole
from programmes.roles import TAKEN_ROLES, Role, SpaceKind
from vision.models import Vision


@pytest.fixture
def demo(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.FILES_DIR = True, tmp_path
    monkeypatch.setattr("livingwell.management.commands.fill_demo.gather_static_files", lambda: None)
    monkeypatch.setattr("kit.pdf.PDF_AVAILABLE", False)


def names() -> list[str]:
    return list(Person.objects.order_by("joined_at", "name").values_list("name", flat=True))


class TestFilling:
    def test_happens_once(self, demo: None) -> None:
        call_command("fill_demo", verbosity=0)
        first = (names(), Membership.objects.count())
        call_command("fill_demo", verbosity=0)
        assert (names(), Membership.objects.count()) == first
        assert 140 <= len(first[0]) <= 180
        assert Programme.objects.count() == 2
        assert Site.objects.count() == 6
        assert set(AWKWARD) <= set(first[0])
        assert not Person.objects.exclude(email=None).exclude(email__endswith="@demo.example").exists()

    def test_with_the_same_seed_makes_the_same_people(self, db: None) -> None:
        assert self.filled(1) == self.filled(1)

    def filled(self, seed: int) -> list[str]:
        return people.names(Random(seed))  # noqa: S311

    def test_with_another_seed_makes_others(self, db: None) -> None:
        assert self.filled(1) != self.filled(2)

    def test_is_refused_beside_real_people(self, demo: None) -> None:
        Person.objects.add(name="Somebody real")
        with pytest.raises(CommandError, match="real people"):
            call_command("fill_demo", verbosity=0)
        assert not Programme.objects.exists()

    def test_is_refused_outside_the_demo(self, db: None) -> None:
        with pytest.raises(CommandError, match="not the demo"):
            call_command("fill_demo", verbosity=0)

    def test_is_all_or_nothing(self, demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
        def breaks(*_: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("livingwell.demo.reports.ask", breaks)
        with pytest.raises(ZeroDivisionError):
            call_command("fill_demo", verbosity=0)
        assert not Person.objects.exists()


class TestWhatIsFilled(TestCase):
    page: ClassVar[str]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.enterClassContext(override_settings(DEMO=True, ROOT_URLCONF="tests.people.demo_urls"))
        filling.fill(seed=1, now=timezone.now())
        cls.page = Client().get("/demo/").content.decode()

    def listed(self) -> dict[str, set[str]]:
        found = re.findall(r'action="/demo/([^"/]+)/" data-roles="([^"]*)"', self.page)
        roles: dict[str, set[str]] = {}
        for person, words in found:
            roles.setdefault(person, set()).update(words.split())
        return roles

    def in_each_place(self, rows: Callable[[Site], Iterable[Any]]) -> list[tuple[str, Any]]:
        found = []
        for site in Site.objects.order_by("slug"):
            with scopes.opened(site):
                found += [(site.slug, row) for row in rows(site)]
        return found

    def gatherings(self) -> list[tuple[str, Gathering]]:
        groups = {group.scope_id: group for group in Group.objects.filter(kind=SpaceKind.COLLABORATIVE)}
        return self.in_each_place(lambda site: Gathering.objects.within(groups[site.pk]))

    def test_each_role_can_be_pressed_or_is_taken_by_somebody_who_can(self) -> None:
        pressed = set().union(*self.listed().values())
        rows, listed = self.in_each_place(TakenRole.objects.at), self.listed()
        taken = {row.role for _, row in rows if str(row.person_id) in listed}
        assert pressed | taken == {role.value for role in Role}
        assert taken == {role.value for role in TAKEN_ROLES}

    def test_each_role_says_itself_on_the_page_and_a_taken_one_does_not(self) -> None:
        for role in Role:
            assert (role.label in self.page) == (role not in TAKEN_ROLES), role

    def test_the_fullest_place_and_who_runs_it_come_first_and_operators_last(self) -> None:
        names = re.findall(r"<bdi>([^<]+)</bdi>", self.page)
        assert names[:3] == ["Sam", "Amara", "Grace"]
        assert names[-1] == "Olive"
        headings = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<h[23].*?</h[23]>", self.page)]
        assert headings[:2] == ["Living Well North", "Harbour City"]

    def test_who_walks_through_the_demo_finds_its_facilitator(self) -> None:
        form = FACILITATOR.search(self.page)
        assert form is not None
        assert Person.objects.get(name="Sam").pk == UUID(form.group(1).strip("/").removeprefix("demo/"))

    def test_names_are_awkward_and_turn_no_words_around(self) -> None:
        everybody = "".join(names())
        assert not TURNING.search(everybody)
        assert any(bidirectional(letter) == "AL" for letter in everybody)

    def test_moments_are_from_the_past_but_one_gathering_of_each_place_at_work(self) -> None:
        now = timezone.now()
        assert not Membership.objects.filter(since__gt=now).exists()
        ahead = [place for place, gathering in self.gatherings() if gathering.starts_at > now]
        assert sorted(ahead) == ["alderwick", "harbour-city", "millvale-and-dene", "thornbridge"]

    def test_something_waits_to_be_recorded_and_to_be_written(self) -> None:
        now = timezone.now()
        over = [(place, gathering) for place, gathering in self.gatherings() if gathering.ends_at < now]
        assert [place for place, gathering in over if gathering.is_planned] == ["millvale-and-dene"]
        drafts = self.in_each_place(lambda site: Vision.objects.at(site).drafts())
        assert sorted(place for place, draft in drafts if draft.statement) == ["eastmere", "thornbridge"]

    def test_the_one_whose_gathering_waits_is_asked_to_record_it_first(self) -> None:
        gwen = Client()
        gwen.post(f"/demo/{Person.objects.get(name='Gwen').pk}/")
        assert gwen.get("/s/millvale-and-dene/").context["next_step"].button == "Record it"

    def test_one_place_has_a_help_line_of_its_own_beside_the_country_s(self) -> None:
        mair = Client()
        mair.post(f"/demo/{Person.objects.get(name='Mair').pk}/")
        for path in ("/s/alderwick/", "/me/", "/help/"):
            page = mair.get(path).content.decode()
            assert 'href="tel:01632960077"' in page
            assert 'href="tel:999"' in page

    def test_a_board_member_is_that_alone(self) -> None:
        ruth = Membership.objects.filter(person__name="Ruth")
        assert [row.role for row in ruth] == [Role.BOARD_MEMBER]


def test_a_visitor_says_which_page_went_astray() -> None:
    with pytest.raises((Astray, OSError)):
        Visitor(f"http://127.0.0.1:{free_port()}").get("/demo/")


def of_group(leader: int) -> list[str]:
    command = [shutil.which("ps") or "ps", "-A", "-o", "pid=,pgid=,stat="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    rows = (line.split() for line in listed.stdout.splitlines())
    return [pid for pid, group, state in rows if int(group) == leader and not state.startswith("Z")]


@pytest.mark.processes
class TestServers:
    def env(self, folder: Path, port: int) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "livingwell.settings",
            "LIVINGWELL_NO_BOOTSTRAP": "1",
            "LIVINGWELL_DATA": str(folder),
            "LIVINGWELL_URL": f"http://localhost:{port}",
        }

    def test_start_answer_and_leave_no_process(self, tmp_path: Path) -> None:
        port = free_port()
        servers = Servers(port, self.env(tmp_path, port))
        try:
            servers.start()
            servers.wait_until_ready()
            leaders = [process.pid for process in servers._running.values()]
            assert all(of_group(leader) for leader in leaders)
        finally:
            servers.stop()
        assert not [pid for leader in leaders for pid in of_group(leader)]
        assert not is_taken(port)

    def test_say_which_one_ended_by_itself(self, tmp_path: Path) -> None:
        servers = Servers(free_port(), {**self.env(tmp_path, 1), "DATABASE_URL": "mysql://nothing"})
        try:
            servers.start()
            with pytest.raises(Ended, match="ended by itself"):
                servers.wait_until_ready()
        finally:
            servers.stop()


@pytest.mark.processes
@pytest.mark.slow
class TestTheCommand:
    def demo(self, *options: str) -> "subprocess.Popen[str]":
        return self.manage("demo", *options)

    def manage(self, *words: str, **settings: str) -> "subprocess.Popen[str]":
        given = {**os.environ, "LIVINGWELL_NO_BOOTSTRAP": "1", "DJANGO_SETTINGS_MODULE": "", **settings}
        env = {name: value for name, value in given.items() if value}
        return subprocess.Popen(  # noqa: S603 - our own words
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def test_checks_itself_from_end_to_end(self, tmp_path: Path) -> None:
        paper, manifest = tmp_path / "report.pdf", tmp_path / "manifest.json"
        command = self.demo("--check", "--keep-pdf", str(paper), "--manifest", str(manifest))
        said, _ = command.communicate(timeout=600)
        assert command.returncode == 0, said
        assert "The demo works" in said
        assert paper.read_bytes().startswith(b"%PDF-")
        routes = json.loads(manifest.read_text())["routes"]
        assert not [one["route"] for one in routes if not one["opens_for"] and not one["no_example"]]

    def test_a_real_place_is_served_and_its_operator_comes_in(self, tmp_path: Path) -> None:
        port = free_port()
        embedded = dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"), "")
        embedded["LIVINGWELL_DATA"] = str(tmp_path)
        embedded["LIVINGWELL_URL"] = f"http://localhost:{port}"
        command = self.manage("serve", **embedded)
        try:
            assert command.stdout is not None
            assert any(f"Living Well is at http://localhost:{port}/" in line for line in command.stdout)
            begun, _ = self.manage(
                *("begin", "--name", "Olive", "--email", "olive@example.org"),
                **embedded,
            ).communicate(timeout=60)
            link = next(line for line in begun.splitlines() if "/installation/first/" in line)
            assert b"Come in" in urllib.request.urlopen(link, timeout=30).read()  # noqa: S310
            nothing_of_the_demo = urllib.request.Request(f"http://localhost:{port}/demo/")
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(nothing_of_the_demo, timeout=30)  # noqa: S310
        finally:
            command.send_signal(signal.SIGTERM)
        assert "Stopping." in command.communicate(timeout=60)[0]
        assert command.returncode == 0

    def test_ends_when_it_is_told_to(self, tmp_path: Path) -> None:
        command = self.demo("--check")
        time.sleep(3)
        command.send_signal(signal.SIGTERM)
        assert "Stopping." in command.communicate(timeout=60)[0]
        assert command.returncode == 0


@pytest.mark.processes
def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    port = free_port()
    servers = TestTheCommand()
    listener = socket.socket()
    listener.bind(("127.0.0.1", port))
    listener.listen()
    with listener:
        said, _ = servers.demo("--port", str(port)).communicate(timeout=60)
    assert f"Port {port} is taken. Try: python3 manage.py demo --port {port + 1}" in said
