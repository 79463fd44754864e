"""Lists and the home with one row and with 1,000 of each kind.

Run it with `python -m pytest -s tests/benchmarks/thousand_rows.py`. The number of queries must not grow; the
milliseconds are printed, each beside its baseline from the same run.
"""

from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from django.test import Client
from django.utils import timezone

from collaboratives.models import Agreement, Ask, Dissent, Gathering, PerspectiveTotal
from kit import scope as scopes
from people.models import Person
from programmes.models import Group, Invitation, Locality, Membership
from programmes.roles import Perspective, Role, SpaceKind
from reports.models import Report
from tests.pages import queries
from tests.reports.reporting import SPRING
from tests.world import LONG_AGO, World
from vision.models import Voice

MANY, TIMES = 1000, 7
MOST_QUERIES, MOST_QUERIES_OF_HOME = 12, 16
HOME = "/s/harbour-city/"
PARTS = [
    "",
    "people/",
    "people/?name=0",
    "people/invited/",
    "groups/",
    "gatherings/",
    "why/",
    "reports/",
    "settings/",
    "progress/",
]


@pytest.mark.parametrize("who", ["sam", "amara"])
def test_a_thousand_rows_are_asked_for_as_one_is(world: World, who: str) -> None:
    client = world.client(who)
    fill(world, range(1))
    opened = [HOME + part for part in PARTS if client.get(HOME + part).status_code == 200]
    one_row = {address: (queries(client, address), milliseconds(client, address)) for address in opened}
    fill(world, range(1, MANY))
    print(f"\n{who}: queries with 1 and {MANY} rows, milliseconds, ratio")  # noqa: T201 - a measurement
    for address in opened:
        before, took_before = one_row[address]
        counted, took = queries(client, address), milliseconds(client, address)
        print(f"{address:36}{before:4}{counted:4}{took_before:7.0f}{took:7.0f}{took / took_before:6.1f}")  # noqa: T201
        assert counted <= (MOST_QUERIES_OF_HOME if address == HOME else MOST_QUERIES), address
        assert counted == before, address


def milliseconds(client: Client, address: str) -> float:
    def once() -> float:
        began = perf_counter()
        client.get(address)
        return 1000 * (perf_counter() - began)

    return median(once() for _ in range(TIMES))


def fill(world: World, numbers: range) -> None:
    with scopes.opened(world.harbour):
        for add in (people, invitations, groups, gatherings, reports, voices):
            add(world, numbers)


def people(world: World, numbers: range) -> None:
    place = {"scope": world.harbour, "group": world.collaborative, "role": Role.MEMBER, "since": LONG_AGO}
    somebody = [Person.objects.add(name=f"Person {number}") for number in numbers]
    Membership.objects.bulk_create(Membership(person=person, **place) for person in somebody)


def invitations(world: World, numbers: range) -> None:
    about = {"scope": world.harbour, "roles": Role.MEMBER, "works_until": timezone.now() + timedelta(days=9)}
    Invitation.objects.bulk_create(
        Invitation(name=f"Person {number}", email=f"{number}@example.org", digest=str(number), **about)
        for number in numbers
    )


def groups(world: World, numbers: range) -> None:
    for number in numbers:
        Group.objects.create(scope=world.harbour, kind=SpaceKind.MDT, name=f"Team {number}")
        Locality.everywhere.create(scope=world.harbour, name=f"Ward {number}")


def gatherings(world: World, numbers: range) -> None:
    place = {"scope": world.harbour, "group": world.collaborative}
    for number in numbers:
        began = timezone.now() - timedelta(hours=6 * (number + 2))
        held = Gathering.everywhere.create(
            **place,
            title=f"Gathering {number}",
            place="Hall",
            state="held",
            people_came=25,
            starts_at=began,
            ends_at=began + timedelta(hours=2),
            recorded_at=began + timedelta(hours=3),
        )
        said = {**place, "gathering": held}
        PerspectiveTotal.everywhere.create(**said, perspective=Perspective.LIVED_EXPERIENCE, people=9)
        Agreement.everywhere.create(**said, text="Tea", how_reached="Round", agreed_at=began)
        Ask.everywhere.create(**said, text="Rooms?", to_whom="Council", by_when=began.date(), asked_at=began)
        Dissent.everywhere.create(**said, words="Evenings", raised_at=began, entered_for_a_member=True)


def reports(world: World, numbers: range) -> None:
    period = {"first_day": SPRING.first, "last_day": SPRING.last, "asked_at": LONG_AGO}
    for number in numbers:
        Report.everywhere.create(scope=world.harbour, edition=number + 1, **period)


def voices(world: World, numbers: range) -> None:
    for number in numbers:
        Voice.everywhere.create(
            scope=world.harbour, text=f"Words {number}", said_by="A member", added_at=LONG_AGO
        )
