"""One form, one effect: the same key again gives the first result; with another body, nothing is saved.

A person taps twice, goes back and sends again, or a proxy repeats a request: all of these carry the key that
the page was made with. No error is shown for them (ux W2, G37).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.http import QueryDict

from kit.models import FormKey

KEPT_FOR = timedelta(hours=24)
"""How long a key is remembered (G37)."""

NOT_PART_OF_THE_BODY = frozenset({"csrfmiddlewaretoken", "form_key", "asked"})


class AnotherBody(Exception):
    """The key was used before, for other words; `first` is the row that came of it, if any can be shown."""

    def __init__(self, first: models.Model | None) -> None:
        super().__init__("This form was sent before, with other words.")
        self.first = first
        self.form: Any = None


def digest_of(body: QueryDict | Mapping[str, str]) -> str:
    """Return the SHA-256, in hex, of what was typed; the order of fields does not matter."""
    lists: Iterable[tuple[str, list[str]]]
    lists = body.lists() if isinstance(body, QueryDict) else ((name, [text]) for name, text in body.items())
    typed = sorted((name, texts) for name, texts in lists if name not in NOT_PART_OF_THE_BODY)
    return hashlib.sha256(json.dumps(typed).encode()).hexdigest()


def claim(*, key: UUID, person_id: UUID, digest: str, now: datetime) -> tuple[FormKey, bool]:
    """Claim `key` for `person_id`, inside the action's transaction; the flag says that it is new.

    A second sender waits for the first one's commit and then finds its key.

    Raises:
        AnotherBody: the key was used for a body with another digest.
    """
    try:
        with transaction.atomic():
            kept = FormKey.objects.create(key=key, person_id=person_id, digest=digest, claimed_at=now)
            return kept, True
    except IntegrityError:
        kept = FormKey.objects.get(key=key, person_id=person_id)
    if kept.digest != digest:
        raise AnotherBody(result_of(kept))
    return kept, False


def keep_result(kept: FormKey, result: object) -> None:
    """Remember which row came of the form, so that sending it again finds the same row."""
    if isinstance(result, models.Model):
        kept.result_kind, kept.result_id = result._meta.label_lower, result.pk
        kept.save(update_fields=["result_kind", "result_id"])


def result_of(kept: FormKey) -> models.Model | None:
    """Return the row that came of the form; None when there was none, or it is gone."""
    if not kept.result_kind:
        return None
    rows: models.Manager[models.Model] = apps.get_model(kept.result_kind)._default_manager
    return rows.filter(pk=kept.result_id).first()


def forget_old(*, now: datetime) -> int:
    """Forget the keys claimed more than `KEPT_FOR` ago, and return how many."""
    return FormKey.objects.filter(claimed_at__lt=now - KEPT_FOR).delete()[0]
