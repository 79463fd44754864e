"""What is known while the demo is being filled: chance, the moment of now, and who is who."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from kit.actions import Actor
from livingwell.demo.places import DemoPlace
from people.models import Person
from programmes.models import Group, Site

MONTH = timedelta(days=30)


@dataclass
class Filling:
    """What the parts of the filling share."""

    random: Random
    now: datetime
    operator: Person

    def months_ago(self, months: float) -> datetime:
        """Return the moment so many months ago."""
        return self.now - months * MONTH

    def by(self, person: Person, at: datetime) -> Actor:
        """Return who does something, at a moment in the past."""
        return Actor(person=person, now=min(at, self.now))


@dataclass
class FilledPlace:
    """One place, as far as it is filled."""

    demo: DemoPlace
    site: Site
    collaborative: Group
    facilitator: Person
    members: list[Person]
