"""Every count of people that leaves its group is made safe to print here, and nowhere else (G27).

What is promised, in one sentence: **"fewer than 8" is all that anyone can learn.** A count from 0 to 7 is
shown as "fewer than 8", and nothing else in the snapshot, however it is added and subtracted, says more
about it.

How to use it:

* one figure: `people(n)`, `share(part, base)`, `presence(totals, of_people=n)`; counts of things, not
  people (R9): `things(n)`;
* a table that people add up in: `freeze(Table(...))`; all the tables of one snapshot that count the same
  people: `freeze_together([...])`. Store what comes back (`to_json`) and throw the counts away.

The rules (domain 4.5) and where each is kept:

* R1  0 to 7 people read "fewer than 8", zero included; more are rounded to the nearest 5 (`shown.people`).
  The threshold is a setting that can be raised and never lowered.
* R2  a share is made from rounded figures, in whole numbers, on a base of 20 or more; it is not shown
  either when the people it counts, or the people it leaves out, are fewer than 8 (`shown.share`).
* R3  where exactly one part of a published total is hidden, the next smallest is hidden too; then a solver
  hides more cells; where that is not enough, all totals of the table (`freezing`). Totals are rounded on
  their own, never summed from rounded parts.
* R4  there are no filters here: a table is frozen whole, once for each period.
* R5  everyone-the-same is disclosure too. It follows from the promise: as up to seven people may always
  have given each other answer, nobody can read from a table that all gave one.
* R7  a group under 20 people shows perspectives as "represented" or "not yet" (`shown.presence`).
* R8  a `Shown` carries no count, so a chart, a file or a page made from it cannot leak one.

**What is guaranteed exactly**, and to whom. The reader we defend against sees every cell and total of all
the tables that were frozen together, knows that counts are whole numbers from 0 upwards, knows that rows
and columns add up, and knows what each wording means:

* "fewer than 8": 0 to 7; "about 40": 38 to 42 ("about 10": 8 to 12); "not shown" in a cell: 8 or more; "not
  shown" as a total: nothing at all.

For that reader each of the eight values 0 to 7 stays possible for every cell that reads "fewer than 8".
This is exact, not an estimate: a two-way table with its totals is a network in which a cell is an arc, so
what a cell may hold is a run of whole numbers whose ends a flow finds (`network`). The tests attack small
tables by trying every table there could be.

A reader who also runs this code backwards (which tables would have been frozen into this one?) has a little
more, because what else was hidden depends on the counts. The tests try all tables of two by two, and of a
line of two and of three: such a reader never gets down to one value, and in tables of two by two still has
all eight.

**Two editions** (one period and the next) hold different counts, frozen each on its own: put side by side
they say no more about either than each says alone, as long as nothing is known about who came and went.
What is *not* hidden: someone who knows for certain that exactly one person left, and sees "about 10" turn
into "fewer than 8", knows that eight became seven. Rounding cannot prevent it; publishing rarely, at fixed
times, is what keeps such a person from knowing. For the same reason nothing is reissued for one late row
(R4), running totals are not published beside the figures of each period, and the tables of a snapshot do
not change between its editions.

A programme's table has its places as rows. Where each place has already shown its own figure, say so
(`cells_are_public=True`): then only totals can still be hidden, and they are.
"""

from kit.small_numbers.freezing import freeze, freeze_together
from kit.small_numbers.shown import (
    NOT_SHOWN,
    NOT_YET,
    REPRESENTED,
    SMALLEST_THRESHOLD,
    TOO_FEW_TO_SHOW,
    Kind,
    Shown,
    ThresholdTooLow,
    people,
    presence,
    share,
    share_of,
    things,
    threshold,
)
from kit.small_numbers.tables import FrozenTable, Table

__all__ = [
    "NOT_SHOWN",
    "NOT_YET",
    "REPRESENTED",
    "SMALLEST_THRESHOLD",
    "TOO_FEW_TO_SHOW",
    "FrozenTable",
    "Kind",
    "Shown",
    "Table",
    "ThresholdTooLow",
    "freeze",
    "freeze_together",
    "people",
    "presence",
    "share",
    "share_of",
    "things",
    "threshold",
]
