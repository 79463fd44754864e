"""Where a place stands on its path: one state for each stage, and the card that coaches see."""

from typing import Self

from django.db import models

from kit.models import At, Owned, Versioned
from programmes.models.places import Site


class StageStateQuerySet(models.QuerySet["StageState"]):
    """Reads of stage states; chain them after `at(site)`."""

    def of_stage(self, slug: str) -> Self:
        """Keep the state of one stage."""
        return self.filter(stage=slug)


class StageState(Owned, Versioned):
    """Where one place says it stands with one stage. The facilitator sets it; the page suggests (ux 1.4)."""

    class State(models.TextChoices):
        """Four words only, never a colour alone and never a score."""

        NOT_BEGUN = "not_begun", "Not begun"
        GROWING = "growing", "Growing"
        ROOTED = "rooted", "Well rooted"
        COMING_BACK = "coming_back", "Coming back to it"

    stage = models.SlugField(max_length=24)
    state = models.CharField(max_length=11, choices=State, default=State.NOT_BEGUN)
    note = models.CharField(max_length=300, blank=True, default="")
    why_early = models.CharField(max_length=300, blank=True, default="")
    set_at = models.DateTimeField()

    objects = At(StageStateQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "stage"], name="one_state_per_site_and_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.get_state_display()}"


class PlaceCardQuerySet(models.QuerySet["PlaceCard"]):
    """Reads of place cards; chain them after `at(programme)`."""

    def newest_first(self) -> Self:
        """Order by release, latest first."""
        return self.order_by("-released_at", "id")

    def newest_of_each_stage(self) -> Self:
        """Keep, for each site and stage, the card released last; of two released at once, one."""
        same = self.filter(site=models.OuterRef("site"), stage=models.OuterRef("stage"))
        newest = same.order_by("-released_at", "-id").values("pk")[:1]
        return self.filter(pk=models.Subquery(newest))


class PlaceCard(Owned):
    """What a place releases to its programme when a stage changes: the stage and its word, nothing else.

    The row belongs to the programme. Cards are only ever added; the newest of each stage and site is shown.
    """

    released_upwards = True
    only_added = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    stage = models.SlugField(max_length=24)
    state = models.CharField(max_length=11, choices=StageState.State)
    why_early = models.CharField(max_length=300, blank=True, default="")
    released_at = models.DateTimeField()

    objects = At(PlaceCardQuerySet)

    def __str__(self) -> str:
        return f"{self.stage} in {self.site}: {self.get_state_display()}"
