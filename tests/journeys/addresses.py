"""Lists every page of ours with an address at which it opens, and a person for whom it does.

Run by the browser tests beside a filled demo, in a process of its own: `python -m tests.journeys.addresses FILE`.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.urls import URLPattern, reverse

FULL, EMPTY = "full", "empty"
EMPTY_PLACE = "fenholm"

BY_LETTER_ONLY = {"programmes:first_link", "welcome:accept"}
"""Pages whose address is a secret in a letter: the journeys that send one look at them."""


def pages() -> Iterator[dict[str, Any]]:
    """Find, for each page, where it opens in the fullest place that has it, and in a place that has just begun."""
    from livingwell import examples, opening  # noqa: PLC0415 - Django must be set up first

    places = opening.largest_first()
    beginning = [place for place in places if place.slug == EMPTY_PLACE]
    for name, pattern in examples.routes_of_ours():
        if "GET" not in pattern.callback.guard.get("methods", ["GET"]) or name in BY_LETTER_ONLY:
            continue
        yield _found(name, FULL, _opening(name, pattern, places))
        if "site" in pattern.pattern.converters:
            yield _found(name, EMPTY, _opening(name, pattern, beginning))


def _found(name: str, state: str, opening: tuple[str, Any] | None) -> dict[str, Any]:
    path, person = opening or (None, None)
    return {
        "route": name,
        "state": state,
        "path": path,
        "person": person and str(person.pk),
        "name": person and person.name,
    }


def _opening(name: str, pattern: URLPattern, places: list[Any]) -> tuple[str, Any] | None:
    from livingwell import examples, opening  # noqa: PLC0415 - Django must be set up first

    guard, opener = pattern.callback.guard, opening.Opener()
    for place in places:
        people: list[Any] = [None]
        if not guard.get("because"):
            actors = opening.actors_of(place)
            people = [one.person for one in actors if _is_entitled(one, guard.get("permission"), place)]
        for arguments in _arguments(pattern, place):
            path = reverse(name, kwargs=arguments)
            opened = (person for person in people[:3] if _answers(path, person, opener))
            if (person := next(opened, _nobody)) is not _nobody:
                return path, person
    return None


_nobody = object()


def _is_entitled(actor: Any, permission: Any, place: Any) -> bool:
    from livingwell import examples, opening  # noqa: PLC0415 - Django must be set up first

    return bool(actor.person.email) and (permission is None or examples.is_entitled(actor, permission, place))


def _arguments(pattern: URLPattern, place: Any) -> Iterator[dict[str, str]]:
    from livingwell import examples, opening  # noqa: PLC0415 - Django must be set up first

    names = list(pattern.pattern.converters)
    kinds = pattern.callback.guard.get("rows", {})
    if names[-2:] == ["was", "now"]:
        both = [str(row.pk) for row in kinds["was"].objects.at(place)[:2]]
        if len(both) == 2:
            yield {"site": place.slug, "was": both[0], "now": both[1]}
    elif names == ["named"]:
        yield {"named": str(place.programme.pk)}
    else:
        yield from examples.arguments_for(pattern, place)


def _answers(path: str, person: Any, opener: Any) -> bool:
    answer = opener.answer_to(path, person)
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "livingwell.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(list(pages()), indent=1))
