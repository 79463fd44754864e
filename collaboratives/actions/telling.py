"""Telling a member that their worry has its answer: a step on their home, until they have read it (C4)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from collaboratives.models import Dissent
from kit.opened import not_opened, note_opened
from people.models import Person
from programmes.models import Group

TOLD_FOR = timedelta(days=31)
"""How long an answer is offered to the person whose worry it answers."""


def answered_worry_of(person: Person, collaborative: Group, now: datetime) -> Dissent | None:
    """Return the worry of this person that was answered last, while they have not read the answer."""
    worries = Dissent.objects.within(collaborative).of_person(person.pk).answered_since(now - TOLD_FOR)
    answers = {worry.answer: worry for worry in worries.with_answers() if worry.answer is not None}
    unread = not_opened([*answers], person)
    return answers[unread[0]] if unread else None


def note_answers_read(worries: Iterable[Dissent], reader: Person) -> None:
    """Offer answers no more to the person whose worries they answer, once they stood on a page of theirs."""
    for worry in worries:
        if worry.said_by_id == reader.pk and worry.answer is not None:
            note_opened(worry.answer, reader, keep=TOLD_FOR)
