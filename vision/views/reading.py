"""Reading the why: as it stands, as it stood, and what changed between two versions."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone

from programmes.access import Permission
from programmes.forms import Press
from programmes.models import Site
from programmes.pages import Answer, Request, get_or_404, page
from vision import actions, models
from vision.models import Revisit, Value, Vision, Voice

ON_A_PAGE = 25


@page(Permission.SEE_WHY)
def why(request: Request, site: Site) -> Answer:
    """Show the vision and values, who was in the room, and the voices behind them."""
    versions = {row.status: row for row in Vision.objects.at(site).of_now().with_room()}
    vision = versions.get(Vision.Status.ADOPTED)
    draft = versions.get(Vision.Status.DRAFT) if request.here.standing.may(Permission.ADD_VOICE) else None
    kept = {"draft": draft, **_voices_kept(request, site, draft)}
    if vision is None:
        return {**kept, "voices_kept": Voice.objects.at(site).standing().count()}
    return {**kept, **_about(vision, site)}


def _voices_kept(request: Request, site: Site, draft: Vision | None) -> dict[str, Any]:
    """Return one's own voices; for those who write, also what waits for a draft: nobody else reads it yet.

    While the place rests nobody opens the draft, so the voices behind it are listed here too: they can be
    taken back all the same.
    """
    standing = request.here.standing
    own = standing.may(Permission.TAKE_BACK_OWN_VOICE) and not standing.may(Permission.TAKE_BACK_VOICE)
    writes = bool(standing.hats(Permission.WRITE_WHY))
    waiting = Voice.objects.at(site).behind_no_agreed_version() if writes and draft is None else ()
    return {
        "own_voices": actions.voices_added_by(request.user, site).standing() if own else (),
        "waiting_voices": waiting,
    }


@page(Permission.SEE_WHY)
def history(request: Request, site: Site) -> Answer:
    """List the versions that the Collaborative adopted, newest first; drafts put away on their own."""
    versions, sees_drafts = Vision.objects.at(site), request.here.standing.may(Permission.ADD_VOICE)
    now = {row.status: row for row in versions.of_now()}
    some_are_away = sees_drafts and versions.put_away().exists()
    away = some_are_away and "put-away" in request.GET
    rows = versions.put_away() if away else versions.agreed().with_room().with_the_one_before()
    return {
        "page": Paginator(rows.newest_first(), ON_A_PAGE).get_page(request.GET.get("page")),
        "away": away,
        "some_are_away": some_are_away,
        "draft": now.get(Vision.Status.DRAFT) if sees_drafts else None,
        "adopted": now.get(Vision.Status.ADOPTED),
        "press": Press(),
    }


@page(Permission.SEE_WHY)
def version(request: Request, site: Site, vision: Vision) -> Answer:
    """Show one version as it stood."""
    return _about(get_or_404(Vision.objects.at(site).agreed().with_room(), pk=vision.pk), site)


@page(Permission.SEE_WHY)
def compare(request: Request, site: Site, was: Vision, now: Vision) -> Answer:
    """Show what changed between two versions, the earlier one first; whoever writes may compare the draft."""
    was, now = sorted((was, now), key=lambda version: version.number)
    may_see_drafts = request.here.standing.may(Permission.ADD_VOICE)
    if not (was.is_agreed and now.is_agreed) and not may_see_drafts:
        raise Http404
    values = _values_compared(was, now)
    same = [value["name"] for value in values if value["is_same"]]
    statement = models.compare(was.statement, now.statement)
    return {"was": was, "now": now, "statement": statement, "values": values, "same": same}


def _about(vision: Vision, site: Site) -> dict[str, Any]:
    revisit = Revisit.objects.at(site).filter(vision=vision).newest_first().first()
    return {
        "vision": vision,
        "room": vision.adopted_in.room if vision.adopted_in else None,
        "voices": Voice.objects.at(site).behind(vision),
        "revisit": revisit,
        "wants_a_look": vision.wants_a_look(timezone.now(), revisit.looked_at if revisit else None),
    }


def _values_compared(old: Vision, new: Vision) -> list[dict[str, Any]]:
    was: dict[Any, Value] = {value.thread: value for value in old.values.all()}
    now: dict[Any, Value] = {value.thread: value for value in new.values.all()}
    threads = [*now, *(thread for thread in was if thread not in now)]
    return [
        {
            "name": (now.get(thread) or was[thread]).name,
            "pieces": models.compare(_text(was.get(thread)), _text(now.get(thread))),
            "is_new": thread not in was,
            "is_gone": thread not in now,
            "is_same": _text(was.get(thread)) == _text(now.get(thread)),
        }
        for thread in threads
    ]


def _text(value: Value | None) -> str:
    return value.text if value is not None else ""
