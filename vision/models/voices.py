"""The voices behind a vision: what people who live here said, without their names."""

from typing import Self

from django.db import models
from django.db.models import Q

from collaboratives.models import Gathering
from kit.models import At, Owned
from vision.models.versions import Vision


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Reads of voices; chain them after `at(site)`."""

    def standing(self) -> Self:
        """Keep those that nobody took back, earliest first."""
        return self.filter(taken_back_at__isnull=True).order_by("added_at", "id")

    def behind(self, vision: Vision) -> Self:
        """Keep those linked to this version."""
        return self.standing().filter(links__vision=vision)

    def of_people_who_live_here(self) -> Self:
        """Keep those that ground a vision (V1)."""
        return self.filter(lives_here=True)

    def behind_no_agreed_version(self) -> Self:
        """Keep those that nobody reads yet but who writes: they wait for a draft, or stand behind one."""
        read = VisionVoice.everywhere.filter(voice=models.OuterRef("pk"), vision__adopted_at__isnull=False)
        return self.standing().exclude(models.Exists(read))

    def waiting(self) -> Self:
        """Keep those that wait for the next draft: they stand behind no other than drafts put away."""
        links = VisionVoice.everywhere.filter(voice=models.OuterRef("pk"))
        linked = links.exclude(vision__status=Vision.Status.PUT_AWAY)
        return self.standing().exclude(models.Exists(linked))


class Voice(Owned):
    """Words that somebody said, and who says so in general words ("a member"), never a name.

    Taking a voice back empties its words everywhere; the row stays to say that there was one.
    """

    text = models.TextField(max_length=600, blank=True, default="")
    said_by = models.CharField(max_length=80, blank=True, default="")
    lives_here = models.BooleanField(default=False)
    gathering = models.ForeignKey(Gathering, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = At(VoiceQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_voice_has_words_until_it_is_taken_back",
                condition=(Q(taken_back_at__isnull=True) & ~Q(text="") & ~Q(said_by=""))
                | Q(taken_back_at__isnull=False, text="", said_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"voice {self.pk}"


class VisionVoice(Owned):
    """The link between a version and a voice that grounds it (V1)."""

    only_added = True

    vision = models.ForeignKey(Vision, models.PROTECT, related_name="links")
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="links")

    objects = At(models.QuerySet["VisionVoice"])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vision", "voice"], name="a_voice_is_linked_to_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"voice {self.voice_id} behind {self.vision_id}"
