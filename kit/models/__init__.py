"""The kit's tables: whose a row is, what was done, which form was sent, and which work is owed."""

from kit.models.events import Event, Seal, Unsealed
from kit.models.form_keys import FormKey
from kit.models.scopes import At, Frozen, Kept, Owned, Scope, Versioned
from kit.models.work import Job, Letter

__all__ = [
    "At",
    "Event",
    "FormKey",
    "Frozen",
    "Job",
    "Kept",
    "Letter",
    "Owned",
    "Scope",
    "Seal",
    "Unsealed",
    "Versioned",
]
