"""Putting a draft away that nobody goes on with, and taking it up again: its words are never lost."""

from datetime import datetime

from kit.actions import Actor, action, keep
from programmes.models import Site
from vision.actions.writing import READ_AGAIN, CannotWrite, open_draft
from vision.models import Vision, VisionVoice, Voice


@action
def put_away(*, at: Site, by: Actor, vision: Vision, words_read: str | None = None) -> Vision:
    """Put the draft away. Its words stay as they are, and the voices behind it wait for another draft.

    `words_read` is the digest of what stood on the page that was sent; None when no page was. Whoever is
    writing the draft just then is told so, and keeps what they typed.

    Raises:
        CannotWrite: it is no draft, or has other words than those that were read.
    """
    draft = open_draft(vision.pk)
    if words_read not in {None, draft.words_digest}:
        raise CannotWrite(READ_AGAIN)
    draft.status, draft.retired_at = Vision.Status.PUT_AWAY, by.now
    keep(draft, CannotWrite)
    return draft


@action
def take_up_again(*, at: Site, by: Actor, vision: Vision) -> Vision:
    """Go on with a draft that was put away, and with the voices that came meanwhile.

    A draft begins with the words that stood when it was started; once others were adopted, to adopt it would
    silently drop what those brought.

    Raises:
        CannotWrite: it was not put away, another draft is open, or a version was adopted meanwhile.
    """
    draft: Vision = Vision.objects.at(at).select_for_update().get(pk=vision.pk)
    if not draft.is_put_away:
        raise CannotWrite("This draft is not put away.")
    waiting = list(Voice.objects.at(at).waiting().exclude(links__vision=draft))
    away_since, draft.retired_at = draft.retired_at, None
    draft.status = Vision.Status.DRAFT
    keep(draft, CannotWrite)
    _refuse_once_another_was_adopted(at, away_since)
    VisionVoice.everywhere.bulk_create(VisionVoice(scope=at, vision=draft, voice=voice) for voice in waiting)
    return draft


def _refuse_once_another_was_adopted(site: Site, away_since: datetime | None) -> None:
    """Ask once this draft is the one that is open: from then on nobody can adopt another."""
    later = Vision.objects.at(site).written_down_since(away_since).newest_first().first()
    if later is not None:
        raise CannotWrite(f"{later} was adopted after this draft was put away. Start a new one from there.")
