"""`manage.py begin` and `manage.py rights`."""

import io
import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client

from people.models import Person
from programmes.access import GRANTS, Permission, standing_of
from tests.programmes.sending import send
from tests.world import World


def _begin(**options: object) -> str:
    said = io.StringIO()
    call_command("begin", name="Olga", email="olga@example.org", stdout=said, **options)
    return said.getvalue()


class TestBegin:
    def test_it_prints_a_link_that_lets_the_operator_in_once(self, db: None) -> None:
        link = _begin().strip().splitlines()[-1].partition("8000")[2]
        first, second = Client(), Client()
        assert first.get(link).status_code == 200
        assert send(first, link)["Location"] == "/installation/"
        assert first.get("/installation/").status_code == 200
        assert second.get(link).status_code == 404
        assert send(second, link).status_code == 404

    def test_without_a_database_it_says_what_to_do(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_table(**_: object) -> None:
            raise OperationalError("no such table: people_person")

        monkeypatch.setattr("programmes.actions.add_operator", no_table)
        with pytest.raises(CommandError, match=r"python3 manage\.py migrate"):
            _begin()

    def test_a_wrong_link_lets_nobody_in(self, db: None) -> None:
        link = _begin().strip().splitlines()[-1].partition("8000")[2]
        assert send(Client(), f"{link[:-1]}x/").status_code == 404

    def test_a_link_for_somebody_who_is_no_operator_does_not_exist(self, world: World) -> None:
        link = _begin(another=True).strip().splitlines()[-1].partition("8000")[2]
        Person.objects.filter(email="olga@example.org").update(is_staff=False)
        assert send(Client(), link).status_code == 404

    def test_a_second_time_it_stops_unless_another_is_wanted(self, db: None) -> None:
        _begin()
        with pytest.raises(CommandError, match="--another"):
            call_command("begin", name="Olaf", email="olaf@example.org")
        call_command("begin", name="Olaf", email="olaf@example.org", another=True, stdout=io.StringIO())
        assert Person.objects.filter(is_staff=True).count() == 2

    def test_somebodys_e_mail_is_not_taken_over(self, world: World) -> None:
        with pytest.raises(CommandError, match="of their own"):
            call_command("begin", name="Sam", email="SAM@example.org", another=True)

    def test_a_password_can_come_through_the_input(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("seven-quiet-lanterns\n"))
        assert "/installation/" not in _begin(password_stdin=True)
        assert Person.objects.get().check_password("seven-quiet-lanterns")

    @pytest.mark.parametrize("options", [{"email": "nonsense"}, {"name": "x" * 81}, {"password_stdin": True}])
    def test_what_is_not_right_is_said(
        self, db: None, monkeypatch: pytest.MonkeyPatch, options: dict[str, object]
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
        with pytest.raises(CommandError):
            call_command("begin", **{"name": "Olga", "email": "olga@example.org", **options})
        assert not Person.objects.exists()

    def test_says_what_to_give_where_nobody_can_answer(
        self, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        with pytest.raises(CommandError, match="Give --name and --email"):
            call_command("begin", email="olga@example.org")
        with pytest.raises(CommandError, match="1 to 80 letters"):
            call_command("begin", name="", email="olga@example.org")
        assert not Person.objects.exists()


class TestRights:
    def test_everybody_in_every_space_gets_the_verdict_that_pages_give(self, world: World) -> None:
        said = io.StringIO()
        call_command("rights", json=True, stdout=said)
        found = {
            (line["actor"], line["space"], line["permission"]): line["verdict"]
            for line in json.loads(said.getvalue())
        }
        assert found["sam@example.org", "site:harbour-city", "CHANGE_PEOPLE"] == "allowed"
        assert found["amara@example.org", "site:harbour-city", "CHANGE_PEOPLE"] == "denied"
        assert found["nadia@example.org", "site:harbour-city", "CHANGE_PEOPLE"] == "unknown"
        assert found["leo@example.org", "site:harbour-city/mdt:Quayside team", "SEE_GROUP"] == "allowed"
        assert (
            found["leo@example.org", "site:harbour-city/governance:Harbour City board", "SEE_GROUP"]
            == "denied"
        )
        assert found["olive@example.org", "installation", "RUN_INSTALLATION"] == "allowed"
        assert {actor for actor, _, _ in found} == {person.email for person in Person.objects.all()}
        for person in world.people.values():
            may = standing_of(person, world.harbour).may(Permission.SEE_WHY)
            assert (found[person.email, "site:harbour-city", "SEE_WHY"] == "allowed") == may

    @pytest.mark.parametrize(("command", "options"), [("rights", {"json": True}), ("verify_events", {})])
    def test_where_no_record_is_one_line_says_so(
        self, db: None, monkeypatch: pytest.MonkeyPatch, command: str, options: dict[str, bool]
    ) -> None:
        call_command(command, **options, stdout=io.StringIO())
        monkeypatch.setattr(connection.introspection, "table_names", list)
        with pytest.raises(CommandError, match="There is no record in "):
            call_command(command, **options)

    def test_the_page_about_rights_is_what_the_code_says(self, db: None) -> None:
        said = io.StringIO()
        call_command("rights", markdown=True, stdout=said)
        assert (settings.BASE_DIR / "docs" / "rights.md").read_text() == said.getvalue()
        granted = sum(len(rights) for rights in GRANTS.values())
        assert said.getvalue().count("| yes |") + said.getvalue().count("| no |") == granted
