"""Records what was done, chains the records afterwards, and checks the chain.

Sealing comes after the fact, so that no two people ever wait for each other's place in the chain. What is not
sealed yet is the *tail*: the verifier reports its length instead of hiding it (README 2.12, G30).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction

from kit import scope as scopes
from kit.models import Event, Scope, Seal, Unsealed

FIRST_DIGEST = "0" * 64


@dataclass(frozen=True)
class Verdict:
    """What the verifier found in one scope's chain."""

    scope_id: UUID
    sealed: int
    unsealed: int
    broken_at: int | None

    @property
    def is_whole(self) -> bool:
        """Whether every sealed event still matches its seal; the unsealed tail does not count against it."""
        return self.broken_at is None


def record(
    *,
    scope: Scope,
    did: str,
    at: datetime,
    person_id: UUID | None = None,
    system: str = "",
    about: models.Model | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """Record that somebody did something; call it inside the transaction that does it.

    Raises:
        IntegrityError: neither a person nor a system job is named; nothing is done anonymously.
    """
    event = Event.everywhere.create(
        scope=scope,
        did=did,
        at=at,
        person_id=person_id,
        system=system,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=about.pk if about is not None else None,
        facts=dict(facts or {}),
    )
    Unsealed.objects.create(event_id=event.pk, scope_id=scope.pk)
    return event


def seal_all() -> int:
    """Seal every waiting event, one scope after the other, and return how many were sealed."""
    waiting = Unsealed.objects.order_by().values_list("scope_id", flat=True).distinct()
    return sum(seal(scope) for scope in Scope.objects.filter(pk__in=list(waiting)))


def seal(scope: Scope) -> int:
    """Chain `scope`'s waiting events in the order of their moments, and return how many were sealed.

    Two sealers at once are harmless: the second meets a taken position, seals nothing and comes again later.
    """
    try:
        with transaction.atomic(), scopes.opened(scope):
            waiting = list(Unsealed.objects.filter(scope_id=scope.pk).values_list("event_id", flat=True))
            last = Seal.objects.at(scope).in_order().last()
            position, digest = (last.position, last.digest) if last else (0, FIRST_DIGEST)
            for event in Event.objects.at(scope).filter(pk__in=waiting).in_order():
                position, digest = position + 1, digest_of(event, after=digest)
                Seal.everywhere.create(scope=scope, event=event, position=position, digest=digest)
            Unsealed.objects.filter(event_id__in=waiting).delete()
            return len(waiting)
    except IntegrityError:
        return 0


def verify(scope: Scope) -> Verdict:
    """Walk `scope`'s chain from its first link and say where it first breaks, if anywhere."""
    with scopes.opened(scope):
        events = {event.pk: event for event in Event.objects.at(scope)}
        seals = list(Seal.objects.at(scope).in_order())
    broken_at = next(_breaks(seals, events), None)
    return Verdict(scope.pk, sealed=len(seals), unsealed=len(events) - len(seals), broken_at=broken_at)


def digest_of(event: Event, *, after: str) -> str:
    """Return the SHA-256, in hex, of `event` and of the digest before it."""
    facts = [
        str(event.pk),
        str(event.scope_id),
        event.at.isoformat(),
        event.did,
        str(event.person_id),
        event.system,
        event.about_kind,
        str(event.about_id),
        event.facts,
    ]
    return hashlib.sha256((after + json.dumps(facts, sort_keys=True)).encode()).hexdigest()


def _breaks(seals: list[Seal], events: Mapping[UUID, Event]) -> Iterator[int]:
    digest = FIRST_DIGEST
    for position, link in enumerate(seals, start=1):
        event = events.get(link.event_id)
        digest = digest_of(event, after=digest) if event else ""
        if link.position != position or link.digest != digest:
            yield position
