"""What people see when something goes wrong: plain words, whom to ask, and the crisis lines."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_CSRF_TOKEN_MISSING, REASON_NO_CSRF_COOKIE
from django.shortcuts import render

from kit.pages import words_sent
from programmes.pages import Denied


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read; one that is too large says so."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return render(request, "413.html" if too_large else "400.html", status=413 if too_large else 400)


def denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say what the page is for and whom to ask (ux W3)."""
    site = exception.here.site if isinstance(exception, Denied) else None
    about = {"reason": str(exception), "site": site, "words": words_sent(request)}
    return render(request, "403.html", about, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer alike for what does not exist and what this person may not know of."""
    return render(request, "404.html", {"words": words_sent(request)}, status=404)


def too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a page that is older than the last signing in: what was typed stands below, to be copied.

    Whoever reads that sits at the window in which the words stood, as the same person or as another. A token
    that does not fit may come from before somebody else signed in; without a cookie there is none to fit.
    """
    ours = request.headers.get("origin") in {None, f"{request.scheme}://{request.get_host()}"}
    unfit = reason not in {REASON_NO_CSRF_COOKIE, REASON_CSRF_TOKEN_MISSING}
    about = {"was_open_long": ours, "may_be_anothers": ours and unfit and request.user.is_authenticated}
    return render(request, "403.html", {**about, "words": words_sent(request) if ours else []}, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours; asks nothing of the database."""
    return render(None, "500.html", {"words": words_sent(request)}, status=500)
