"""Where a place stands on its path: the facilitator says so, and the programme gets the word on a card."""

from kit import versions
from kit.actions import Actor, Stray, action
from programmes.models import PlaceCard, Site, StageState
from programmes.stages import Stage, stage_called, the_method

State = StageState.State


class CannotSetStage(Exception):
    """The stage cannot be set like this; the message says why."""


@action
def set_stage(
    *, at: Site, by: Actor, stage: str, state: str, note: str = "", why_early: str = ""
) -> StageState:
    """Say where the place stands with one stage; no order is forced, but an early start says why.

    `stage` is the stage's short name. The first word about a stage makes its row; afterwards the version is
    checked as for every row that people edit.

    Raises:
        CannotSetStage: an earlier stage has not begun, and `why_early` does not say why this one has.
        kit.versions.Stale: somebody else has set this stage since.
        Stray: the method has no such stage.
    """
    early = [earlier.name for earlier in earlier_not_begun(_called(stage), at)]
    if early and state in (State.GROWING, State.ROOTED) and not why_early:
        raise CannotSetStage(f"{_joined(early)} not begun yet. Say in one sentence why this one comes early.")
    before = StageState.objects.at(at).of_stage(stage).first()
    words = {"state": state, "note": note, "why_early": why_early, "set_at": by.now}
    row = _kept(at, by, stage, before, words)
    if before is None or (before.state, before.why_early) != (state, why_early):
        _release(at, row)
    return row


def earlier_not_begun(stage: Stage, site: Site) -> list[Stage]:
    """Return the stages before this one that have not begun, in the method's order.

    Where nobody has said a word about a stage, its records speak: with some, it has begun.
    """
    said = {row.stage: row.state for row in StageState.objects.at(site)}
    earlier = [other for other in the_method() if other.number < stage.number]
    return [one for one in earlier if (said.get(one.slug) or one.progress(site).suggests) == State.NOT_BEGUN]


def _called(slug: str) -> Stage:
    stage = stage_called(slug)
    if stage is None:
        raise Stray("The method has no such stage.")
    return stage


def _kept(at: Site, by: Actor, stage: str, before: StageState | None, words: dict[str, object]) -> StageState:
    if before is None:
        first = StageState(scope_id=at.pk, stage=stage, **words)
        first.save()
        return first
    row = versions.locked(before, seen=by.form.seen if by.form is not None else before.version)
    for name, word in words.items():
        setattr(row, name, word)
    row.save(update_fields=list(words))
    versions.raised(row)
    return row


def _release(at: Site, row: StageState) -> None:
    PlaceCard.everywhere.create(
        scope_id=at.programme_id,
        site=at,
        stage=row.stage,
        state=row.state,
        why_early=row.why_early,
        released_at=row.set_at,
    )


def _joined(names: list[str]) -> str:
    if len(names) == 1:
        return f"{names[0]} has"
    return f"{', '.join(names[:-1])} and {names[-1]} have"
