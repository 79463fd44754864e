"""What people do in the Collaborative: plan and record gatherings, and keep what was said there."""

from collaboratives.actions.gatherings import (
    PLAN_STAYS,
    CannotCancel,
    CannotPlan,
    CannotRecord,
    cancel_gathering,
    change_plan,
    close_record,
    plan_gathering,
    record_gathering,
    why_no_record,
)
from collaboratives.actions.said import (
    ANSWERED,
    CannotAdd,
    CannotAnswer,
    add_agreement,
    add_ask,
    add_worry,
    answer_ask,
    answer_worry,
)

__all__ = [
    "ANSWERED",
    "PLAN_STAYS",
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
    "why_no_record",
]
