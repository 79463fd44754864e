"""Putting a draft away that nobody goes on with, and taking it up again: its words are never lost."""

from kit.actions import Actor, action, keep
from programmes.models import Site
from vision.actions.writing import CannotWrite, open_draft
from vision.models import Vision, VisionVoice, Voice


@action
def put_away(*, at: Site, by: Actor, vision: Vision) -> Vision:
    """Put the draft away. Its words stay as they are, and the voices behind it wait for another draft.

    Whoever is writing it just then is told so, and keeps what they typed.

    Raises:
        CannotWrite: it is no draft.
    """
    draft = open_draft(vision.pk)
    draft.status, draft.retired_at = Vision.Status.PUT_AWAY, by.now
    keep(draft, CannotWrite)
    return draft


@action
def take_up_again(*, at: Site, by: Actor, vision: Vision) -> Vision:
    """Go on with a draft that was put away, and with the voices that came meanwhile.

    Raises:
        CannotWrite: it was not put away, another draft is open, or a later version was adopted meanwhile.
    """
    draft: Vision = Vision.objects.at(at).select_for_update().get(pk=vision.pk)
    if not draft.is_put_away:
        raise CannotWrite("This draft is not put away.")
    later = Vision.objects.at(at).agreed().filter(number__gt=draft.number).newest_first().first()
    if later is not None:
        raise CannotWrite(f"Version {later.number} was adopted after this draft. Start a new one from there.")
    waiting = list(Voice.objects.at(at).waiting().exclude(links__vision=draft))
    draft.status, draft.retired_at = Vision.Status.DRAFT, None
    keep(draft, CannotWrite)
    VisionVoice.everywhere.bulk_create(VisionVoice(scope=at, vision=draft, voice=voice) for voice in waiting)
    return draft
