"""Two places of one programme, one place of another, and the people that every test knows. All invented."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.test import Client

from people.models import Person
from programmes.models import Group, Membership, Programme, Site
from programmes.roles import Role, SpaceKind

LONG_AGO = datetime(2025, 1, 6, 10, 0, tzinfo=UTC)


@dataclass
class World:
    """Harbour City is the place most tests stand in; Thornbridge is its neighbour; Farfield is far away."""

    programme: Programme
    harbour: Site
    thornbridge: Site
    farfield: Site
    collaborative: Group
    neighbours_collaborative: Group
    board: Group
    team: Group
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            people: dict[str, Person] = self.__dict__["people"]
            return people[name]
        except KeyError as error:
            raise AttributeError(name) from error

    def client(self, name: str) -> Client:
        """Return a browser in which this person has signed in."""
        client = Client()
        client.force_login(self.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client


def build() -> World:
    """Make the places, their groups and the people, each with the role that their line says."""
    programme, elsewhere = _programme("Living Well North", "north"), _programme("Living Well South", "south")
    harbour = _site(programme, "Harbour City", "harbour-city")
    thornbridge = _site(programme, "Thornbridge", "thornbridge")
    farfield = _site(elsewhere, "Farfield", "farfield")
    world = World(
        programme,
        harbour,
        thornbridge,
        farfield,
        collaborative=_group(harbour, SpaceKind.COLLABORATIVE, "Harbour City Collaborative"),
        neighbours_collaborative=_group(thornbridge, SpaceKind.COLLABORATIVE, "Thornbridge Collaborative"),
        board=_group(harbour, SpaceKind.GOVERNANCE, "Harbour City board"),
        team=_group(harbour, SpaceKind.MDT, "Quayside team"),
    )
    _group(farfield, SpaceKind.COLLABORATIVE, "Farfield Collaborative")
    _fill(world)
    return world


def _fill(world: World) -> None:
    harbour = world.harbour
    _add(world, "sam", Role.FACILITATOR, harbour)
    _add(world, "amara", Role.MEMBER, harbour, world.collaborative)
    _add(world, "tomasz", Role.PRACTITIONER_VOLUNTARY, harbour)
    _add(world, "helen", Role.PRACTITIONER_STATUTORY, harbour)
    _add(world, "marcus", Role.MANAGER, harbour)
    _add(world, "grace", Role.COMMISSIONER, harbour)
    _add(world, "omar", Role.SAFEGUARDING_LEAD, harbour)
    _add(world, "ines", Role.CONSENT_LEAD, harbour)
    _add(world, "ruth", Role.BOARD_MEMBER, harbour, world.board)
    _add(world, "leo", Role.TEAM_LEADER, harbour, world.team)
    _add(world, "priya", Role.PROGRAMME_LEAD, world.programme)
    _add(world, "kit", Role.COACH, world.programme)
    _add(world, "nadia", Role.FACILITATOR, world.thornbridge)
    _add(world, "ned", Role.MEMBER, world.thornbridge, world.neighbours_collaborative)
    _add(world, "farah", Role.FACILITATOR, world.farfield)
    _add(world, "two_hats", Role.COMMISSIONER, harbour)
    _add(world, "two_hats", Role.MEMBER, harbour, world.collaborative)
    world.people["stranger"] = Person.objects.add(name="Stranger", email="stranger@example.org")
    world.people["olive"] = Person.objects.add(name="Olive", email="olive@example.org", is_staff=True)


def _programme(name: str, slug: str) -> Programme:
    return Programme.objects.create(name=name, slug=slug, kind="programme")


def _site(programme: Programme, name: str, slug: str) -> Site:
    return Site.objects.create(within=programme, name=name, slug=slug, kind="site")


def _group(site: Site, kind: SpaceKind, name: str) -> Group:
    return Group.objects.create(scope=site, kind=kind, name=name)


def _add(world: World, name: str, role: Role, scope: Site | Programme, group: Group | None = None) -> None:
    if name not in world.people:
        world.people[name] = Person.objects.add(
            name=name.replace("_", " ").title(), email=f"{name}@example.org"
        )
    Membership.objects.create(person=world.people[name], scope=scope, group=group, role=role, since=LONG_AGO)
