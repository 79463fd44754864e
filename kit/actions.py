"""What every change goes through: `@action` opens the transaction, and nothing else does.

    claim the form key → check the version → run → record the event → keep the result

An action names its place by one of two keyword arguments, as the locks do: `at=site` for what a site or a
programme owns, `within=group` for what a group owns. `by=` says who does it. What people change about
themselves, in no place, is a `@personal` action: the same steps, without an event.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast, overload
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from kit import events, form_keys, versions
from kit import scope as scopes
from kit.models import FormKey, Owned, Scope

RUNS = 3
"""How often an action is run at most, when each time somebody was quicker."""

DEADLOCK = "40P01"
"""PostgreSQL's word for it (Appendix A of its manual); SQLite has one writer at a time."""

P = ParamSpec("P")
R = TypeVar("R")


class Sent(Protocol):
    """A form that somebody sent, as far as an action needs it."""

    key: UUID | None
    seen: int | None
    digest: str


@dataclass(frozen=True)
class Actor:
    """Who does something, when, and with which form; for a job of ours, `system` names it instead.

    `page` is the address that the form was sent to: a key is used once on each page, so that one and the same
    key on two pages stands for two forms.
    """

    person: Any = None
    form: Sent | None = None
    now: datetime = field(default_factory=timezone.now)
    system: str = ""
    page: str = ""

    @property
    def person_id(self) -> UUID | None:
        """The person's id; None when the platform itself acts."""
        return self.person.pk if self.person is not None else None


class Stray(LookupError):
    """A row of another place was handed to an action; the page answers as if it did not exist."""


class Refused(Exception):
    """An action does not do what it was asked; the message says why, `field` beside which box, if any."""

    def __init__(self, words: str = "", *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class Question(Exception):
    """What is asked to do may be a slip: ask once, beside the field `about`, and come again with `sure`.

    An action asks, and not the form before it: a form that was sent twice is answered like the first time.
    """

    def __init__(self, words: str, *, about: str) -> None:
        super().__init__(words)
        self.about = about


def keep(row: models.Model, refusal: type[Exception]) -> None:
    """Save `row` when its constraints allow it.

    Raises:
        refusal: they do not; with their words.
    """
    try:
        row.full_clean()
    except ValidationError as error:
        raise refusal(" ".join(error.messages)) from error
    row.save()


@overload
def action(function: Callable[P, R]) -> Callable[P, R]: ...
@overload
def action(*, edits: str) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def action(
    function: Callable[P, R] | None = None, *, edits: str = ""
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action; `edits` names the argument whose row people edit, to check its version.

    The action then also raises:
        kit.versions.Stale: the edited row has changed since the person read it.
        kit.form_keys.AnotherBody: the form was sent before with other words.
        Stray: a row of another scope, or of another group than the one it acts within, was passed.
    """

    made = _maker(_run_in_place, edits)
    return made(function) if function is not None else made


@overload
def personal(function: Callable[P, R]) -> Callable[P, R]: ...
@overload
def personal(*, edits: str) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def personal(
    function: Callable[P, R] | None = None, *, edits: str = ""
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action about oneself: it opens no place, and no place records it.

    It raises what an action raises, but never `Stray`.
    """
    made = _maker(_run_alone, edits)
    return made(function) if function is not None else made


def _maker(
    runner: Callable[[Callable[..., R], dict[str, Any], str], R], edits: str
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    def made(act: Callable[P, R]) -> Callable[P, R]:
        @wraps(act)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{act.__name__} takes keyword arguments only.")
            try:
                return _run_again_if_beaten(runner, act, kwargs, edits)
            except (versions.Stale, form_keys.AnotherBody) as conflict:
                conflict.form = cast(Actor, kwargs["by"]).form
                raise

        run.edits = edits  # type: ignore[attr-defined]
        return run

    return made


def _run_again_if_beaten(
    runner: Callable[[Callable[..., R], dict[str, Any], str], R],
    act: Callable[..., R],
    kwargs: dict[str, Any],
    edits: str,
) -> R:
    """Run again when the database refused: somebody was quicker, and the next run sees what they did.

    So whoever comes second reads in plain words what stands in the way. What is always refused is our fault.
    """
    for _ in range(RUNS - 1):
        try:
            return runner(act, kwargs, edits)
        except DatabaseError as error:
            if not _somebody_was_quicker(error):
                raise
    return runner(act, kwargs, edits)


def _somebody_was_quicker(error: DatabaseError) -> bool:
    """Whether the row is there already, or two waited for each other and PostgreSQL ended one of them."""
    return isinstance(error, IntegrityError) or getattr(error.__cause__, "pgcode", None) == DEADLOCK


def _run_in_place(act: Callable[..., R], kwargs: dict[str, Any], edits: str) -> R:
    scope, by = _place_of(kwargs), cast(Actor, kwargs["by"])
    _refuse_strays(scope, kwargs)

    @wraps(act)
    def recorded(**given: Any) -> R:
        result = act(**given)
        about = result if isinstance(result, models.Model) else given.get(edits)
        events.record(
            scope=scope, did=act.__name__, at=by.now, person_id=by.person_id, system=by.system, about=about
        )
        return result

    with transaction.atomic(), scopes.opened(scope):
        return _run_once(recorded, kwargs, edits)


def _run_alone(act: Callable[..., R], kwargs: dict[str, Any], edits: str) -> R:
    with transaction.atomic():
        return _run_once(act, kwargs, edits)


def _run_once(act: Callable[..., R], kwargs: dict[str, Any], edits: str) -> R:
    by = cast(Actor, kwargs["by"])
    claimed, is_new = _claim(by)
    if claimed is not None and not is_new:
        return cast(R, form_keys.result_of(claimed))
    if edits and by.form is not None:
        kwargs[edits] = versions.locked(kwargs[edits], seen=by.form.seen)
    result = act(**kwargs)
    if edits:
        versions.raised(kwargs[edits])
    if claimed is not None:
        form_keys.keep_result(claimed, result)
    return result


def _claim(by: Actor) -> tuple[FormKey | None, bool]:
    if by.form is None or by.form.key is None or by.person_id is None:
        return None, True
    key = uuid5(by.form.key, by.page) if by.page else by.form.key
    return form_keys.claim(key=key, person_id=by.person_id, digest=by.form.digest, now=by.now)


def _place_of(kwargs: dict[str, Any]) -> Scope:
    if "within" in kwargs:
        return cast(Scope, kwargs["within"].scope)
    return cast(Scope, kwargs["at"])


def _refuse_strays(scope: Scope, kwargs: dict[str, Any]) -> None:
    group = kwargs.get("within")
    for name, given in kwargs.items():
        rows = given if isinstance(given, list | tuple) else [given]
        for row in (row for row in rows if isinstance(row, Owned)):
            if row.scope_id != scope.pk:
                raise Stray(f"{name} belongs to another place.")
            if group is not None and getattr(row, "group_id", group.pk) != group.pk:
                raise Stray(f"{name} belongs to another group.")
