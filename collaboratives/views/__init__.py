"""Pages of the Collaborative: its gatherings, and what was said there."""

from collaboratives.views.gatherings import (
    cancel_gathering,
    change_plan,
    gathering,
    gatherings,
    plan_gathering,
    record_gathering,
)
from collaboratives.views.said import (
    add_agreement,
    add_ask,
    add_worry,
    answer_ask,
    answer_worry,
    change_ask,
    correct_agreement,
    correct_answer,
)

__all__ = [
    "add_agreement",
    "add_ask",
    "add_worry",
    "answer_ask",
    "answer_worry",
    "cancel_gathering",
    "change_ask",
    "change_plan",
    "correct_agreement",
    "correct_answer",
    "gathering",
    "gatherings",
    "plan_gathering",
    "record_gathering",
]
