"""Two texts, one place: puts what somebody wrote beside what stands now, so that neither is lost (ux W5)."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models
from django.forms import BooleanField, BoundField, MultiWidget
from django.http import QueryDict

from kit.forms import NOT_SHOWN, Form


def side_by_side(form: Form, row: models.Model | None, typed: QueryDict) -> dict[str, Any]:
    """Return `pairs` of (label, what stands now, what was typed) and `form`, ready to be sent again.

    The new form carries the typed words, a fresh key and the row's version of now: sending it means
    "keep mine", and editing it first means "keep both". Leaving the page means "keep theirs".
    """
    standing = form.standing(row) if row is not None else {}
    data = typed.copy()
    data[form.add_prefix("form_key")] = str(uuid4())
    data[form.add_prefix("seen_version")] = str(getattr(row, "version", ""))
    data.pop(form.add_prefix("asked"), None)  # what was asked was about the words that stood there before
    form.data = data
    pairs = [_pair(field, standing) for field in form.visible_fields()]
    told = [pair for pair in pairs if pair["mine"] or pair["now"] != NOT_SHOWN]
    return {"pairs": told, "form": form, "row": row}


def _pair(field: BoundField, standing: Mapping[str, Any]) -> dict[str, Any]:
    now, mine = _in_words(field, standing.get(field.name)), _in_words(field, field.value())
    return {"label": field.label, "now": now, "mine": mine, "differs": now != mine}


def _in_words(field: BoundField, value: Any) -> str:
    """Say a value as the form's labels say it: a person reads answers, not the keys behind them."""
    if isinstance(field.field, BooleanField):
        return "Yes" if field.field.to_python(value) else "No"
    widget = field.field.widget
    if isinstance(widget, MultiWidget):
        boxes = value if isinstance(value, list) else widget.decompress(value)
        return " ".join(str(box) for box in boxes or () if box is not None).strip()
    labels = {str(key): str(label) for key, label in getattr(field.field, "choices", ())}
    answers = value if isinstance(value, list | tuple) else [value]
    keys = [str(getattr(each, "pk", each)) for each in answers if each not in (None, "")]
    return ", ".join(labels.get(key, key) for key in keys).replace("\r\n", "\n")
