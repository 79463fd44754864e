"""A page has a template of its own name, a template belongs somewhere, and neither says words we avoid."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_type_hints

import pytest
from django.http import HttpResponseBase

from programmes.checks import routes
from tests.architecture.sources import PACKAGES, ROOT, TEMPLATES, apps_sources, name_of, sources

EVERY_TEMPLATE = {
    str(path.relative_to(TEMPLATES)): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))
}
ANSWERS = {"redirect", "render"}
GUARDS = {"page", "yours", "public"}

SAID_ON_PURPOSE = {
    ("livingwell/method.html", "scores"): "says that there are none",
    ("livingwell/method.html", "fail"): "says that nobody does",
    ("reports/about_lines.html", "score"): "says that a state is none",
    ("reports/print.html", "scores"): "says that there are none",
    ("vision/draft.html", "patients"): "says which word of the draft leaves people out",
}
"""(template, word): why it stands there all the same. Source: ux 4.2, domain 1."""

WORDS_TO_AVOID = (
    "service users?", "patients?", "clients?", "cohort", "the vulnerable", "sufferers?", "victims?",
    "expert by experience", "caseload", "cases?", "referrals?", "discharged?", "stakeholders?", "engage",
    "engagement", "onboard(?:ing)?", "moderation", "escalat[a-z]+", "veto", "blockers?", "pilot(?:s|ed|ing)?",
    "fail(?:s|ed|ure)?",
    "success criteria", "milestones?", "rag", "overdue", "scores?", "dna", "non-attenders?", "disengaged",
    "hard to reach", "non-complian(?:t|ce)", "compliance", "oversee", "performance manage[a-z]*",
    "implementation unit", "suppressed", "submit",
)  # fmt: skip
AVOIDED = re.compile(rf"\b(?:{'|'.join(WORDS_TO_AVOID)})\b", re.IGNORECASE)


@cache
def pages() -> dict[str, Callable[..., Any]]:
    """Find every guarded view that has a route, by the template that its name asks for."""
    callbacks = [pattern.callback for _, pattern in routes() if hasattr(pattern.callback, "guard")]
    return {
        f"{view.__module__.split('.')[0]}/{view.__name__}.html": inspect.unwrap(view) for view in callbacks
    }


def guarded() -> Iterator[str]:
    """Find the same by reading, so that pages of the demo alone count too."""
    for source in apps_sources():
        for function in source.functions():
            guards = (each.func if isinstance(each, ast.Call) else each for each in function.decorator_list)
            if GUARDS & set(map(name_of, guards)):
                yield f"{source.path.split('/')[0]}/{function.name}.html"


def returns_in(view: Callable[..., Any]) -> Iterator[ast.expr]:
    for node in ast.walk(ast.parse(inspect.getsource(view))):
        if isinstance(node, ast.Return) and node.value is not None:
            yield node.value


def is_response(answer: ast.expr, view: Callable[..., Any]) -> bool:
    """Whether what a view returns is an answer by itself, so that no template is rendered for it."""
    if not isinstance(answer, ast.Call):
        return False
    name = ast.unparse(answer.func)
    called = view.__globals__.get(name.split(".")[0])
    for part in name.split(".")[1:]:
        called = getattr(called, part, None)
    made = called if isinstance(called, type) else get_type_hints(called or is_response).get("return")
    return name in ANSWERS or (isinstance(made, type) and issubclass(made, HttpResponseBase))


def needs_a_template(view: Callable[..., Any]) -> bool:
    return not all(is_response(answer, view) for answer in returns_in(view))


class TestAPage:
    def test_has_a_template_of_its_own_name(self) -> None:
        asked_for = {template for template, view in pages().items() if needs_a_template(view)}
        assert asked_for - EVERY_TEMPLATE.keys() == set()

    def test_that_only_answers_needs_none(self) -> None:
        kinds = {needs_a_template(view) for view in pages().values()}
        assert kinds == {True, False}


class TestATemplate:
    def test_belongs_to_a_page_or_is_named_by_somebody(self) -> None:
        ours = {name for name in EVERY_TEMPLATE if name.split("/")[0] in PACKAGES}
        texts = {**EVERY_TEMPLATE, **{source.path: source.text for source in sources()}}
        named = {
            name for name in ours for path, text in texts.items() if path != name and f'"{name}"' in text
        }
        assert ours - set(guarded()) - named == set(), "nobody shows these"

    def test_lives_in_the_one_folder(self) -> None:
        assert not [path for package in PACKAGES for path in (ROOT / package).rglob("*.html")]


def words_on(template: str) -> str:
    """Keep what a reader sees or hears: no tags but their alternatives, no comments, no template code."""
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", " ", template, flags=re.DOTALL)
    heard = " ".join(re.findall(r'(?:alt|aria-label|title|placeholder|heading|text)="([^"]*)"', text))
    shown = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", " ", text, flags=re.DOTALL)
    return f"{shown} {heard}"


class TestWordsWeAvoid:
    def test_are_on_no_page(self) -> None:
        found = {
            (name, word.lower())
            for name, template in EVERY_TEMPLATE.items()
            for word in AVOIDED.findall(words_on(template))
        }
        assert found - SAID_ON_PURPOSE.keys() == set()
        assert SAID_ON_PURPOSE.keys() - found == set(), "take these off the list"

    @pytest.mark.parametrize(
        "template", ["<p>Our <b>service users</b></p>", '<img alt="a patient">', "RAG status", "Submit"]
    )
    def test_are_found_where_they_stand(self, template: str) -> None:
        assert AVOIDED.search(words_on(template))

    def test_are_told_from_code_and_comments(self) -> None:
        assert not AVOIDED.search(words_on("{# patient #}<p class='case'>People {{ patient }}</p>"))
