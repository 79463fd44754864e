"""Adding a voice behind the vision, and taking one back."""

import re

from collaboratives.models import Gathering
from kit.actions import Actor, action, keep
from kit.models import Event
from people.models import Person
from programmes.models import Site
from vision.models import Vision, VisionVoice, Voice, VoiceQuerySet

NO_NAMES = "This has your own name in it. Say it in general words, like “a neighbour”: voices carry no names."


class CannotAdd(Exception):
    """The voice cannot be kept; the message says why."""


@action
def add_voice(
    *, at: Site, by: Actor, text: str, said_by: str, lives_here: bool, gathering: Gathering | None = None
) -> Voice:
    """Keep what somebody said, behind the draft; without a draft it waits for the next one.

    Raises:
        CannotAdd: it has no words, or does not say in general words who said them: nothing, or the name of
            whoever adds it.
    """
    if by.person is not None and re.search(rf"\b{re.escape(by.person.name)}\b", said_by, re.IGNORECASE):
        raise CannotAdd(NO_NAMES)
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
