"""Junk in every field of every form, from somebody whom the page lets in, breaks no page."""

from collections.abc import Iterator
from itertools import chain
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django.db import transaction
from django.forms import BaseForm, MultiWidget
from django.http import HttpResponseBase
from django.test import Client, TestCase, override_settings
from django.utils import timezone

from livingwell.demo import filling, reports
from livingwell.examples import NO_EXAMPLE, example_for, guard_of, routes_of_ours
from livingwell.opening import LET_IN, Opener, actors_of, largest_first
from people.models import Person

TOO_BIG = "9" * 30
JUNK = [
    "",
    "\x00",
    "0",
    "-1",
    TOO_BIG,
    "9" * 5000,
    "31",
    "1e400",
    "\u202e\u2066<script>alert(1)</script>\ud7ff\U0001f331",
    "سارة <script>alert(1)</script>\U0001f331",
    "a\r\nBcc: everybody@example.org",
    "=cmd|' /C calc'!A0",
    "x" * 20_000,
    "٣",
    "²",
    "not-a-uuid",
    "{{ form }}{% debug %}",
    "feb",
]
"""What goes into every field at once."""

ALONE = ["\x00", TOO_BIG, "\u202e", "سارة <script>alert(1)</script>", "²"]
"""What goes into one field at a time, among sensible answers."""

BODIES = [
    (b"a=1", "application/json"),
    (b"name=%ff%fe%00&form_key=%ff", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00", "text/plain"),
    (b"x", "multipart/form-data"),
    (b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx', "multipart/form-data; boundary=b"),
    (b"name=x", "application/x-www-form-urlencoded; charset=utf-16"),
    (b"name=x", "application/x-www-form-urlencoded; charset=no-such"),
    (b"&".join(b"f%d=1" % number for number in range(600)), "application/x-www-form-urlencoded"),
    (b"name=" + b"x" * 1_100_000, "application/x-www-form-urlencoded"),
]
QUERIES = [
    "page=-1",
    "page=9" + "9" * 40,
    "page=%00",
    "group=%00",
    "view=%ff",
    "next=//evil.example",
    "page=last",
]


@pytest.mark.slow
class TestJunk(TestCase):
    examples: ClassVar[list[tuple[str, list[str], str, Person]]]

    @classmethod
    def setUpTestData(cls) -> None:
        files = cls.enterClassContext(TemporaryDirectory())
        cls.enterClassContext(override_settings(FILES_DIR=files))
        places = filling.fill(seed=1, now=timezone.now())
        reports.make_and_release(reports.ask(places[:1]))
        cls.examples = list(cls._examples())

    @classmethod
    def _examples(cls) -> Iterator[tuple[str, list[str], str, Person]]:
        sites, opener = largest_first(), Opener()
        for name, pattern in routes_of_ours():
            found = None if name in NO_EXAMPLE else example_for(name, pattern, sites, opener)
            if found is None:
                continue
            site, _, path = found
            people = (actor.person for actor in actors_of(site))
            opens = (one for one in people if opener.status_of(path, pattern, one) in LET_IN)
            yield name, list(guard_of(pattern)["methods"]), path, next(opens)

    def _client(self, person: Person) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def _sound(self, answer: HttpResponseBase, *told: object) -> None:
        assert answer.status_code < 500, (*told, getattr(answer, "exc_info", None))

    def _sent(self, client: Client, path: str, said: dict[str, Any]) -> HttpResponseBase:
        with transaction.atomic():
            answer = client.post(path, said)
            transaction.set_rollback(True)
        return answer

    def test_junk_in_the_address_line_breaks_no_page(self) -> None:
        for name, methods, path, person in self.examples:
            client = self._client(person)
            for query in QUERIES if "GET" in methods else ():
                self._sound(client.get(f"{path}?{query}"), name, query)

    def test_junk_in_every_field_breaks_no_form(self) -> None:
        tried = 0
        for name, methods, path, person in self.examples:
            client = self._client(person)
            form = _form_of(client.get(path)) if "GET" in methods else None
            for said in chain(_all_junk(form), _one_junk_each(form)):
                self._sound(self._sent(client, path, said), name, said)
                tried += 1
        assert tried > 500

    def test_bodies_that_are_no_form_break_no_page(self) -> None:
        for name, _, path, person in self.examples:
            client = self._client(person)
            for body, kind in BODIES:
                with transaction.atomic():
                    answer = client.generic("POST", path, body, content_type=kind)
                    transaction.set_rollback(True)
                self._sound(answer, name, kind)


def _form_of(answer: Any) -> BaseForm | None:
    form = (answer.context or {}).get("form") if answer.status_code == 200 else None
    return form if isinstance(form, BaseForm) else None


def _names_of(form: BaseForm | None) -> dict[str, Any]:
    """Return the names that a browser would send, each with an answer that its field takes."""
    names: dict[str, Any] = {}
    for bound in form or ():
        widget, choices = bound.field.widget, [key for key, _ in getattr(bound.field, "choices", ()) if key]
        if isinstance(widget, MultiWidget):
            parts = (bound.name + each for each in ("_day", "_month", "_year"))
            names |= dict(zip(parts, ["1", "2", "2026"], strict=True))
        else:
            names[bound.name] = bound.value() or (str(choices[0]) if choices else "2pm")
    return {**names, "form_key": str(uuid4())}


def _all_junk(form: BaseForm | None) -> Iterator[dict[str, Any]]:
    for junk in JUNK:
        yield {**dict.fromkeys(_names_of(form), junk), "form_key": str(uuid4())}
        yield {name: [junk, junk] for name in _names_of(form)}


def _one_junk_each(form: BaseForm | None) -> Iterator[dict[str, Any]]:
    sensible = _names_of(form)
    for name in sensible:
        for junk in ALONE:
            yield {**sensible, "form_key": str(uuid4()), name: junk}
