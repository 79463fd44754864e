"""Pages of the vision and values."""

from vision.views.adopting import adopt, look_again
from vision.views.reading import compare, history, version, why
from vision.views.voices import add_voice, take_back_own_voice, take_back_voice
from vision.views.writing import add_value, change_value, draft, move_value, remove_value, start, write

__all__ = [
    "add_value",
    "add_voice",
    "adopt",
    "change_value",
    "compare",
    "draft",
    "history",
    "look_again",
    "move_value",
    "remove_value",
    "start",
    "take_back_own_voice",
    "take_back_voice",
    "version",
    "why",
    "write",
]
