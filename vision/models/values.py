"""The values of one version of the vision."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from kit.models import At, Frozen, Owned, Versioned
from vision.models.versions import Vision

MOTIFS = ("sun", "cup", "door", "bridge", "leaf", "lantern", "circle", "path")
TONES = ("plum", "leaf", "coral", "marigold", "teal", "rose")


class Value(Owned, Versioned):
    """A promise about how people treat each other, and how one would see it kept.

    A new draft gets copies; `thread` stays the same through them, so that a value can be followed. The
    values of an adopted version stay as they are (V3).
    """

    frozen_by = Frozen(state="status", while_="draft", of="vision_id")

    vision = models.ForeignKey(Vision, models.CASCADE, related_name="values")
    thread = models.UUIDField(default=uuid4, editable=False)
    name = models.CharField(max_length=60)
    meaning = models.CharField(max_length=300)
    we_would_see = models.TextField(max_length=600, blank=True, default="")
    we_would_not_see = models.TextField(max_length=600, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    objects = At(models.QuerySet["Value"])

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["vision", "name"],
                name="a_value_is_named_once_in_a_version",
                violation_error_message="There is a value with this name already.",
            ),
            models.UniqueConstraint(fields=["vision", "thread"], name="a_value_is_in_a_version_once"),
            models.CheckConstraint(
                name="a_value_has_a_name_and_a_meaning", condition=~Q(name="") & ~Q(meaning="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def seen(self) -> list[str]:
        """What we would see where it is kept, line by line."""
        return _lines(self.we_would_see)

    @property
    def not_seen(self) -> list[str]:
        """What we would not see where it is kept."""
        return _lines(self.we_would_not_see)

    @property
    def motif(self) -> str:
        """The drawing that goes with it, by its place in the order."""
        return MOTIFS[self.position % len(MOTIFS)]

    @property
    def tone(self) -> str:
        """The colour that goes with it; colours only help, the name is always there."""
        return TONES[self.position % len(TONES)]

    @property
    def text(self) -> str:
        """Everything it says, line by line, for comparing two versions."""
        sides = [("We’d see", self.seen), ("We’d not see", self.not_seen)]
        return "\n".join(
            [self.name, self.meaning, *(f"{side}: {'; '.join(said)}" for side, said in sides if said)]
        )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
