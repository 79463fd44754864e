"""Which arguments an address is shown with: those that open a page come before those that lead elsewhere."""

from typing import Any, cast

from livingwell.examples import example_for, routes_of_ours
from livingwell.opening import Opener, largest_first
from programmes.models import Locality
from tests.world import World


class Answers:
    """Stands for an opener: it leads on from the first address that it is asked for, and shows the others."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def status_to_one_of(self, people: Any, path: str, pattern: Any) -> int:
        self.asked.append(path)
        return 302 if len(self.asked) == 1 else 200


def test_a_page_that_is_shown_comes_before_one_that_leads_on(world: World):
    for name in ("Quayside", "Millside"):
        Locality.everywhere.create(scope=world.harbour, name=name)
    name = "programmes:rename_locality"
    pattern, opener = dict(routes_of_ours())[name], Answers()
    found = example_for(name, pattern, largest_first()[:1], cast(Opener, opener))
    assert found is not None
    assert (len(opener.asked), found[2]) == (2, opener.asked[1])
