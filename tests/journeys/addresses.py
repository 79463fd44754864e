"""Lists every page of ours with an address at which it opens, and a person for whom it does.

Run by the browser tests beside a filled demo, in a process of its own:
`python -m tests.journeys.addresses FILE`.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.urls import URLPattern, reverse

FULL, EMPTY = "full", "empty"
EMPTY_PLACE = "fenholm"


class Finder:
    """Opens addresses as the people who stand on the demo's page, and as nobody."""

    def __init__(self) -> None:
        from livingwell import opening  # noqa: PLC0415 - Django must be set up first
        from people.models import Person  # noqa: PLC0415

        self.places = opening.largest_first()
        self.beginning = [place for place in self.places if place.slug == EMPTY_PLACE]
        self.opener = opening.Opener()
        page: Any = self.opener.answer_to(reverse("demo:people"), None)
        listed = re.findall(r'action="/demo/([^"/]+)/"', page.content.decode())
        everybody = Person.objects.filter(pk__in=listed).order_by("joined_at", "pk")
        self.people = [opening.Actor(person, ()) for person in everybody]

    def pages(self) -> Iterator[dict[str, Any]]:
        """Find where each page opens in the fullest place that has it, and in a place that has just begun."""
        from livingwell.examples import NO_EXAMPLE, guard_of, routes_of_ours  # noqa: PLC0415

        for name, pattern in routes_of_ours():
            if "GET" not in guard_of(pattern)["methods"] or name in NO_EXAMPLE:
                continue
            yield self._found(name, pattern, FULL, self.places)
            if "site" in pattern.pattern.converters:
                yield self._found(name, pattern, EMPTY, self.beginning)

    def _found(self, name: str, pattern: URLPattern, state: str, places: list[Any]) -> dict[str, Any]:
        path, person = next(self._opening(name, pattern, places), (None, None))
        about = {"person": str(person.pk), "name": person.name} if person else {"person": "", "name": ""}
        return {"route": name, "state": state, "path": path, **about}

    def _opening(self, name: str, pattern: URLPattern, places: list[Any]) -> Iterator[tuple[str, Any]]:
        from livingwell.examples import arguments_for  # noqa: PLC0415 - Django must be set up first

        for place in places:
            people = self._who_may(pattern, place)
            for arguments in arguments_for(pattern, place) if people else ():
                path = reverse(name, kwargs=arguments)
                yield from ((path, person) for person in people if self._is_a_page(path, person))

    def _who_may(self, pattern: URLPattern, place: Any) -> list[Any]:
        from livingwell.examples import guard_of, is_entitled  # noqa: PLC0415 - Django must be set up first

        guard = guard_of(pattern)
        if guard.get("because"):
            return [None]
        entitled = [one.person for one in self.people if is_entitled(one, guard.get("permission"), place)]
        return entitled[:2] + entitled[-2:]

    def _is_a_page(self, path: str, person: Any) -> bool:
        answer = self.opener.answer_to(path, person)
        return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(list(Finder().pages()), indent=1))
