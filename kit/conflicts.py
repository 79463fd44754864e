"""Two texts, one place: puts what somebody wrote beside what stands now, so that neither is lost (ux W5)."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models
from django.forms import BoundField
from django.http import QueryDict

from kit.forms import Form


def side_by_side(form: Form, row: models.Model | None, typed: QueryDict) -> dict[str, Any]:
    """Return `pairs` of (label, what stands now, what was typed) and `form`, ready to be sent again.

    The new form carries the typed words, a fresh key and the row's version of now: sending it means
    "keep mine", and editing it first means "keep both". Leaving the page means "keep theirs".
    """
    standing = form.words_of(row) if row is not None else {}
    data = typed.copy()
    data[form.add_prefix("form_key")] = str(uuid4())
    data[form.add_prefix("seen_version")] = str(getattr(row, "version", ""))
    form.data = data
    return {"pairs": [_pair(field, standing) for field in form.visible_fields()], "form": form, "row": row}


def _pair(field: BoundField, standing: Mapping[str, Any]) -> dict[str, Any]:
    now, mine = standing.get(field.name, ""), field.value()
    return {
        "label": field.label,
        "now": "" if now is None else now,
        "mine": "" if mine is None else mine,
        "differs": str(now or "") != str(mine or ""),
    }
