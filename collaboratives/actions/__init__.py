"""What people do in the Collaborative: plan and record gatherings, and keep what was said there."""

from collaboratives.actions.gatherings import (
    CannotCancel,
    CannotPlan,
    CannotRecord,
    cancel_gathering,
    change_plan,
    close_record,
    plan_gathering,
    record_gathering,
)
from collaboratives.actions.said import (
    CannotAdd,
    CannotAnswer,
    add_agreement,
    add_ask,
    add_worry,
    answer_ask,
    answer_worry,
)

__all__ = [
    "CannotAdd",
    "CannotAnswer",
    "CannotCancel",
    "CannotPlan",
    "CannotRecord",
    "add_agreement",
    "add_ask",
    "add_worry",
    "answer_ask",
    "answer_worry",
    "cancel_gathering",
    "change_plan",
    "close_record",
    "plan_gathering",
    "record_gathering",
]
