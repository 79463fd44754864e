"""Every address of ours, as somebody with each set of roles, as a neighbour, as a stranger, and signed out.

Each refusal has its positive twin on the very same address: an address that nobody can open proves nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.test import TestCase, override_settings
from django.urls import URLPattern
from django.utils import timezone

from livingwell.demo import filling, reports
from livingwell.examples import NO_EXAMPLE, example_for, guard_of, routes_of_ours
from livingwell.opening import LET_IN, Actor, Opener, actors_of, largest_first, neighbours_of, without_noise
from people.models import Person
from programmes.access import Permission, standing_of
from programmes.models import Group, Programme, Site

MORE_THAN_THE_ROLE = {"reports:report", "reports:pdf", "reports:chart_csv", "vision:take_back_own_voice"}
"""Here a right is not enough: the report must be released to this person, the voice theirs; else 404."""

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
ENDS = {"programmes:end_role", "programmes:leave_group", "reports:end_reader"}
"""Whoever ends something twice is led on both times; so is, alike, whoever makes an id up."""


@dataclass(frozen=True)
class Example:
    """One address that somebody can open."""

    name: str
    pattern: URLPattern
    site: Site
    path: str

    @property
    def permission(self) -> Permission | None:
        found: Permission | None = guard_of(self.pattern).get("permission")
        return found

    @property
    def methods(self) -> list[str]:
        return list(guard_of(self.pattern)["methods"])

    @property
    def scope(self) -> Site | Programme | None:
        if self.permission is Permission.RUN_INSTALLATION:
            return None
        return self.site.programme if self.path.startswith("/p/") else self.site


@pytest.mark.slow
class TestWhoOpensWhat(TestCase):
    opener: ClassVar[Opener]
    examples: ClassVar[list[Example]]
    sites: ClassVar[list[Site]]
    stranger: ClassVar[Person]

    @classmethod
    def setUpTestData(cls) -> None:
        folder = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(FILES_DIR=Path(folder)))
        cls.enterClassContext(without_noise())
        with patch("kit.pdf.PDF_AVAILABLE", new=True), patch("kit.pdf.render", lambda html, **about: b"%PDF"):
            reports.make_and_release(reports.ask(filling.fill(seed=1, now=timezone.now())[:1]))
        cls.stranger = Person.objects.add(name="Stranger")
        cls.opener, cls.sites = Opener(), largest_first()
        cls.examples = list(cls._examples())

    @classmethod
    def _examples(cls) -> Iterator[Example]:
        for name, pattern in routes_of_ours():
            if name not in NO_EXAMPLE and (found := example_for(name, pattern, cls.sites, cls.opener)):
                yield Example(name, pattern, found[0], found[2])

    def _guarded(self) -> Iterator[Example]:
        return (example for example in self.examples if example.permission)

    def _expected(self, example: Example, actor: Actor) -> set[int]:
        standing = standing_of(actor.person, example.scope)
        if standing.is_stranger:
            return {404}
        group = next(
            (group for group in Group.objects.of(example.site) if str(group.pk) in example.path), None
        )
        if not standing.may(example.permission, group):  # type: ignore[arg-type]
            return {403}
        return LET_IN | {404} if example.name in MORE_THAN_THE_ROLE else LET_IN

    def test_every_address_has_an_example_that_somebody_can_open(self) -> None:
        without = {name for name, _ in routes_of_ours()} - {example.name for example in self.examples}
        assert without == set(NO_EXAMPLE)

    def test_each_role_gets_what_the_grants_say(self) -> None:
        for example in self._guarded():
            for actor in actors_of(example.site):
                expected = self._expected(example, actor)
                for method in example.methods:
                    status = self.opener.status_of(example.path, example.pattern, actor.person, method)
                    assert status in expected, (example, method, actor.roles, status, expected)

    def test_a_neighbour_and_a_stranger_do_not_learn_that_a_place_exists(self) -> None:
        for example in self._guarded():
            if example.scope is None:
                continue
            outside = [*(actor.person for actor in neighbours_of(example.site)), self.stranger]
            for person in outside:
                if not standing_of(person, example.scope).is_stranger:
                    continue
                for method in example.methods:
                    status = self.opener.status_of(example.path, example.pattern, person, method)
                    assert status == 404, (example, method, person)

    def test_signed_out_one_is_led_to_the_sign_in_page(self) -> None:
        for example in self.examples:
            method = example.methods[0]
            answer = self.opener.answer_to(example.path, None, method)
            leads_in = answer.status_code == 302 and answer.headers["Location"].startswith("/in/?next=")
            assert leads_in is (guard_of(example.pattern).get("because") is None), example

    def test_other_methods_are_refused(self) -> None:
        for example in self.examples:
            person = actors_of(example.site)[0].person
            others = {"PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "POST", "GET", "HEAD"}
            taken = {*example.methods, *({"HEAD"} if "GET" in example.methods else ())}
            for method in others - taken:
                assert self.opener.answer_to(example.path, person, method).status_code == 405, (
                    example,
                    method,
                )

    def test_rows_of_another_place_are_not_found(self) -> None:
        tried = 0
        for example in self._guarded():
            converters = set(example.pattern.pattern.converters) - {"site", "stage", "chart"}
            if "site" not in example.pattern.pattern.converters or not converters:
                continue
            site = example.site
            other = next(
                o for o in self.sites if o.pk != site.pk and o.within_id == site.within_id and o.is_at_work
            )
            path = example.path.replace(f"/s/{site.slug}/", f"/s/{other.slug}/")
            for actor in actors_of(other):
                for method in example.methods:
                    status = self.opener.status_of(path, example.pattern, actor.person, method)
                    if status not in {403, 404}:
                        self._tells_nothing(example, path, actor, method, status)
                    tried += 1
        assert tried > 100

    def _tells_nothing(self, example: Example, path: str, actor: Actor, method: str, status: int) -> None:
        assert example.name in ENDS, (example, method, actor, status)
        assert example.methods == ["POST"]
        made_up = ID.sub(lambda _: str(uuid4()), path)
        assert self.opener.status_of(made_up, example.pattern, actor.person) in {status, 404}
