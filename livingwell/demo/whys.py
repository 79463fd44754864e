"""The vision and values of the demo's places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from livingwell.demo.filling import FilledPlace, Filling


def write(filling: Filling, place: FilledPlace) -> None:
    """Write and adopt the place's why."""
