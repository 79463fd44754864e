"""The limits of the house style that no linter knows: short files and functions, plain names, one writer."""

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.sources import Source, apps_sources, body_of, length_of, name_of, sources

LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW, LONGEST_TASK = 300, 25, 15, 5
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "services",
    "service",
    "misc",
    "lib",
}

WRITES = {
    "save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "save_base",
}  # fmt: skip
NO_ROWS = {"attrs", "fields", "cleaned_data", "initial", "conf", "session"}
"""What Django and Celery name their dictionaries and the store of a sign-in; these are no rows of ours."""

KEEPERS = {
    "kit/events.py": "keeps the record of what was done, inside the action's transaction",
    "kit/form_keys.py": "keeps which form was sent, inside the action's transaction",
    "kit/versions.py": "keeps the version of an edited row, inside the action's transaction",
    "kit/jobs.py": "keeps which work is owed: a queue that no place owns",
    "kit/leases.py": "keeps which worker holds which job: a queue that no place owns",
    "kit/outbox.py": "keeps which letters are owed: a queue that no place owns",
}


def faults(find: Callable[[Source], list[str]]) -> list[str]:
    """Ask of every file what is wrong with it."""
    return [f"{source.path}: {fault}" for source in sources() for fault in find(source)]


class TestLength:
    def test_of_files(self) -> None:
        assert not [
            f"{source.path}: {source.lines} lines; split it by noun into a package of the same name"
            for source in sources()
            if source.lines > LONGEST_FILE
        ]

    def test_of_functions(self) -> None:
        def long(source: Source) -> list[str]:
            longest = LONGEST_VIEW if source.module == "views" else LONGEST_FUNCTION
            return [
                f"{each.name} has {length_of(each)} lines, not {longest}"
                for each in source.functions()
                if length_of(each) > longest
            ]

        assert not faults(long)

    def test_of_tasks(self) -> None:
        assert not [
            f"{source.path}: {each.name} has {statements(each)} statements; a task calls one action"
            for source in sources()
            if source.module == "tasks"
            for each in source.functions()
            if statements(each) > LONGEST_TASK
        ]


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the statements of a function, those inside others included."""
    return sum(isinstance(node, ast.stmt) for part in body_of(function) for node in ast.walk(part))


class TestImports:
    def test_stand_at_the_top(self) -> None:
        def inside(source: Source) -> list[str]:
            return [
                f"line {node.lineno}: an import inside a function hides a circle"
                for function in source.functions()
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]

        assert not faults(inside)

    def test_know_no_signals_of_django(self) -> None:
        assert not faults(lambda source: [name for name in imported(source.tree) if is_signal(name)])

    def test_of_signals_are_noticed(self) -> None:
        for line in ("from django.dispatch import receiver", "import django.db.models.signals"):
            assert any(map(is_signal, imported(ast.parse(line))))


def imported(tree: ast.AST) -> Iterator[str]:
    """Name every module that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def is_signal(module: str) -> bool:
    return module.startswith(("django.dispatch", "django.db.models.signals", "django.core.signals"))


def test_file_names_say_what_they_hold() -> None:
    def empty(source: Source) -> list[str]:
        return sorted(set(source.path.removesuffix(".py").split("/")) & NAMES_THAT_SAY_NOTHING)

    assert not faults(empty)


class TestWriting:
    def test_happens_in_actions_and_nowhere_else(self) -> None:
        assert not [
            f"{source.path}, {write}"
            for source in apps_sources()
            if source.module not in {"actions", "models"} and source.path not in KEEPERS
            for write in writes_in(source.tree)
        ]

    @pytest.mark.parametrize("path", KEEPERS)
    def test_outside_actions_is_still_needed(self, path: str) -> None:
        source = next(each for each in apps_sources() if each.path == path)
        assert list(writes_in(source.tree)), "take it off the list"

    @pytest.mark.parametrize(
        "line",
        ["row.save()", "Row.objects.create(a=1)", "rows.update(a=1)", "Row.everywhere.all()", "row.delete()"],
    )
    def test_is_noticed(self, line: str) -> None:
        assert list(writes_in(ast.parse(line)))

    @pytest.mark.parametrize(
        "line", ["widget.attrs.update(a=1)", "request.session.save()", "Row.objects.at(site)", "found | more"]
    )
    def test_is_told_from_reading(self, line: str) -> None:
        assert not list(writes_in(ast.parse(line)))


def writes_in(tree: ast.AST) -> Iterator[str]:
    """Find every call that writes rows, and every use of the manager that looks past the lock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "everywhere":
            yield f"line {node.lineno}: everywhere"
        called = node.func if isinstance(node, ast.Call) else None
        if (
            isinstance(called, ast.Attribute)
            and called.attr in WRITES
            and name_of(called.value) not in NO_ROWS
        ):
            yield f"line {called.lineno}: {called.attr}"
