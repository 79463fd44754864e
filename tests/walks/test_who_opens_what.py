"""Every address of ours, as somebody with each set of roles, as a neighbour, as a stranger, and signed out.

Each refusal has its positive twin on the very same address: an address that nobody can open proves nothing.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.test import TestCase
from django.urls import URLPattern
from django.utils import timezone

from livingwell import manifest
from livingwell.demo import filling, reports
from livingwell.manifest import LET_IN, Actor
from programmes.access import Permission, standing_of
from programmes.models import Group, Site

MORE_THAN_THE_ROLE = {"reports:report", "reports:pdf", "reports:chart_csv"}
"""Here a right is not enough: the report must also be released to this person; then it is 404 for them."""

NO_EXAMPLE: dict[str, str] = {}
"""Addresses that nobody in the demo can open, each with its reason."""


class TestWhoOpensWhat(TestCase):
    sites: ClassVar[list[Site]]
    examples: ClassVar[dict[str, tuple[URLPattern, Site, str]]]

    @classmethod
    def setUpTestData(cls) -> None:
        places = filling.fill(seed=1, now=timezone.now())
        reports.make_and_release(reports.ask(places[:1]))
        cls.sites = manifest.largest_first()
        cls.examples = dict(cls._examples())

    @classmethod
    def _examples(cls) -> Iterator[tuple[str, tuple[URLPattern, Site, str]]]:
        for name, pattern in manifest.routes_of_ours():
            permission = cls._guard(pattern).get("permission")
            told = manifest._tried(name, pattern, permission, cls.sites)
            if told["path"]:
                site = next(site for site in cls.sites if site.slug == told["site"])
                yield name, (pattern, site, told["path"])

    @staticmethod
    def _guard(pattern: URLPattern) -> dict[str, Any]:
        guard: dict[str, Any] = pattern.callback.guard
        return guard

    def _pages(self) -> Iterator[tuple[str, URLPattern, Site, str, Permission]]:
        for name, (pattern, site, path) in self.examples.items():
            if permission := self._guard(pattern).get("permission"):
                yield name, pattern, site, path, permission

    def _expected(self, name: str, actor: Actor, site: Site, permission: Permission, path: str) -> set[int]:
        scope = None if permission is Permission.RUN_INSTALLATION else site
        if path.startswith("/p/"):
            scope = site.programme  # type: ignore[assignment]
        standing = standing_of(actor.person, scope)
        if standing.is_stranger:
            return {404}
        group = next((g for g in Group.objects.of(site) if str(g.pk) in path), None)
        if not standing.may(permission, group):
            return {403}
        return LET_IN | {404} if name in MORE_THAN_THE_ROLE else LET_IN

    def test_every_address_has_an_example_that_somebody_can_open(self) -> None:
        names = {name for name, _ in manifest.routes_of_ours()}
        assert names - set(self.examples) == set(NO_EXAMPLE)

    def test_each_role_gets_what_the_grants_say(self) -> None:
        for name, pattern, site, path, permission in self._pages():
            for actor in manifest.actors_of(site):
                status = manifest.status_of(path, pattern, actor.person)
                expected = self._expected(name, actor, site, permission, path)
                assert status in expected, (name, path, actor.roles, status, expected)

    def test_an_empty_post_is_guarded_like_a_get(self) -> None:
        for name, pattern, site, path, permission in self._pages():
            for actor in manifest.actors_of(site):
                status = manifest.status_of(path, pattern, actor.person, method="POST")
                expected = self._expected(name, actor, site, permission, path)
                assert status in expected | ({405} if 403 not in expected else set()), (name, actor.roles, status)

    def test_a_neighbour_does_not_learn_that_a_place_exists(self) -> None:
        for name, pattern, site, path, permission in self._pages():
            if permission is Permission.RUN_INSTALLATION:
                continue
            for actor in manifest.neighbours_of(site):
                if path.startswith("/p/") and not standing_of(actor.person, site.programme).is_stranger:
                    continue
                for method in ("GET", "POST"):
                    assert manifest.status_of(path, pattern, actor.person, method=method) in {404, 405}, (name, method)

    def test_signed_out_one_is_led_to_the_sign_in_page(self) -> None:
        for name, (pattern, _, path) in self.examples.items():
            guard = self._guard(pattern)
            answer = manifest.client_of(None).get(path) if "GET" in guard["methods"] else None
            if answer is None:
                continue
            if guard.get("because"):
                assert answer.status_code == 200 or not answer.headers["Location"].startswith("/in/login/?"), name
            else:
                assert answer.status_code == 302 and answer.headers["Location"].startswith("/in/"), name

    def test_other_methods_are_refused(self) -> None:
        for name, pattern, site, path, _ in self._pages():
            person = manifest.actors_of(site)[0].person
            client = manifest.client_of(person)
            for method in ("put", "patch", "delete", "options", "trace"):
                assert getattr(client, method)(path).status_code == 405, (name, method)
            if "GET" not in self._guard(pattern)["methods"]:
                assert client.head(path).status_code == 405, name

    def test_rows_of_another_place_are_not_found(self) -> None:
        tried = 0
        for name, (pattern, site, path) in self.examples.items():
            if "site" not in pattern.pattern.converters or len(pattern.pattern.converters) < 2:
                continue
            if set(pattern.pattern.converters) <= {"site", "stage"}:
                continue
            other = next(o for o in self.sites if o.slug not in {site.slug, "eastmere"} and o.within_id == site.within_id)
            elsewhere = path.replace(f"/s/{site.slug}/", f"/s/{other.slug}/")
            for actor in manifest.actors_of(other):
                method = "GET" if "GET" in self._guard(pattern)["methods"] else "POST"
                assert manifest.status_of(elsewhere, pattern, actor.person, method=method) in {403, 404}, (name, elsewhere)
                tried += 1
        assert tried > 100
