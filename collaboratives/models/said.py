"""What people said together: agreements, worries in a member's own words, and asks to others."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NoReturn, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from collaboratives.models.gatherings import Gathering
from kit.models import Versioned
from programmes.models import GroupOwned, Within

ANSWERED = "Somebody has answered this worry already."

Said = TypeVar("Said", "Agreement", "DissentAnswer")
"""What is corrected by another row that stands in its place."""


class NeverTakenAway(Exception):
    """Worries cannot be deleted, by anybody; they can only be answered (C4)."""


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Reads of agreements; chain them after `within(collaborative)`."""

    def in_order(self) -> Self:
        """Order as they were reached."""
        return self.order_by("agreed_at", "id")

    def with_earlier_words(self) -> list["Agreement"]:
        """Return those that stand, in order, each with its `earlier` words, latest first; one query."""
        every = {agreement.pk: agreement for agreement in self.in_order()}
        for agreement in every.values():
            agreement.earlier = list(_words_before(agreement, every))
        return _standing(every.values())

    def standing(self) -> Self:
        """Leave out those that were corrected: another stands in their place."""
        return self.filter(corrected_by__isnull=True)

    def of_ways_of_working(self) -> Self:
        """Keep what was agreed about how people work together."""
        return self.filter(is_way_of_working=True)

    def reached_between(self, first: date, last: date) -> Self:
        """Keep those of gatherings on these days, both included."""
        return self.filter(gathering__starts_at__date__range=(first, last))


def _standing(every: Iterable[Said]) -> list[Said]:
    """Leave out what was corrected: another stands in its place."""
    corrected = {said.corrects_id for said in every}
    return [said for said in every if said.pk not in corrected]


def _words_before(last: Said, every: Mapping[Any, Said]) -> Iterator[Said]:
    before = last
    while before.corrects_id is not None:
        before = every[before.corrects_id]
        yield before


class Agreement(GroupOwned):
    """Something that the people in a room agreed, and how. Only ever added: a change is a new agreement.

    One that was written down wrong is corrected by another, which stands in its place; the first can still be
    read beside it.
    """

    only_added = True

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="agreements")
    text = models.TextField(max_length=600)
    how_reached = models.CharField(max_length=300)
    is_way_of_working = models.BooleanField(default=False)
    earlier: "list[Agreement]"
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        error_messages={"unique": "Somebody has corrected this agreement already."},
    )
    agreed_at = models.DateTimeField()

    objects = Within(AgreementQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_agreement_says_what_and_how", condition=~Q(text="") & ~Q(how_reached="")
            ),
        ]

    def __str__(self) -> str:
        return self.text


class DissentQuerySet(models.QuerySet["Dissent"]):
    """Reads of worries; chain them after `within(collaborative)`."""

    def in_order(self) -> Self:
        """Order as they were raised, each with its agreement."""
        return self.select_related("agreement").order_by("raised_at", "id")

    def with_answers(self) -> Self:
        """Read what was answered, too: one query more."""
        return self.prefetch_related("answers")

    def of_person(self, person_id: object) -> Self:
        """Keep what one person said themselves; for that person alone."""
        return self.filter(said_by_id=person_id)

    def answered_since(self, moment: datetime) -> Self:
        """Keep those whose answer, or its correction, came after `moment`, the latest first."""
        answered = self.annotate(answered_last=models.Max("answers__answered_at"))
        return answered.filter(answered_last__gt=moment).order_by("-answered_last", "id")

    def unanswered(self) -> Self:
        """Keep those that nobody has answered yet."""
        return self.filter(answers__isnull=True)

    def raised_between(self, first: date, last: date) -> Self:
        """Keep those raised on these days, both included; what was entered for a member, when people met."""
        own = Q(entered_for_a_member=False, raised_at__date__range=(first, last))
        entered = Q(entered_for_a_member=True, gathering__starts_at__date__range=(first, last))
        return self.filter(own | entered)

    def delete(self) -> NoReturn:
        """Refuse (C4)."""
        raise NeverTakenAway("A worry cannot be deleted. It can be answered.")


class Dissent(GroupOwned):
    """A worry in a member's own words; kept as it was said, and only answered (C4).

    `said_by` is empty when somebody entered it for a member from paper, a call or the room (C5). No page
    shows it to others.
    """

    only_added = True

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="worries")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="worries")
    words = models.TextField(max_length=1000)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_for_a_member = models.BooleanField(default=False)
    from_a_facilitator = models.BooleanField(default=False)
    raised_at = models.DateTimeField()

    objects = Within(DissentQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_worry_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="a_worry_is_ones_own_or_entered_for_a_member",
                condition=Q(said_by__isnull=False, entered_for_a_member=False)
                | Q(said_by__isnull=True, entered_for_a_member=True, from_a_facilitator=False),
            ),
        ]

    def __str__(self) -> str:
        return f"worry {self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse (C4)."""
        raise NeverTakenAway("A worry cannot be deleted. It can be answered.")

    @property
    def who_says_it(self) -> str:
        """Who says it, without a name: whoever runs the place does not speak as a member."""
        if self.from_a_facilitator:
            return "A facilitator"
        return "A member. Entered for a member" if self.entered_for_a_member else "A member"

    @property
    def answer(self) -> "DissentAnswer | None":
        """The answer that stands; None while it waits for one."""
        return next(iter(_standing(self.answers.all())), None)

    @property
    def earlier_answers(self) -> "list[DissentAnswer]":
        """What the answer said before it was corrected, latest first."""
        every = {answer.pk: answer for answer in self.answers.all()}
        return [before for answer in _standing(every.values()) for before in _words_before(answer, every)]

    @property
    def is_answered(self) -> bool:
        """Whether it has its answer."""
        return self.answer is not None


class DissentAnswer(GroupOwned):
    """What was answered to a worry: a row of its own, so that the worry itself is never touched.

    One that was written down wrong is corrected by another; the first words can still be read beside it.
    """

    only_added = True

    dissent = models.ForeignKey(Dissent, models.PROTECT, related_name="answers")
    words = models.TextField(max_length=1000)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        error_messages={"unique": "Somebody has corrected this answer already."},
    )
    answered_at = models.DateTimeField()

    objects = Within(models.QuerySet["DissentAnswer"])

    class Meta:
        ordering = ["answered_at", "id"]
        constraints = [
            models.CheckConstraint(name="an_answer_has_words", condition=~Q(words="")),
            models.UniqueConstraint(
                fields=["dissent"],
                name="a_worry_is_answered_once",
                condition=Q(corrects__isnull=True),
                violation_error_message=ANSWERED,
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class AskQuerySet(models.QuerySet["Ask"]):
    """Reads of asks; chain them after `within(collaborative)`."""

    def in_order(self) -> Self:
        """Order by the day they are needed, those without one last."""
        return self.order_by(models.F("by_when").asc(nulls_last=True), "asked_at", "id")

    def made_between(self, first: date, last: date) -> Self:
        """Keep those of gatherings on these days, both included."""
        return self.filter(gathering__starts_at__date__range=(first, last))

    def answered(self) -> Self:
        """Keep those that have their answer."""
        return self.filter(answered_at__isnull=False)

    def unanswered(self) -> Self:
        """Keep those that wait for their answer."""
        return self.filter(answered_at__isnull=True)

    def due(self, now: datetime, may_take: timedelta) -> Self:
        """Keep those whose day has come, or, without a day, after `may_take`; answered or not."""
        return self.filter(
            Q(by_when__lte=timezone.localdate(now)) | Q(by_when__isnull=True, asked_at__lte=now - may_take)
        )


class Ask(GroupOwned, Versioned):
    """A request from the Collaborative to somebody else; it must get an answer."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="asks")
    text = models.TextField(max_length=600)
    to_whom = models.CharField(max_length=120)
    by_when = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=1000, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = Within(AskQuerySet)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_ask_says_what_and_to_whom", condition=~Q(text="") & ~Q(to_whom="")
            ),
            models.CheckConstraint(
                name="an_answered_ask_has_its_answer",
                condition=Q(answered_at__isnull=True, answer="")
                | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_answered(self) -> bool:
        """Whether it has its answer."""
        return self.answered_at is not None
