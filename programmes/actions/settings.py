"""What a place says about itself: its name, contact, help lines and localities, and whether it rests."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import ProtectedError

from kit.actions import Actor, Question, Stray, action
from programmes.models import Locality, Site
from programmes.support import ENGLAND, lines_of

NO_999 = (
    "999 would stand on no page of this place any more. Is another number here for when a life is at risk? "
    "Then press the button again."
)


class CannotKeepLocality(Exception):
    """The locality cannot be kept or removed like this; the message says why."""


class CannotRest(Exception):
    """The place cannot pause, leave or come back like this; the message says why."""


@action(edits="at")
def change_settings(
    *, at: Site, by: Actor, name: str, contact_name: str = "", contact_phone: str = ""
) -> Site:
    """Change a place's name, and whom people can call there."""
    at.name, at.contact_name, at.contact_phone = name, contact_name, contact_phone
    at.save(update_fields=["name", "contact_name", "contact_phone"])
    return at


@action(edits="at")
def change_support_lines(
    *, at: Site, by: Actor, lines: Sequence[Mapping[str, str]], sure: bool = True
) -> Site:
    """Set the lines to call when somebody is not safe; without any, the place follows England's.

    Raises:
        Question: the line for when a life is at risk would go, and `sure` does not say that this is meant.
    """
    now, then = {line.link for line in lines_of(at)}, {line["link"] for line in lines}
    if not sure and lines and ENGLAND[0].link in now - then:
        raise Question(NO_999, about="number_1")
    at.support_lines = [dict(line) for line in lines]
    at.save(update_fields=["support_lines"])
    return at


@action(edits="at")
def rest_site(*, at: Site, by: Actor, status: str, status_reason: str = "") -> Site:
    """Pause a place, let it leave its programme, or bring it back; its record stays, to be read.

    Raises:
        CannotRest: that is how it stands already, or a pause or a leave has no reason.
    """
    if status == at.status:
        raise CannotRest("That is how it stands already.")
    if status != Site.Status.ACTIVE and not status_reason:
        raise CannotRest("Say why in one sentence, so that people know.")
    at.status, at.status_reason = status, status_reason
    at.save(update_fields=["status", "status_reason"])
    return at


@action
def add_locality(*, at: Site, by: Actor, name: str) -> Locality:
    """Add a neighbourhood of the place.

    Raises:
        CannotKeepLocality: there is one with this name.
    """
    _refuse_a_taken_name(at, name)
    locality = Locality(scope_id=at.pk, name=name)
    locality.save()
    return locality


@action(edits="locality")
def rename_locality(*, at: Site, by: Actor, locality: Locality, name: str) -> Locality:
    """Give a locality another name; what happened there stays with it.

    Raises:
        CannotKeepLocality: there is another with this name.
    """
    _refuse_a_taken_name(at, name, but=locality)
    locality.name = name
    locality.save(update_fields=["name"])
    return locality


@action
def remove_locality(*, at: Site, by: Actor, locality_id: UUID) -> None:
    """Remove a locality in which nothing has been recorded.

    Raises:
        CannotKeepLocality: something has been recorded there.
        Stray: the place has no such locality.
    """
    locality = Locality.objects.at(at).filter(pk=locality_id).first()
    if locality is None:
        raise Stray("The place has no such locality.")
    try:
        locality.delete()
    except ProtectedError as error:
        raise CannotKeepLocality("Something has been recorded there. You can rename it.") from error


def _refuse_a_taken_name(at: Site, name: str, but: Locality | None = None) -> None:
    same = Locality.objects.at(at).filter(name__iexact=name)
    if any(locality != but for locality in same):
        raise CannotKeepLocality("There is a locality with this name already.")
