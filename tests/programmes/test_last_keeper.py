"""Who is the last to let others in reads so before they press anything, and may go once another is named."""

from collections.abc import Callable

import pytest

from programmes.models import Membership
from programmes.roles import Role
from tests.world import LONG_AGO, World

Address = Callable[[World], str]


def _role(world: World, name: str, role: Role) -> Membership:
    return Membership.objects.get(person=world.people[name], role=role)


def _end_role(world: World) -> str:
    row = _role(world, "sam", Role.FACILITATOR)
    return f"/s/harbour-city/people/{world.sam.pk}/end/{row.pk}/"


def _remove(world: World) -> str:
    return f"/s/harbour-city/people/{world.sam.pk}/remove/"


def _leave(world: World) -> str:
    return "/s/harbour-city/me/leave/"


PAGES = pytest.mark.parametrize("address", [_end_role, _remove, _leave])


def shown(world: World, address: Address) -> tuple[bool, bool]:
    """Return whether the page says that this is the last one, and whether there is something to press."""
    page = world.client("sam").get(address(world))
    assert page.status_code == 200
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return "last facilitator" in main, "<form" in main


@PAGES
def test_the_last_one_reads_so_and_finds_nothing_to_press(world: World, address: Address):
    assert shown(world, address) == (True, False)


def test_the_last_lead_of_a_programme_reads_so_too(world: World):
    row = _role(world, "priya", Role.PROGRAMME_LEAD)
    address, client = f"/p/{world.programme.slug}/people/{row.person_id}/end/{row.pk}/", world.client("priya")

    def main() -> str:
        return client.get(address).content.decode().split("<main", 1)[1].split("</main>", 1)[0]

    assert ("last programme lead" in main(), "<form" in main()) == (True, False)
    another = {"person": world.helen, "scope": world.programme, "role": Role.PROGRAMME_LEAD}
    Membership.objects.create(**another, since=LONG_AGO)
    assert ("last programme lead" in main(), "<form" in main()) == (False, True)


@PAGES
def test_with_another_one_there_is_something_to_press(world: World, address: Address):
    Membership.objects.create(person=world.helen, scope=world.harbour, role=Role.FACILITATOR, since=LONG_AGO)
    assert shown(world, address) == (False, True)
