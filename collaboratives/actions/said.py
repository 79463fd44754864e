"""Keeping what was said: agreements, worries and their answers, asks and theirs."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone

from collaboratives.actions.gatherings import CLOSED, FURTHEST_AHEAD, TOO_FAR_AHEAD
from collaboratives.models import Agreement, Ask, Dissent, DissentAnswer, Gathering
from kit.actions import Actor, Question, Refused, action, keep
from people.models import Person
from programmes.access import Permission, standing_of
from programmes.models import Group
from programmes.models.places import place_of
from programmes.roles import Role

SAME_WORDS = (
    "These words are kept with this gathering already. Are they meant once more? Then press the button again."
)
CORRECTED = "Somebody has corrected this answer already."
UNCHANGED = "These are the words that stand already. Correct them, then keep them."


class CannotAdd(Refused):
    """It cannot be added to this gathering; the message says why."""


class CannotAnswer(Exception):
    """The answer cannot be kept; the message says why."""


@action
def add_agreement(
    *,
    within: Group,
    by: Actor,
    gathering: Gathering,
    text: str,
    how_reached: str,
    is_way_of_working: bool = False,
    corrects: Agreement | None = None,
    sure: bool = True,
) -> Agreement:
    """Keep what was agreed, and how; or the right words in place of an agreement that was written down wrong.

    Raises:
        CannotAdd: the gathering has not begun, or was cancelled; what is to be corrected stays, or would not
            change.
        Question: these words stand there already, and `sure` does not say that they are meant once more.
    """
    _refuse_before_people_met(gathering, by)
    if corrects is None and not sure:
        _ask_about_a_second(Agreement.objects.within(within).filter(gathering=gathering, text=text), "text")
    said = (text, how_reached, is_way_of_working)
    if corrects is not None and (refused := why_agreement_stays(corrects) or _why_unchanged(corrects, said)):
        raise CannotAdd(refused)
    agreed_at = by.now if corrects is None else corrects.agreed_at
    agreement = Agreement(scope=within.scope, group=within, gathering=gathering, agreed_at=agreed_at)
    agreement.corrects = corrects
    agreement.text, agreement.how_reached, agreement.is_way_of_working = text, how_reached, is_way_of_working
    keep(agreement, CannotAdd)
    return agreement


@action
def add_ask(
    *,
    within: Group,
    by: Actor,
    gathering: Gathering,
    text: str,
    to_whom: str,
    by_when: date | None = None,
    sure: bool = True,
) -> Ask:
    """Keep what was asked, of whom, and by when an answer is needed.

    Raises:
        CannotAdd: the gathering has not begun, or was cancelled; or the day comes before the gathering, or
            more than three years from now.
        Question: these words stand there already, and `sure` does not say that they are meant once more.
    """
    _refuse_before_people_met(gathering, by)
    if not sure:
        same = Ask.objects.within(within).filter(gathering=gathering, text=text, to_whom=to_whom)
        _ask_about_a_second(same, "text")
    ask = Ask(scope=within.scope, group=within, gathering=gathering, asked_at=by.now)
    return _asked(ask, text, to_whom, by_when, by.now)


@action(edits="ask")
def change_ask(
    *, within: Group, by: Actor, ask: Ask, text: str, to_whom: str, by_when: date | None = None
) -> Ask:
    """Change the words of an ask that waits for its answer.

    Raises:
        CannotAdd: it is answered; or the day comes before the gathering, or more than three years from now.
    """
    if refused := why_ask_stays(ask):
        raise CannotAdd(refused)
    return _asked(ask, text, to_whom, by_when, by.now)


@action(edits="ask")
def answer_ask(*, within: Group, by: Actor, ask: Ask, answer: str) -> Ask:
    """Keep the answer to an ask, or correct it.

    Raises:
        CannotAnswer: the answer has no words.
    """
    ask.answer, ask.answered_at = answer, ask.answered_at or by.now
    keep(ask, CannotAnswer)
    return ask


@action
def add_worry(
    *,
    within: Group,
    by: Actor,
    gathering: Gathering,
    words: str,
    agreement: Agreement | None = None,
    entered_for_a_member: bool = False,
    sure: bool = True,
) -> Dissent:
    """Keep a worry in a member's own words; any member may, about any gathering (C4, C5).

    Whoever runs the place and is no member of the Collaborative does not speak as one; what they enter for a
    member is the member's.

    Raises:
        CannotAdd: it has no words, or the agreement is another gathering's.
        Question: these words stand there already, and `sure` does not say that they are meant once more.
    """
    if not sure:
        same = Dissent.objects.within(within).filter(gathering=gathering, words=words)
        _ask_about_a_second(same, "words")
    if agreement is not None and agreement.gathering_id != gathering.pk:
        raise CannotAdd("That agreement was reached at another gathering.")
    worry = Dissent(scope=within.scope, group=within, gathering=gathering, raised_at=by.now)
    worry.agreement, worry.words = agreement, words
    worry.entered_for_a_member = entered_for_a_member
    worry.from_a_facilitator = not entered_for_a_member and _only_runs_the_place(by.person, within)
    worry.said_by = None if entered_for_a_member else by.person
    keep(worry, CannotAdd)
    return worry


def _only_runs_the_place(person: Person | None, within: Group) -> bool:
    if person is None:
        return False
    hats = standing_of(person, place_of(within.scope)).hats(Permission.ADD_DISSENT, within)
    return Role.MEMBER not in hats


@action
def answer_worry(*, within: Group, by: Actor, dissent: Dissent, words: str) -> DissentAnswer:
    """Answer a worry; the worry stays as it was said (C4).

    Raises:
        CannotAnswer: it has an answer already, or the answer has no words.
    """
    return _answered(DissentAnswer(dissent=dissent), within, by, words)


@action
def correct_answer(*, within: Group, by: Actor, answer: DissentAnswer, words: str) -> DissentAnswer:
    """Put the right words in place of an answer that was written down wrong; the first can still be read.

    Raises:
        CannotAnswer: another stands in its place already, or the answer has no words, or would not change.
    """
    if refused := why_answer_stays(answer):
        raise CannotAnswer(refused)
    if words == answer.words:
        raise CannotAnswer(UNCHANGED)
    again = DissentAnswer(dissent=answer.dissent, corrects=answer)
    return _answered(again, within, by, words)


def _answered(answer: DissentAnswer, within: Group, by: Actor, words: str) -> DissentAnswer:
    answer.scope, answer.group, answer.words, answer.answered_at = within.scope, within, words, by.now
    keep(answer, CannotAnswer)
    return answer


def why_answer_stays(answer: DissentAnswer) -> str:
    """Say why it cannot be corrected; empty when it can."""
    if hasattr(answer, "corrected_by"):
        return f"{CORRECTED} It says now: “{answer.corrected_by.words}”"
    return ""


def why_agreement_stays(agreement: Agreement) -> str:
    """Say why it cannot be corrected; empty when it can."""
    if hasattr(agreement, "corrected_by"):
        return f"Somebody has corrected this agreement already. It says now: “{agreement.corrected_by.text}”"
    return CLOSED if agreement.gathering.is_closed else ""


def _why_unchanged(agreement: Agreement, said: tuple[str, str, bool]) -> str:
    stands = (agreement.text, agreement.how_reached, agreement.is_way_of_working)
    return "" if said != stands else UNCHANGED


def why_ask_stays(ask: Ask) -> str:
    """Say why its words cannot be changed; empty when they can."""
    return "This ask has its answer, so it stays as it is." if ask.is_answered else ""


def _asked(ask: Ask, text: str, to_whom: str, by_when: date | None, now: datetime) -> Ask:
    if by_when is not None and by_when < timezone.localdate(ask.gathering.starts_at):
        raise CannotAdd("The answer cannot be needed before the gathering.", field="by_when")
    if by_when is not None and by_when > timezone.localdate(now + FURTHEST_AHEAD):
        raise CannotAdd(TOO_FAR_AHEAD, field="by_when")
    ask.text, ask.to_whom, ask.by_when = text, to_whom, by_when
    keep(ask, CannotAdd)
    return ask


def _ask_about_a_second(same: "models.QuerySet[Any]", about: str) -> None:
    """Ask when a form comes again under another key: somebody went back to it and pressed once more."""
    if same.exists():
        raise Question(SAME_WORDS, about=about)


def why_nothing_came_of_it(gathering: Gathering, now: datetime) -> str:
    """Say why nothing can have been agreed or asked there by `now`; empty when it can."""
    if gathering.is_cancelled:
        return "This gathering was cancelled."
    return "" if gathering.has_begun(now) else "This gathering has not begun yet."


def _refuse_before_people_met(gathering: Gathering, by: Actor) -> None:
    if refused := why_nothing_came_of_it(gathering, by.now):
        raise CannotAdd(refused)
