"""Whether two names are the same to people who read them."""

from collections.abc import Iterable


def is_among(name: str, names: Iterable[str]) -> bool:
    """Return whether `names` hold this name; capital letters make no difference, in any alphabet.

    SQLite folds a to z alone, so that the database is not asked.
    """
    return name.strip().casefold() in {each.strip().casefold() for each in names}
