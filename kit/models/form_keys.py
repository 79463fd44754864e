"""Which form was sent: one key for one effect."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from kit.models.scopes import Kept


class FormKey(models.Model):
    """The one-time key of a form that somebody sent, what its body hashed to, and which row came of it."""

    kept = Kept.QUEUE
    kept_because = "claimed before a scope's rows are touched; ids and a digest, never what was typed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.UUIDField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    claimed_at = models.DateTimeField(db_index=True)
    result_kind = models.CharField(max_length=80, blank=True, default="")
    result_id = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="a_form_key_is_used_once")]

    def __str__(self) -> str:
        return str(self.key)
