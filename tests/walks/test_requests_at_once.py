"""Several requests at the same moment: one effect, no fault, and words for whoever came second.

On PostgreSQL alone: tests on SQLite keep their database in memory, where readers of one process lock each
other out, as they never do in a file.
"""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from kit import scope as scopes
from kit.actions import Actor, keep
from kit.models import Letter
from programmes import actions
from programmes.models import Invitation, Membership
from programmes.roles import Role
from tests import postgres
from tests.collaboratives.gatherings import MAY, hold
from tests.programmes.inviting import as_its_reader, invited
from tests.programmes.inviting import said as says_yes
from tests.vision.whys import adopted, draft, sam, the_next, value, voice
from tests.world import World
from vision import actions as of_the_why
from vision.actions import putting_away
from vision.models import Value, Vision

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(not postgres.IN_USE, reason="readers of a database in memory lock each other out"),
]

SINCE = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
Sends = Callable[[], int]


def at_once(*sends: Sends) -> list[int]:
    """Send all requests at the same moment, and return their statuses in order."""
    start, statuses = threading.Barrier(len(sends)), [0] * len(sends)

    def send(number: int) -> None:
        start.wait(30)
        statuses[number] = sends[number]()
        connection.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(len(sends))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sorted(statuses)


def send(client: Client, path: str, **said: Any) -> Sends:
    client.raise_request_exception = False
    body = {"form_key": uuid4(), **said}
    return lambda: int(client.post(path, body).status_code)


def test_one_form_sent_four_times_has_one_effect(world: World):
    said = {"name": "Noor", "email": "noor@example.org", "roles": ["member"], "form_key": uuid4()}
    taps = [send(world.client("sam"), "/s/harbour-city/people/add/", **said) for _ in range(4)]
    assert at_once(*taps) == [200] * 4
    assert Invitation.objects.filter(email="noor@example.org").count() == 1
    assert Letter.objects.count() == 1


def test_two_facilitators_who_invite_the_same_person_invite_them_once(world: World):
    said = {"name": "Noor", "email": "noor@example.org", "roles": ["member"]}
    adds = [send(world.client("sam"), "/s/harbour-city/people/add/", **said) for _ in range(3)]
    assert at_once(*adds) == [200, 422, 422]


def test_four_taps_of_one_yes_make_one_account(world: World):
    row, form = invited(world, "noor@example.org"), says_yes()
    assert at_once(*[send(Client(), f"/welcome/{row.secret}/", **form) for _ in range(4)]) == [302] * 4
    assert Membership.objects.get(person__email="noor@example.org").group == world.collaborative


def test_two_taps_of_a_yes_from_one_s_places_sign_nobody_out(world: World):
    row, farah, form = invited(world, "farah@example.org"), world.client("farah"), says_yes(name="Farah")
    taps = [send(farah, f"/me/invited/{row.pk}/", **form) for _ in range(3)]
    assert at_once(*taps) == [302] * 3
    assert farah.get("/s/harbour-city/people/").status_code == 200


def test_of_two_who_hold_one_invitation_one_comes_in(world: World):
    row = invited(world, "noor@example.org")
    taps = [send(Client(), f"/welcome/{row.secret}/", **says_yes(name=name)) for name in ("Noor", "Nora")]
    assert at_once(*taps) == [302, 410]


def test_two_places_said_yes_to_at_once_make_one_account(world: World):
    here, by = invited(world, "noor@example.org"), Actor(person=world.nadia)
    about = {"name": "Noor", "email": "noor@example.org", "roles": ["member"]}
    there = actions.add_person(at=world.thornbridge, by=by, **about)  # type: ignore[arg-type]
    there = as_its_reader(there)
    yes = [send(Client(), f"/welcome/{row.secret}/", **says_yes()) for row in (here, there)]
    assert at_once(*yes) == [302, 403], "the second signs in first"
    assert Membership.objects.filter(person__email="noor@example.org").count() == 1
    assert Invitation.objects.waiting().count() == 1


def test_an_account_that_opens_nothing_is_opened_by_one_of_two_links(world: World):
    """Whoever holds two links gets into one place with them; for the second, its person signs in."""
    here, by = invited(world, "stranger@example.org"), Actor(person=world.nadia)
    about = {"name": "Noor", "email": "stranger@example.org", "roles": ["member"]}
    there = as_its_reader(actions.add_person(at=world.thornbridge, by=by, **about))  # type: ignore[arg-type]
    yes = [send(Client(), f"/welcome/{row.secret}/", **says_yes()) for row in (here, there)]
    assert at_once(*yes) == [302, 403]
    assert Membership.objects.filter(person=world.stranger).count() == 1


@pytest.mark.parametrize("other", ["no", "taken back", "sent again"])
def test_yes_and_something_else_at_once_are_one_of_the_two(world: World, other: str):
    row = invited(world, "noor@example.org")
    yes = send(Client(), f"/welcome/{row.secret}/", **says_yes())
    press = f"/s/harbour-city/people/invited/{row.pk}/"
    others = {
        "no": send(Client(), f"/welcome/{row.secret}/", no="on"),
        "taken back": send(world.client("sam"), press, what="take_back"),
        "sent again": send(world.client("sam"), press, what="send"),
    }
    assert max(at_once(yes, others[other])) < 500
    is_in = Membership.objects.filter(person__email="noor@example.org").exists()
    assert is_in is not Invitation.objects.filter(person=None, pk=row.pk, used_at=None).exists() or (
        other == "taken back" and is_in is Invitation.objects.filter(pk=row.pk).exists()
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("groups/add/", {"name": "Tea", "kind": "mdt"}),
        ("settings/localities/add/", {"name": "Millside"}),
        ("why/start/", {}),
    ],
)
def test_who_comes_second_is_told_in_words(world: World, path: str, said: dict[str, str]):
    sends = [send(world.client("sam"), f"/s/harbour-city/{path}", **said) for _ in range(3)]
    assert at_once(*sends) == [302, 422, 422]


def test_of_four_edits_one_is_saved_and_three_see_both_texts(world: World):
    edits = [
        send(world.client("sam"), "/s/harbour-city/settings/", seen_version=1, name=f"Harbour {number}")
        for number in range(4)
    ]
    assert at_once(*edits) == [302, 409, 409, 409]


def test_two_facilitators_who_end_each_other_leave_one(world: World):
    theirs = Membership.objects.create(
        person=world.amara, scope=world.harbour, role=Role.FACILITATOR, since=SINCE
    )
    mine = Membership.objects.get(person=world.sam)
    ends = [
        send(world.client(name), f"/s/harbour-city/people/{row.person_id}/end/{row.pk}/")
        for name, row in (("sam", theirs), ("amara", mine))
    ]
    assert max(at_once(*ends)) < 500
    keepers = Membership.objects.filter(scope=world.harbour, role=Role.FACILITATOR)
    assert keepers.count() == 1


def test_a_link_lets_one_of_four_in(world: World):
    invited = actions.invite(at=world.harbour, by=Actor(person=world.sam), person=world.amara)
    comes = [send(Client(), f"/welcome/{invited.secret}/", name="Amara", way="not") for _ in range(4)]
    assert at_once(*comes) == [302, 410, 410, 410]


def test_of_a_draft_written_and_put_away_at_once_no_words_are_lost(world: World):
    vision = draft(world)
    page = f"/s/harbour-city/why/draft/{vision.pk}"
    writes = send(world.client("sam"), f"{page}/write/", seen_version=vision.version, statement="New words")
    puts_away = send(world.client("sam"), f"{page}/put-away/", words_read=vision.words_digest)
    said = at_once(writes, puts_away)
    with scopes.opened(world.harbour):
        now = Vision.everywhere.get()
    assert said == [302, 422], "whoever came second read so, and kept what they typed"
    assert (now.statement, now.is_put_away) in {("New words", False), (vision.statement, True)}


def test_of_two_drafts_taken_up_at_once_one_is_open(world: World):
    by, drafts = sam(world), [draft(world)]
    of_the_why.put_away(at=world.harbour, by=by, vision=drafts[0])
    drafts.append(the_next(world, hours=1))
    of_the_why.put_away(at=world.harbour, by=sam(world, hours=2), vision=drafts[1])
    sends = [
        send(world.client("sam"), f"/s/harbour-city/why/history/{each.pk}/take-up-again/") for each in drafts
    ]
    assert at_once(*sends) == [302, 302]
    with scopes.opened(world.harbour):
        versions = Vision.objects.at(world.harbour)
        assert (versions.drafts().count(), versions.put_away().count()) == (1, 1)


def test_a_draft_that_is_taken_up_while_another_is_adopted_stays_put_away(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """The other is adopted at the worst moment: after the first looked around, before its row is written."""
    voice(world)
    away = of_the_why.put_away(at=world.harbour, by=sam(world), vision=draft(world))
    other, gathering = the_next(world, hours=1), hold(world)
    adopts = send(
        world.client("sam"),
        f"/s/harbour-city/why/draft/{other.pk}/adopt/",
        gathering=gathering.pk,
        how_agreed="Round",
        sure="on",
        seen_version=other.version,
        words_read=other.words_digest,
    )
    answers: list[int] = []

    def keeps(row: Any, refusal: type[Exception]) -> None:
        if row == away and not answers:
            answers.extend(at_once(adopts))
        keep(row, refusal)

    monkeypatch.setattr(putting_away, "keep", keeps)
    takes_up = send(world.client("sam"), f"/s/harbour-city/why/history/{away.pk}/take-up-again/")
    assert (takes_up(), answers) == (302, [302])
    with scopes.opened(world.harbour):
        away.refresh_from_db()
        assert (away.is_put_away, Vision.objects.at(world.harbour).adopted().get()) == (True, other)


def test_a_value_that_is_changed_and_moved_at_once_is_both(world: World):
    """They lock the value and the draft in turn, from either end: PostgreSQL ends one, and it runs again."""
    vision = draft(world)
    values = [value(world, vision, name) for name in ("Kindness", "Honesty")]
    for number in range(8):
        said = {
            "seen_version": as_it_is(values[0]).version,
            "name": f"Kindness {number}",
            "meaning": "We notice",
            "we_would_see": "a call back",
        }
        here = f"/s/harbour-city/why/values/{values[0].pk}"
        statuses = at_once(
            send(world.client("sam"), f"{here}/change/", **said),
            send(world.client("sam"), f"{here}/move/", up=str(number % 2 == 1)),
        )
        assert statuses == [302, 302]
        assert as_it_is(values[0]).name == f"Kindness {number}"


def as_it_is(row: Value) -> Value:
    with scopes.opened(row.scope):
        found: Value = Value.everywhere.get(pk=row.pk)
    return found


def test_v4_a_version_is_not_read_again_after_the_next_was_adopted_before_that(world: World):
    stands = adopted(world)
    after = the_next(world, days=1)
    room, later = (hold(world, starts_at=MAY + timedelta(days=days)) for days in (2, 4))
    looks = send(
        world.client("sam"),
        f"/s/harbour-city/why/history/{stands.pk}/look-again/",
        gathering=later.pk,
        what_we_found="Still ours",
    )
    adopts = send(
        world.client("sam"),
        f"/s/harbour-city/why/draft/{after.pk}/adopt/",
        gathering=room.pk,
        how_agreed="Round",
        sure="on",
        seen_version=after.version,
        words_read=after.words_digest,
    )
    assert at_once(looks, adopts) == [302, 422]
