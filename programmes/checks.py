"""Refuses to start with a route that nobody guards."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Walk every route: its whole name (`app:view`) and its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from routes(entry, inner)
        else:
            yield f"{prefix}{entry.name}", entry


def is_guarded(name: str, pattern: URLPattern) -> bool:
    """Whether the route is a page of ours with a guard, or one of a library's, listed with its reason."""
    return hasattr(pattern.callback, "guard") or foreign_reason(name) is not None


def foreign_reason(name: str) -> str | None:
    """Return why a library's route stands in `settings.ROUTES_OF_LIBRARIES`; None when it does not."""
    table: dict[str, str] = settings.ROUTES_OF_LIBRARIES
    return next((why for start, why in table.items() if name.startswith(start)), None)


@register()
def every_route_is_guarded(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report each route that is neither `@page`, `@yours` nor `@public`, and no library's."""
    return [
        Error(
            f"Nobody guards the route {name!r}.",
            hint="Put @page, @yours or @public(because=…) on its view.",
            id="livingwell.E001",
        )
        for name, pattern in routes()
        if not is_guarded(name, pattern)
    ]
