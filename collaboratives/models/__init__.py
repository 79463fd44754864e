"""What the Collaborative keeps: its gatherings, who was in the room, and what was said there."""

from collaboratives.models.gatherings import Gathering, PerspectiveTotal
from collaboratives.models.room import Room, room_of
from collaboratives.models.said import (
    ANSWERED,
    Agreement,
    Ask,
    AskQuerySet,
    Dissent,
    DissentAnswer,
    NeverTakenAway,
)

__all__ = [
    "ANSWERED",
    "Agreement",
    "Ask",
    "AskQuerySet",
    "Dissent",
    "DissentAnswer",
    "Gathering",
    "NeverTakenAway",
    "PerspectiveTotal",
    "Room",
    "room_of",
]
