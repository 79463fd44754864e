"""Pages of the vision and values."""

from vision.views.adopting import adopt, look_again
from vision.views.putting_away import put_away, take_up_again
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
    "put_away",
    "remove_value",
    "start",
    "take_back_own_voice",
    "take_back_voice",
    "take_up_again",
    "version",
    "why",
    "write",
]
