"""`manage.py rights`: who may do what, as the policy says and as it comes out for everybody."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand

from kit.management import record
from people.models import Person
from programmes.access import ANY_GROUP, GRANTS, Permission, Standing, standing_of
from programmes.models import Group, Programme, Site
from programmes.roles import SpaceKind


class Command(BaseCommand):
    """Prints the matrix of rights."""

    help = (
        "Prints which role has which right, as a Markdown table. With --json: every person, in every space "
        "of this installation, with every right that is asked there, and the verdict: allowed, denied (the "
        "page says so, 403) or unknown (to them the space does not exist, 404)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Choose the form."""
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="every person in every space, as JSON")
        form.add_argument(
            "--markdown", action="store_true", help="roles and rights, as a table (the default)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it.

        Raises:
            CommandError: with `--json`, there is no record whose people could be asked about.
        """
        if options["json"]:
            record.must_be_there()
            lines = (json.dumps(verdict, ensure_ascii=False) for verdict in verdicts())
            self.stdout.write("[\n" + ",\n".join(lines) + "\n]")
        else:
            self.stdout.write("\n".join(table()))


@dataclass(frozen=True)
class Space:
    """Somewhere a right is asked: a scope, and in it one group or none."""

    name: str
    kind: SpaceKind
    scope: Programme | Site | None = None
    group: Group | None = None

    def asks(self, permission: Permission) -> bool:
        """Say whether this right is asked in a space of this kind."""
        asked_in = permission.value.asked_in
        return self.group is not None if asked_in is ANY_GROUP else asked_in is self.kind


def verdicts() -> Iterator[dict[str, Any]]:
    """Walk every person, space and right; one query for each person and scope."""
    spaces = list(_spaces())
    for person in Person.objects.order_by("email", "id"):
        standings = {scope: standing_of(person, scope) for scope in {space.scope for space in spaces}}
        for space in spaces:
            yield from _verdicts_in(space, person, standings[space.scope])


INTRODUCTION = """# Who may do what

Made by `manage.py rights --markdown` from `programmes/access.py`. A right that is not listed is not there:
nothing flows down because of rank. In a place that is paused or has left, everything can be read, and these
alone change something: {resting}.

People with lived experience and carers say so themselves, for themselves. Nobody else sees it, and it
changes no right: they are members among members, with exactly the rights of "member" below.

Stories, walls and other private things will open by consent alone, which no role can give."""


def table() -> Iterator[str]:
    """Write the policy as Markdown: for each role in its kind of space, what it may do and where."""
    resting = [f"“{right.value.words}”" for right in Permission if right.value.also_when_resting]
    yield INTRODUCTION.format(resting=f"{', '.join(resting[:-1])} and {resting[-1]}")
    for (kind, role), granted in GRANTS.items():
        yield f"\n## {role.label}, held in {kind.label}\n"
        yield "| may | asked in | changes something |\n|---|---|---|"
        for right in (permission.value for permission in Permission if permission in granted):
            where = "a group of their own" if right.asked_in is ANY_GROUP else right.asked_in.label
            yield f"| {right.words} | {where} | {'yes' if right.changes else 'no'} |"


def _spaces() -> Iterator[Space]:
    yield Space("installation", SpaceKind.INSTALLATION)
    for programme in Programme.objects.order_by("slug"):
        yield Space(f"programme:{programme.slug}", SpaceKind.PROGRAMME, programme)
        yield from _groups_of(programme, f"programme:{programme.slug}")
    for site in Site.objects.with_programme().order_by("slug"):
        yield Space(f"site:{site.slug}", SpaceKind.SITE, site)
        yield from _groups_of(site, f"site:{site.slug}")


def _groups_of(scope: Programme | Site, name: str) -> Iterator[Space]:
    for group in Group.objects.of(scope):
        yield Space(f"{name}/{group.kind}:{group.name}", SpaceKind(group.kind), scope, group)


def _verdicts_in(space: Space, person: Person, standing: Standing) -> Iterator[dict[str, Any]]:
    roles = [f"{role.value} in {group.name if group else kind.value}" for kind, role, group in standing.held]
    for permission in Permission:
        if space.asks(permission):
            yield {
                "actor": person.email or str(person.pk),
                "roles": roles,
                "space": space.name,
                "permission": permission.name,
                "verdict": _verdict(standing, permission, space.group),
            }


def _verdict(standing: Standing, permission: Permission, group: Group | None) -> str:
    if standing.is_stranger:
        return "unknown"
    return "allowed" if standing.may(permission, group) else "denied"
