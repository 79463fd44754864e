"""What a place keeps of its why: versions of the vision, their values, and the voices behind them."""

from vision.models.values import Value
from vision.models.versions import Revisit, Vision
from vision.models.voices import VisionVoice, Voice, VoiceQuerySet
from vision.models.wording import Piece, compare, speaks_only_of_services

__all__ = [
    "Piece",
    "Revisit",
    "Value",
    "Vision",
    "VisionVoice",
    "Voice",
    "VoiceQuerySet",
    "compare",
    "speaks_only_of_services",
]
