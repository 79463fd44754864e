"""Adopting a version, and looking at it again: both happen in the Collaborative, in the room (V2)."""

from datetime import datetime

from django.utils import timezone

from collaboratives.actions import close_record
from collaboratives.models import Gathering
from kit.actions import Actor, action, keep
from kit.versions import Stale
from programmes.models import Site
from programmes.roles import SpaceKind
from vision.actions.writing import PUT_AWAY, READ_AGAIN
from vision.models import Revisit, Vision, Voice

STANDS_NO_MORE = "Only the vision that stands now can be looked at again."
RECORD_CHANGED = (
    "Somebody changed the record of that gathering while you sent this. Read it in another window. "
    "What you wrote is still here: then press the button again."
)


class CannotAdopt(Exception):
    """The version cannot be adopted yet; the message says kindly what is missing."""


class CannotLook(Exception):
    """The second look cannot be kept; the message says why."""


@action(edits="vision")
def adopt(
    *,
    at: Site,
    by: Actor,
    vision: Vision,
    gathering: Gathering,
    how_agreed: str,
    words_read: str | None = None,
) -> Vision:
    """Record that the Collaborative adopted the draft at `gathering`, whose record then stays as it is.

    It was adopted when people met, not when this was typed; until then the version before stood.
    `words_read` is the digest of what stood on the page that was sent; None when no page was.

    Raises:
        CannotAdopt: it has other words than those that were read; it is no draft, has no words, no voice from
            here is behind it (V1); or the gathering is not the Collaborative's, is not recorded, did not come
            after that of the version before or came before that was read again, or nobody with lived
            experience was there (V2); or its words are those of the version before.
    """
    if words_read not in {None, vision.words_digest}:
        raise CannotAdopt(READ_AGAIN)
    _refuse_unready(vision, at)
    _refuse_another_room(gathering)
    _refuse_without_lived_experience(gathering)
    before = Vision.objects.at(at).adopted().select_for_update().first()
    if before is not None:
        _refuse_the_same_words(vision, before)
        _retire(before, gathering)
    vision.status, vision.adopted_at = Vision.Status.ADOPTED, gathering.starts_at
    vision.adopted_in, vision.how_agreed, vision.written_down_at = gathering, how_agreed, by.now
    keep(vision, CannotAdopt)
    _close(gathering, by, CannotAdopt)
    return vision


def _refuse_the_same_words(vision: Vision, before: Vision) -> None:
    if vision.words == before.words:
        raise CannotAdopt(
            f"These are the words and values of version {before.number}, so nothing new would be adopted. If "
            "you read them together and they still hold, put this draft away and choose “We read it again”."
        )


def _retire(before: Vision, gathering: Gathering) -> None:
    if before.adopted_at is not None and gathering.starts_at <= before.adopted_at:
        raise CannotAdopt(
            f"Version {before.number} was adopted on {day_of(before.adopted_at)}. "
            "Choose a gathering that came later."
        )
    again = last_look(before)
    if again is not None and gathering.starts_at < again:
        raise CannotAdopt(
            f"Version {before.number} was read again on {day_of(again)}, so it stood until then. "
            "Choose that gathering or a later one."
        )
    before.status, before.retired_at = Vision.Status.RETIRED, gathering.starts_at
    before.save(update_fields=["status", "retired_at"])


def last_look(vision: Vision) -> datetime | None:
    """Return when the Collaborative last read `vision` again, and so when it surely stood (V4)."""
    looks = Revisit.objects.at(vision.scope).filter(vision=vision).newest_first()
    return looks.values_list("looked_at", flat=True).first()


def day_of(moment: datetime) -> str:
    """Return the day of a moment in words, as the place's clock has it."""
    return f"{timezone.localtime(moment):%-d %B %Y}"


def _refuse_unready(vision: Vision, site: Site) -> None:
    if not vision.is_draft:
        raise CannotAdopt(PUT_AWAY if vision.is_put_away else "This version was adopted before.")
    if not vision.statement.strip():
        raise CannotAdopt("The vision has no words yet. Write it first.")
    if not Voice.objects.at(site).behind(vision).of_people_who_live_here().exists():
        raise CannotAdopt(
            "A vision grows from the voices of people who live here, and no voice behind this one says that "
            "it is from somebody who does. Add at least one with that box ticked, then come back."
        )


def _refuse_another_room(gathering: Gathering) -> None:
    if gathering.group.kind != SpaceKind.COLLABORATIVE:
        raise CannotAdopt("Only the Collaborative can adopt the vision, when it meets.")
    if not gathering.is_held:
        raise CannotAdopt("Record that gathering first. The vision is adopted in a room of people.")


def _refuse_without_lived_experience(gathering: Gathering) -> None:
    if not gathering.had_lived_experience:
        raise CannotAdopt(
            "The record of that gathering does not show people with lived experience in the room. "
            "The vision is theirs too: read it together when they are there, and adopt it then."
        )


@action
def look_again(*, at: Site, by: Actor, vision: Vision, gathering: Gathering, what_we_found: str) -> Revisit:
    """Keep that the Collaborative looked at the vision again at `gathering`, whose record then stays (V4).

    Raises:
        CannotLook: the version does not stand now, the Collaborative has no such recorded gathering, it came
            before the version was adopted, or somebody changed its record meanwhile.
    """
    stands = Vision.objects.at(at).adopted().select_for_update().first()
    if stands != vision:
        raise CannotLook(STANDS_NO_MORE)
    if gathering.group.kind != SpaceKind.COLLABORATIVE or not gathering.is_held:
        raise CannotLook("Choose a gathering of the Collaborative that is recorded.")
    if vision.adopted_at is not None and gathering.starts_at < vision.adopted_at:
        raise CannotLook(f"These words are ours since {day_of(vision.adopted_at)}. Choose a later gathering.")
    revisit = Revisit(scope=at, vision=vision, gathering=gathering, looked_at=gathering.starts_at)
    revisit.what_we_found = what_we_found
    keep(revisit, CannotLook)
    _close(gathering, by, CannotLook)
    return revisit


def _close(gathering: Gathering, by: Actor, refusal: type[Exception]) -> None:
    """Close the record; the form's key and version are the vision's, not the gathering's."""
    try:
        close_record(
            within=gathering.group,
            by=Actor(person=by.person, now=by.now, system=by.system),
            gathering=gathering,
        )
    except Stale as stale:
        raise refusal(RECORD_CHANGED) from stale
