"""Keeps private pages out of every cache, and refuses bodies that no page can read before anybody tries."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

KINDS_OF_BODY = {"", "application/x-www-form-urlencoded", "multipart/form-data"}
"""What browsers send from a form; a body of another kind would look like a form that was left empty."""


def never_cached(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Tell browsers and proxies to keep no page: devices are shared (ux 6.4)."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answered


def not_too_large(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse what says of itself that it is too large; what says nothing is noticed when it is read."""

    def answered(request: HttpRequest) -> HttpResponse:
        length = request.headers.get("content-length") or "0"
        if length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "413.html", status=413)
        return get_response(request)

    return answered


def sent_by_a_form(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a body that is not a form's, and say so."""

    def answered(request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.content_type not in KINDS_OF_BODY:
            return render(request, "400.html", status=400)
        return get_response(request)

    return answered
