"""What people do with their why: write the next version, ground it in voices, and adopt it together."""

from vision.actions.adopting import STANDS_NO_MORE, CannotAdopt, CannotLook, adopt, last_look, look_again
from vision.actions.putting_away import put_away, take_up_again
from vision.actions.values import add_value, change_value, move_value, remove_value
from vision.actions.voices import CannotAdd, add_voice, take_back_voice, voices_added_by
from vision.actions.writing import PUT_AWAY, READ_AGAIN, STAYS, CannotWrite, start_draft, write_draft

__all__ = [
    "PUT_AWAY",
    "READ_AGAIN",
    "STANDS_NO_MORE",
    "STAYS",
    "CannotAdd",
    "CannotAdopt",
    "CannotLook",
    "CannotWrite",
    "add_value",
    "add_voice",
    "adopt",
    "change_value",
    "last_look",
    "look_again",
    "move_value",
    "put_away",
    "remove_value",
    "start_draft",
    "take_back_voice",
    "take_up_again",
    "voices_added_by",
    "write_draft",
]
