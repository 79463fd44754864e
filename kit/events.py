"""Records what was done, chains the records afterwards, and checks the chain.

Sealing comes after the fact, so that no two people ever wait for each other's place in the chain. What is not
sealed yet is the *tail*: the verifier reports its length instead of hiding it (README 2.12, G30).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef

from kit import scope as scopes
from kit.models import Event, Scope, Seal, Unsealed

FIRST_DIGEST = "0" * 64
Head = tuple[int, str]
"""The last link of a chain: its position, counted from 1, and its digest."""

START: Head = (0, FIRST_DIGEST)
AT_ONCE = 1000
"""How many events one transaction of the sealer takes; the rest wait for its next round."""


@dataclass(frozen=True)
class Verdict:
    """What the verifier found in one scope's chain.

    `broken_at` is the first position that does not hold; `head` the last that does. `strays` are events that
    were neither sealed nor wait for it, so they came in by another road; `lost` wait for it and are gone.
    """

    scope_id: UUID
    head: Head
    unsealed: int
    broken_at: int | None
    strays: int = 0
    lost: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether every sealed event still matches its seal; the unsealed tail does not count against it."""
        return self.broken_at is None and not self.strays and not self.lost

    def __str__(self) -> str:
        words = f"{self.scope_id}: {self.head[0]} sealed, {self.unsealed} waiting"
        if self.broken_at is not None:
            words += f", BROKEN at position {self.broken_at}"
        words += f", {self.strays} ADDED past the sealer" if self.strays else ""
        return words + (f", {self.lost} LOST before they were sealed" if self.lost else "")


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
    event: Event = Event.everywhere.create(
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
    An event that waits but is gone stays in the queue, for the verifier to report.
    """
    try:
        with transaction.atomic(), scopes.opened(scope):
            waiting = Unsealed.objects.filter(scope_id=scope.pk).values("event_id")
            last = Seal.objects.at(scope).in_order().last()
            position, digest = (last.position, last.digest) if last else START
            sealed = []
            for event in Event.objects.at(scope).filter(pk__in=waiting).in_order()[:AT_ONCE]:
                position, digest = position + 1, digest_of(event, after=digest)
                sealed.append(Seal(scope=scope, event=event, position=position, digest=digest))
            Seal.everywhere.bulk_create(sealed)
            Unsealed.objects.filter(event_id__in=[link.event_id for link in sealed]).delete()
            return len(sealed)
    except IntegrityError:
        return 0


def verify(scope: Scope, *, head: Head | None = None) -> Verdict:
    """Walk `scope`'s chain from its first link and say where it first breaks, if anywhere.

    `head` is the head that was kept outside the database when the chain was last walked: a chain that was cut
    short, or an old copy put back, no longer goes through it.
    """
    with scopes.opened(scope):
        reached, broken_at = _walk(scope, head or START)
        return Verdict(
            scope.pk,
            head=reached,
            unsealed=Unsealed.objects.filter(scope_id=scope.pk).count(),
            broken_at=broken_at if broken_at is not None else _first_hollow(scope),
            strays=_strays(scope),
            lost=_lost(scope),
        )


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


def _walk(scope: Scope, kept: Head) -> tuple[Head, int | None]:
    """Follow the chain; return the last link that holds, and the position of the first that does not."""
    position, digest = START
    links = Seal.objects.at(scope).in_order().select_related("event")
    for link in links.iterator():
        expected = (position + 1, digest_of(link.event, after=digest))
        was_other = kept[0] == position + 1 and kept != expected
        if was_other or (link.position, link.digest) != expected:
            return (position, digest), position + 1
        position, digest = expected
    return (position, digest), (position + 1 if position < kept[0] else None)


def _first_hollow(scope: Scope) -> int | None:
    """Find a seal whose event is gone; the walk reads both together and misses one at the very end."""
    events = Event.objects.at(scope).filter(pk=OuterRef("event_id"))
    hollow = Seal.objects.at(scope).filter(~Exists(events)).in_order()
    return hollow.values_list("position", flat=True).first()


def _strays(scope: Scope) -> int:
    """Count events that nobody recorded through `record`; one statement, so that no sealer comes between."""
    seals = Seal.objects.at(scope).filter(event_id=OuterRef("pk"))
    waiting = Unsealed.objects.filter(event_id=OuterRef("pk"))
    return Event.objects.at(scope).filter(~Exists(seals), ~Exists(waiting)).count()


def _lost(scope: Scope) -> int:
    events = Event.objects.at(scope).filter(pk=OuterRef("event_id"))
    return Unsealed.objects.filter(~Exists(events), scope_id=scope.pk).count()
