"""What a page does with its answer, and the two guards that ask nothing of a place: `@yours` and `@public`.

`programmes.pages` adds `@page`, for what stands in a place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kit import conflicts
from kit.actions import Actor, Question, Stray
from kit.form_keys import AnotherBody
from kit.forms import Asking, Form
from kit.versions import Stale

Answer = dict[str, Any] | HttpResponseBase
View = Callable[..., Any]

NOT_WORDS = re.compile(
    "token|form_key|seen_version|password|code|^(asked|words_read|state|status|way|audience|period)$"
)
"""Names of fields that hold nothing a person would miss, or something that no page may repeat."""

NOT_TYPED = re.compile(r"|on|True|False|[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|[a-z]+(_[a-z]+)+")
"""Nothing, a tick, a press, the key of a row, the key of a choice."""

ONE_OF_THREE_BOXES = re.compile("_(day|month|year)$")


def by(request: HttpRequest, form: Form | None = None) -> Actor:
    """Return who acts: the person who sent this request, with the form they sent."""
    return Actor(person=request.user, form=form, now=timezone.now(), page=request.path)


@dataclass(frozen=True)
class Refusals:
    """While this is open, an action's refusal is said on the form, beside its box or above them all.

    Its box is the one that the refusal names, or else `field`.

    Conflicts (`Stale`, `AnotherBody`) are no refusals: they pass through, to the page that shows both texts.
    But where what somebody did meanwhile leaves no choice between two texts, `too_late` says so: it gets the
    row as it stands now, and returns empty words while there is a choice. A `Question` is asked beside its
    own field; the form is then an `Asking` one.
    """

    form: Form
    refusal: type[Exception] | None = None
    field: str | None = None
    too_late: Callable[[Any], str] | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, reason: BaseException | None, trace: object) -> bool:
        if isinstance(reason, Question):
            cast(Asking, self.form).ask(reason.about, str(reason))
            return True
        words = str(reason) if self.refusal and isinstance(reason, self.refusal) else ""
        if isinstance(reason, Stale) and self.too_late is not None:
            words = self.too_late(reason.row)
        if words:
            named = getattr(reason, "field", "")
            self.form.add_error(named if named in self.form.fields else self.field, words)
        return bool(words)


def words_sent(request: HttpRequest) -> list[str]:
    """Return what somebody typed into the form they sent, for a page that says it is not saved (ux W1).

    A day typed into three boxes is one of them. Left out are secrets, ticks and keys.
    """
    try:
        fields = [] if request.method != "POST" else [*request.POST.lists()]
    except (BadRequest, SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []
    written: list[str] = []
    days: dict[str, list[str]] = {}
    for name, texts in fields:
        typed = [text.strip() for text in texts if not NOT_TYPED.fullmatch(text.strip())]
        if ONE_OF_THREE_BOXES.search(name):
            days.setdefault(ONE_OF_THREE_BOXES.sub("", name), []).extend(typed)
        elif not NOT_WORDS.search(name):
            written.extend(typed)
    return [*written, *(" ".join(boxes) for boxes in days.values() if boxes)]


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Lead somebody without a session to the way in; if they had written something, show it to them first."""
    way_in = redirect_to_login(request.get_full_path())
    words = words_sent(request)
    if not words:
        return way_in
    return render(request, "kit/signed_out.html", {"words": words, "way_in": way_in.url}, status=403)


def yours(view: View) -> View:
    """Guard a person's own page: whoever has signed in, about themselves and nobody else."""

    @wraps(view)
    def guarded(request: HttpRequest, **keys: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return answer(request, view, **keys)

    return marked(guarded, ("GET", "POST"), yours=True)


def public(*, because: str) -> Callable[[View], View]:
    """Open a page to everybody; `because` is the reason, read by whoever reviews the list of open pages."""

    def made(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponseBase:
            return answer(request, view, **keys)

        return marked(guarded, ("GET", "POST"), because=because)

    return made


def marked(guarded: View, methods: tuple[str, ...], **guard: Any) -> View:
    """Return the view with its guard written on it, for the start-up check, and its methods limited.

    HEAD goes with GET alone: it carries no token against forgery, so it must never reach an action.
    """
    allowed = [*methods, "HEAD"] if "GET" in methods else [*methods]
    limited = require_http_methods(allowed)(login_not_required(guarded))
    limited.guard = {**guard, "methods": list(methods)}  # type: ignore[attr-defined]
    return limited


def answer(request: HttpRequest, view: View, *spaces: models.Model, **rows: Any) -> HttpResponseBase:
    """Return the view's response; a dict is rendered with the template of the view's own name.

    `Stale` and `AnotherBody` become the page that shows both texts side by side.
    """
    try:
        found = view(request, *spaces, **rows)
    except Stray as stray:
        raise Http404 from stray
    except Stale as stale:
        return _side_by_side(request, stale.row, stale, sent_before=False)
    except AnotherBody as other:
        return _side_by_side(request, other.first, other, sent_before=True)
    if not isinstance(found, dict):
        return cast(HttpResponseBase, found)
    status = found.pop("status", 422 if _has_errors(found) else 200)
    return render(request, _template_of(view), found, status=status)


def _has_errors(found: Mapping[str, Any]) -> bool:
    form = found.get("form")
    return isinstance(form, BaseForm) and form.is_bound and not form.is_valid()


def _template_of(view: View) -> str:
    return f"{view.__module__.split('.')[0]}/{view.__name__}.html"


def _side_by_side(
    request: HttpRequest, row: models.Model | None, why: Stale | AnotherBody, *, sent_before: bool
) -> HttpResponseBase:
    form = why.form
    if form is None:
        raise why
    both = conflicts.side_by_side(form, row, request.POST)
    return render(request, "kit/conflict.html", {**both, "sent_before": sent_before}, status=409)
