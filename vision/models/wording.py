"""Looking at words: what changed between two versions, and whom a vision speaks of."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

OF_SERVICES = re.compile(
    r"\b(patients?|diagnos\w+|services?|clients?|clinic\w*|treatments?|referrals?|symptoms?)\b",
    re.I,
)
OF_EVERYONE = re.compile(
    r"\b(people|person|everyone|everybody|anyone|anybody|all of us|neighbou?rs?|citizens?|communit\w+|"
    r"famil\w+|friends?|each other|who lives? here)\b",
    re.I,
)
"""“We” and “our” are not among them: “our patients” is how services speak."""

IN_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A run of words: in both versions, only in the one that was, or only in the one now."""

    text: str
    was: bool = True
    now: bool = True


def compare(was: str, now: str) -> list[Piece]:
    """Return the words of both versions as runs, in reading order; changes side by side become one.

    The runs with `was`, joined, are the old text; those with `now`, joined, are the new one.
    """
    old, new = IN_WORDS.findall(was), IN_WORDS.findall(now)
    pieces: list[Piece] = []
    gone = come = ""
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = "".join(old[i1:i2]), "".join(new[j1:j2])
        if kind != "equal" or (left.isspace() and (gone or come)):
            gone, come = gone + left, come + right
        else:
            pieces += [*_changed(gone, come), Piece(left)]
            gone = come = ""
    return [*pieces, *_changed(gone, come)]


def _changed(gone: str, come: str) -> list[Piece]:
    space = gone[len(gone.rstrip()) :]
    kept = space if come.endswith(space) else ""
    gone, come = gone.removesuffix(kept), come.removesuffix(kept)
    pieces = [Piece(gone, now=False), Piece(come, was=False), Piece(kept)]
    return [piece for piece in pieces if piece.text]


def speaks_only_of_services(text: str) -> bool:
    """Say whether a text names patients, diagnoses or services and nobody else who lives here (V7)."""
    return bool(OF_SERVICES.search(text)) and not OF_EVERYONE.search(text)
