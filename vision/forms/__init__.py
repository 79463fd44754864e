"""The forms of the why: is this input sensible? None of them saves."""

from vision.forms.adopting import Adopt, LookAgain
from vision.forms.reading import PutAway
from vision.forms.voices import AddVoice, TakeBackVoice
from vision.forms.writing import (
    MoveValue,
    RemoveValue,
    SayValue,
    StartFirst,
    StartNext,
    WriteFirst,
    WriteNext,
)

__all__ = [
    "AddVoice",
    "Adopt",
    "LookAgain",
    "MoveValue",
    "PutAway",
    "RemoveValue",
    "SayValue",
    "StartFirst",
    "StartNext",
    "TakeBackVoice",
    "WriteFirst",
    "WriteNext",
]
