"""The Collaborative's forms: is this input sensible? None of them saves."""

from collaboratives.forms.gatherings import (
    CancelGathering,
    PlanAGathering,
    PlanGathering,
    RecordGathering,
)
from collaboratives.forms.said import (
    AddAgreement,
    AddAsk,
    AddWorry,
    AnswerAsk,
    AnswerWorry,
    ChangeAsk,
    EnterWorry,
)

__all__ = [
    "AddAgreement",
    "AddAsk",
    "AddWorry",
    "AnswerAsk",
    "AnswerWorry",
    "CancelGathering",
    "ChangeAsk",
    "EnterWorry",
    "PlanAGathering",
    "PlanGathering",
    "RecordGathering",
]
