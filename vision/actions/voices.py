"""Adding a voice behind the vision, and taking one back."""

from collaboratives.models import Gathering
from kit.actions import Actor, Question, action, keep
from kit.models import Event
from kit.names import share_a_word
from people.models import Person
from programmes.models import Site
from vision.models import Vision, VisionVoice, Voice, VoiceQuerySet

NO_NAMES = (
    "Is this your own name, or a part of it? Voices carry no names: say it in general words, like “a "
    "neighbour”. If it is no name, press the button again."
)


class CannotAdd(Exception):
    """The voice cannot be kept; the message says why."""


@action
def add_voice(
    *,
    at: Site,
    by: Actor,
    text: str,
    said_by: str,
    lives_here: bool,
    gathering: Gathering | None = None,
    sure: bool = True,
) -> Voice:
    """Keep what somebody said, behind the draft; without a draft it waits for the next one.

    Raises:
        CannotAdd: it has no words, or does not say who said them.
        Question: who said them has a word of the name of whoever adds it, and `sure` does not say that it is
            none (somebody may be called Rose, and live in Rose Street).
    """
    if not sure and by.person is not None and share_a_word(said_by, by.person.name):
        raise Question(NO_NAMES, about="said_by")
    voice = Voice(scope=at, text=text, said_by=said_by, lives_here=lives_here, added_at=by.now)
    voice.gathering = gathering
    keep(voice, CannotAdd)
    draft = Vision.objects.at(at).drafts().first()
    if draft is not None:
        VisionVoice.everywhere.create(scope=at, vision=draft, voice=voice)
    return voice


@action
def take_back_voice(*, at: Site, by: Actor, voice: Voice) -> Voice:
    """Empty a voice's words everywhere; taking it back again changes nothing."""
    voice.text, voice.said_by, voice.taken_back_at = "", "", voice.taken_back_at or by.now
    voice.save()
    return voice


def voices_added_by(person: Person, site: Site) -> VoiceQuerySet:
    """Return the voices that `person` added; the record of events alone knows, a voice names nobody."""
    added = Event.objects.at(site).filter(person=person, did="add_voice")
    return Voice.objects.at(site).filter(pk__in=added.values("about_id"))
