"""Charts of an invented place, as they stand in its report: the tests of charts and of PDFs draw these."""

from kit.charts import Bar, Bars, Journey, Quarter, Stage, State
from kit.small_numbers import NOT_SHOWN, Shown, people, things

LETTERS = {"n": State.NOT_BEGUN, "g": State.GROWING, "w": State.WELL_ROOTED, "c": State.COMING_BACK}
LETTERS |= {"s": State.NOT_SAID, "l": State.COMES_LAST}


def quarters(count: int) -> tuple[Quarter, ...]:
    found = [Quarter(2024, 1)]
    while len(found) < count:
        found.append(found[-1].next)
    return tuple(found)


def stage(number: int, name: str, letters: str, since: str = "") -> Stage:
    return Stage(number, name, tuple(LETTERS[letter] for letter in letters), since)


def journey() -> Journey:
    return Journey(
        id="millvale-journey",
        title="Where Millvale & Dene is on its journey",
        finding="Three of the eight stages are well rooted, three are growing, one is being come back to, "
        "and governance comes last.",
        quarters=quarters(12),
        stages=(
            stage(1, "Come together", "gggwwwwwwcc", "May 2026"),
            stage(2, "Listen", "nssggwwwwww", "April 2025"),
            stage(3, "Our why", "nngggwwwwww"),
            stage(4, "Design", "nnnngggwwww"),
            stage(5, "Prototype", "nnnnnnggggg"),
            stage(6, "Teams", "nnnnnnnnggg"),
            stage(7, "Practice", "nnnnnnnnnng"),
            stage(8, "Governance", "lllllllllll"),
        ),
    )


def bars(figures: tuple[Shown, ...], *, id: str = "millvale-gatherings", finding: str = "It grew.") -> Bars:  # noqa: A002
    drawn = tuple(
        Bar(quarter, figure) for quarter, figure in zip(quarters(len(figures)), figures, strict=True)
    )
    return Bars(id=id, title="How often we met", finding=finding, measure="How many", bars=drawn)


def gatherings() -> Bars:
    return bars(
        tuple(map(things, (1, 2, 3, 3, 4, 4, 2, 5, 6, 5, 7))),
        finding="The Collaborative met seven times from July to September 2026, more often than ever before.",
    )


def taking_part() -> Bars:
    figures = (people(3), people(9), people(18), NOT_SHOWN, people(31), people(40), people(44))
    return bars(figures, id="millvale-people", finding="About 45 people now take part.")
