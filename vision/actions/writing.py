"""Starting the next version, and writing it. An adopted version is never edited (V3)."""

from uuid import UUID

from kit.actions import Actor, action, keep
from programmes.models import Site
from vision.models import Value, Vision, VisionVoice, Voice

STAYS = "This version was adopted, so it stays as it is. Start the next one to change it."
PUT_AWAY = "This draft was put away. Take it up again under “All versions”, or start another one."

READ_AGAIN = (
    "Somebody changed these words after you opened this page. Read them once more, then press the button."
)


class CannotWrite(Exception):
    """The words cannot be kept like this; the message says why, for the person writing."""


@action
def start_draft(*, at: Site, by: Actor, why_changed: str = "") -> Vision:
    """Start the next version from the one that stands now: its words, its values, and the voices behind it.

    Voices that were added since and wait for a draft are linked to it.

    Raises:
        CannotWrite: the next version is being written already.
    """
    before = Vision.objects.at(at).adopted().first()
    number = Vision.objects.at(at).last_number() + 1
    draft = Vision(scope=at, number=number, drafted_at=by.now, why_changed=why_changed)
    if before is not None:
        draft.statement, draft.plain = before.statement, before.plain
    keep(draft, CannotWrite)
    voices = list(Voice.objects.at(at).waiting())
    if before is not None:
        voices += Voice.objects.at(at).behind(before)
        Value.everywhere.bulk_create(_copy(value, draft) for value in before.values.all())
    VisionVoice.everywhere.bulk_create(VisionVoice(scope=at, vision=draft, voice=voice) for voice in voices)
    return draft


def _copy(value: Value, draft: Vision) -> Value:
    return Value(
        scope_id=value.scope_id,
        vision=draft,
        thread=value.thread,
        name=value.name,
        meaning=value.meaning,
        we_would_see=value.we_would_see,
        we_would_not_see=value.we_would_not_see,
        position=value.position,
    )


@action(edits="vision")
def write_draft(
    *, at: Site, by: Actor, vision: Vision, statement: str, plain: str = "", why_changed: str = ""
) -> Vision:
    """Change the words of the draft.

    Raises:
        CannotWrite: the version was adopted, so it stays as it is (V3).
    """
    refuse_closed(vision)
    vision.statement, vision.plain, vision.why_changed = statement, plain, why_changed
    keep(vision, CannotWrite)
    return vision


def open_draft(vision_id: UUID) -> Vision:
    """Hold the draft until the transaction ends, so that nobody adopts it half changed.

    Raises:
        CannotWrite: see `refuse_closed`.
    """
    vision: Vision = Vision.everywhere.select_for_update().get(pk=vision_id)
    refuse_closed(vision)
    return vision


def refuse_closed(vision: Vision) -> None:
    """Refuse to change what is no draft.

    Raises:
        CannotWrite: the version was adopted (V3), or the draft was put away.
    """
    if vision.is_put_away:
        raise CannotWrite(PUT_AWAY)
    if not vision.is_draft:
        raise CannotWrite(STAYS)
