"""Our own files, read once: what the walks over code and templates look at."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
PACKAGES: list[str] = CONTRACTS["root_packages"]
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file of ours: its path from the top folder, and what it says."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """Parse the file."""
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        """Count its lines."""
        return len(self.text.splitlines())

    @property
    def module(self) -> str:
        """Say which part of its app it is: `views` for `mdts/views/teams.py`."""
        parts = Path(self.path).parts
        return parts[1].removesuffix(".py") if len(parts) > 1 else ""

    def functions(self) -> Iterator[Function]:
        """Walk every function and method."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def sources() -> tuple[Source, ...]:
    """Read every file of ours but migrations, which Django writes."""
    paths = [ROOT / "manage.py"]
    for package in PACKAGES:
        paths += [path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts]
    return tuple(Source(str(path.relative_to(ROOT)), path.read_text()) for path in paths)


def apps_sources() -> list[Source]:
    """Leave out manage.py, which belongs to no app."""
    return [source for source in sources() if "/" in source.path]


def length_of(function: Function) -> int:
    """Count the lines of a function's body; what it takes and promises does not make it long."""
    body = body_of(function)
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def body_of(function: Function) -> list[ast.stmt]:
    """Give a function's statements without its docstring."""
    return function.body[1:] if ast.get_docstring(function) is not None else function.body


def name_of(node: ast.expr) -> str:
    """Give the last name in `a.b.c`, or nothing for other expressions."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
