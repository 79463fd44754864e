"""Since when a place is here: a report tells of no day before."""

from datetime import date

from django.utils import timezone

from collaboratives.stage.records import begun_on
from kit.models import Event
from programmes.models import Site


def first_day_of(site: Site) -> date | None:
    """Return the day on which `site` was added, or that of its first gathering when it was earlier.

    None for a place whose adding nobody recorded: then nothing is known to be too early.
    """
    added = Event.objects.at(site).filter(did="add_site").in_order().first()
    if added is None:
        return None
    return min(day for day in (timezone.localtime(added.at).date(), begun_on(site)) if day is not None)
