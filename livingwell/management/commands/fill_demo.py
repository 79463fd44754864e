"""`manage.py fill_demo`: makes the demo's programmes, places and people, once."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from livingwell.demo import filling, reports
from livingwell.servers import gather_static_files
from people.models import Person


class Command(BaseCommand):
    """Fills an empty database with the demo."""

    help = (
        "Make two invented programmes with about 150 people, once. Refused elsewhere and beside real people."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the option."""
        parser.add_argument("--seed", type=int, default=1, help="another seed, other invented people (1)")

    def handle(self, **options: Any) -> None:
        """Fill the demo, all of it or nothing."""
        if not settings.DEMO:
            raise CommandError("This is not the demo: set LIVINGWELL_DEMO=yes, or use manage.py demo.")
        gather_static_files()
        if filling.is_filled():
            return
        if Person.objects.exists():
            raise CommandError("There are real people here. The demo wants an empty database.")
        self.stdout.write("Making two invented programmes (this happens once) ...")
        with transaction.atomic():
            places = filling.fill(seed=options["seed"], now=timezone.now())
            asked = reports.ask(places)
        reports.make_and_release(asked)
