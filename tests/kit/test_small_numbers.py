"""Small numbers: what may be printed, and attacks on what was printed (R1 to R9, G27)."""

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pytest
from django.test import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.small_numbers import (
    NOT_SHOWN,
    NOT_YET,
    REPRESENTED,
    TOO_FEW_TO_SHOW,
    FrozenTable,
    Kind,
    Shown,
    Table,
    ThresholdTooLow,
    freeze,
    freeze_together,
    people,
    presence,
    share,
    share_of,
    things,
)
from kit.small_numbers.shown import counts_behind

SMALL = range(8)


class TestOneFigure:
    @pytest.mark.parametrize("count", SMALL)
    def test_r1_none_to_seven_people_all_read_the_same_zero_included(self, count):
        assert people(count).words == "fewer than 8"

    @pytest.mark.parametrize(
        ("count", "words"),
        [
            (8, "about 10"),
            (12, "about 10"),
            (13, "about 15"),
            (37, "about 35"),
            (38, "about 40"),
            (42, "about 40"),
        ],
    )
    def test_r1_eight_and_more_are_rounded_to_the_nearest_five(self, count, words):
        assert people(count).words == words

    def test_r1_a_table_cell_leaves_out_about_and_a_sentence_does_not(self):
        assert (people(41).cell, people(41).words, str(people(3))) == ("40", "about 40", "fewer than 8")

    def test_r8_a_shown_figure_carries_no_count(self):
        assert len({people(count) for count in SMALL}) == 1
        assert len({people(count) for count in range(38, 43)}) == 1
        assert people(3).number is None

    def test_nobody_counts_fewer_than_no_people(self):
        with pytest.raises(ValueError, match="never fewer"):
            people(-1)

    def test_r9_things_are_counted_exactly(self):
        assert (things(3).words, things(3).number) == ("3", 3)

    @given(st.integers(0, 500))
    def test_a_figure_is_kept_as_json_and_read_back(self, count):
        for figure in (people(count), things(count), NOT_SHOWN, TOO_FEW_TO_SHOW, REPRESENTED, NOT_YET):
            assert Shown.from_json(json.loads(json.dumps(figure.to_json()))) == figure


class TestTheThreshold:
    @override_settings(SMALL_NUMBER_THRESHOLD=10)
    def test_r1_can_be_raised(self):
        assert (people(9).words, people(10).words) == ("fewer than 10", "about 10")

    @override_settings(SMALL_NUMBER_THRESHOLD=7)
    def test_r1_is_never_lowered(self):
        with pytest.raises(ThresholdTooLow):
            people(40)

    def test_a_report_made_before_it_was_raised_reads_as_it_did(self):
        kept = people(3).to_json()
        with override_settings(SMALL_NUMBER_THRESHOLD=10):
            assert Shown.from_json(kept).words == "fewer than 8"

    @pytest.mark.parametrize("threshold", range(8, 31))
    def test_wherever_it_lies_no_figure_stands_for_fewer_than_three_counts(self, threshold):
        with override_settings(SMALL_NUMBER_THRESHOLD=threshold):
            behind = defaultdict(list)
            for count in range(100):
                behind[people(count)].append(count)
            for figure, counts in list(behind.items())[:-1]:
                assert len(counts) >= 3
                assert counts_behind(figure) == (counts[0], counts[-1])


class TestShares:
    def test_r2_are_made_from_rounded_figures_in_whole_numbers(self):
        assert share(58, 101).words == "60 in 100"
        assert share(17, 43).words == "33 in 100"  # 15 of 45, not 17 of 43

    def test_r2_need_a_base_of_twenty(self):
        assert share(10, 19) == TOO_FEW_TO_SHOW
        assert share(10, 20).words == "50 in 100"

    @pytest.mark.parametrize("part", [0, 7, 93, 100])
    def test_r2_r5_hide_the_few_and_hide_the_nearly_all(self, part):
        assert share(part, 100).words == "too few to show"

    @given(st.integers(0, 300), st.integers(0, 300))
    def test_r2_lie_between_nothing_and_all(self, part, more):
        assert 0 <= (share(part, part + more).number or 0) <= 100

    def test_a_part_is_never_more_than_its_base(self):
        with pytest.raises(ValueError, match="some of its base"):
            share(30, 20)

    def test_of_frozen_figures_never_bring_back_what_was_hidden(self):
        assert share_of(NOT_SHOWN, people(100)) == TOO_FEW_TO_SHOW
        assert share_of(people(3), people(100)) == TOO_FEW_TO_SHOW
        assert share_of(people(10), people(18)) == TOO_FEW_TO_SHOW
        assert share_of(people(40), people(100)).words == "40 in 100"


class TestPresence:
    ROOM: Mapping[str, int] = {"lived experience": 12, "carers": 1, "practitioners": 0}

    def test_r7_under_twenty_people_it_is_represented_or_not_yet(self):
        words = [figure.words for figure in presence(self.ROOM, of_people=19).values()]
        assert words == ["represented", "represented", "not represented yet"]

    def test_r7_from_twenty_people_on_it_is_rounded_totals(self):
        words = [figure.words for figure in presence(self.ROOM, of_people=20).values()]
        assert words == ["about 10", "fewer than 8", "fewer than 8"]

    def test_r3_a_small_total_cannot_be_inferred_from_everyone_having_at_least_one(self):
        room = {"lived experience": 17, "practitioners": 10, "carers": 7}
        shown = presence(room, of_people=34)  # 33 or more people, at most 17 + 12: at least 4 carers
        assert [figure.words for figure in shown.values()] == ["about 15", "not shown", "fewer than 8"]

    def test_r3_nothing_but_small_totals_in_a_large_group_is_not_shown_at_all(self):
        assert set(presence({"a": 7, "b": 7, "c": 7}, of_people=21).values()) == {NOT_SHOWN}


# The attacker: reads only what is printed, and tries every table there could be.

Line = tuple[tuple[int, ...], int, int]  # cells by number, and the least and most they add up to
FAR = 400


def as_read(figure: Shown, *, is_total: bool) -> tuple[int, int]:
    """Give the counts a figure may stand for, from its words alone."""
    match figure.words.split():
        case ["fewer", "than", threshold]:
            return 0, int(threshold) - 1
        case ["about", "10"]:
            return 8, 12
        case ["about", number]:
            return int(number) - 2, int(number) + 2
    return (0 if is_total else 8), FAR


def lines_of(table: FrozenTable) -> Iterator[Line]:
    wide = len(table.columns)
    numbers = range(len(table.rows) * wide)
    for row, figure in enumerate(table.row_totals):
        yield tuple(numbers[row * wide : (row + 1) * wide]), *as_read(figure, is_total=True)
    for column, figure in enumerate(table.column_totals):
        yield tuple(numbers[column::wide]), *as_read(figure, is_total=True)
    if table.total:
        yield tuple(numbers), *as_read(table.total, is_total=True)


def narrowed(cells: list[tuple[int, int]], lines: list[Line]) -> list[tuple[int, int]] | None:
    """Leave out values that some line rules out by itself; nothing if a cell has none left."""
    cells, changed = list(cells), True
    while changed:
        changed = False
        for numbers, least, most in lines:
            lowest, highest = sum(cells[n][0] for n in numbers), sum(cells[n][1] for n in numbers)
            for n in numbers:
                low, high = cells[n]
                tight = max(low, least - highest + high), min(high, most - lowest + low)
                if tight[0] > tight[1]:
                    return None
                if tight != cells[n]:
                    cells[n], changed = tight, True
                    lowest, highest = lowest + tight[0] - low, highest + tight[1] - high
    return cells


def some_table_fits(cells: list[tuple[int, int]], lines: list[Line]) -> bool:
    """Try every table within the ranges until one adds up. Complete; shares no code with what it attacks."""
    left = narrowed(cells, lines)
    if left is None:
        return False
    open_cells = [n for n, (low, high) in enumerate(left) if low < high]
    if not open_cells:
        return True
    number = min(open_cells, key=lambda n: left[n][1] - left[n][0])
    low, high = left[number]
    return any(
        some_table_fits([*left[:number], (value, value), *left[number + 1 :]], lines)
        for value in range(low, high + 1)
    )


def could_be(table: FrozenTable, numbers: tuple[int, ...], value: int, extra: Iterable[Line] = ()) -> bool:
    """Say whether the cells in `numbers` may add up to `value`, for all that the table tells."""
    figures = itertools.chain.from_iterable(table.cells)
    cells = [as_read(figure, is_total=False) for figure in figures]
    return some_table_fits(cells, [*lines_of(table), *extra, (numbers, value, value)])


def small_cells(frozen: FrozenTable) -> list[int]:
    figures = itertools.chain.from_iterable(frozen.cells)
    return [number for number, figure in enumerate(figures) if figure.kind is Kind.FEWER]


def small_totals(table: Table, frozen: FrozenTable) -> list[tuple[int, ...]]:
    counts = list(itertools.chain.from_iterable(table.counts))
    return [numbers for numbers, *_ in lines_of(frozen) if sum(counts[n] for n in numbers) < 8]


def only_rounded(table: Table) -> FrozenTable:
    """Print a table with the first rule alone, as a control: every count as `people` gives it."""
    by_row = tuple(tuple(map(people, row)) for row in table.counts)
    totals = tuple(people(sum(row)) for row in table.counts)
    downwards = tuple(people(sum(column)) for column in zip(*table.counts, strict=True))
    everyone = people(sum(map(sum, table.counts)))
    return FrozenTable(table.rows, table.columns, by_row, totals, downwards, everyone)


COUNTS = st.one_of(st.integers(0, 9), st.integers(5, 18), st.integers(0, 60))


@st.composite
def tables(draw, high: int | None = None, wide: int | None = None) -> Table:
    high, wide = high or draw(st.integers(1, 3)), wide or draw(st.integers(1, 4))
    counts = draw(st.lists(st.tuples(*[COUNTS] * wide), min_size=high, max_size=high))
    names = tuple("abc"[:high]), tuple("wxyz"[:wide])
    return Table(
        *names, tuple(counts), has_row_totals=draw(st.booleans()), has_column_totals=draw(st.booleans())
    )


class TestFreezing:
    def test_r1_hides_small_cells_and_rounds_the_others(self):
        frozen = freeze(Table.line({"north": 3, "east": 24, "south": 4, "west": 41}))
        assert [cell.words for cell in frozen.cells[0]] == [
            "fewer than 8",
            "about 25",
            "fewer than 8",
            "about 40",
        ]
        assert str(frozen.total) == "about 70"

    def test_r3_one_hidden_cell_takes_the_next_smallest_with_it(self):
        frozen = freeze(Table.line({"north": 3, "east": 24, "south": 12, "west": 41}))
        assert [cell.cell for cell in frozen.cells[0]] == ["fewer than 8", "25", "not shown", "40"]
        assert str(frozen.total) == "about 80"

    def test_r3_totals_are_rounded_on_their_own(self):
        frozen = freeze(Table.line({"north": 12, "east": 12, "south": 12}))
        assert [cell.number for cell in frozen.cells[0]] == [10, 10, 10]
        assert str(frozen.total) == "about 35"

    def test_r3_a_line_without_a_total_needs_no_second_hidden_cell(self):
        table = Table(
            ("a", "b"), ("x", "y"), ((3, 20), (30, 40)), has_row_totals=False, has_column_totals=False
        )
        frozen = freeze(table)
        assert [cell.cell for row in frozen.cells for cell in row] == ["fewer than 8", "20", "30", "40"]
        assert (frozen.row_totals, frozen.column_totals, frozen.total) == ((), (), None)

    def test_r5_that_all_gave_one_answer_cannot_be_read(self):
        frozen = freeze(Table.line({"yes": 40, "mostly": 0, "not any more": 0}))
        assert [cell.cell for cell in frozen.cells[0]] == ["not shown", "fewer than 8", "fewer than 8"]
        assert all(could_be(frozen, (1, 2), others) for others in range(15))

    def test_a_total_of_small_counts_alone_is_hidden_whatever_it_is(self):
        assert {freeze(Table.line({"x": x, "y": y})).total for x in SMALL for y in SMALL} == {NOT_SHOWN}

    def test_totals_go_together_when_cells_are_not_enough(self):
        frozen = freeze(Table(("a", "b"), ("x", "y"), ((7, 9), (9, 8))))
        assert {*frozen.row_totals, *frozen.column_totals, frozen.total} == {NOT_SHOWN}
        assert [cell.cell for row in frozen.cells for cell in row] == ["fewer than 8", "10", "10", "10"]

    def test_cells_that_are_public_already_stay_and_totals_give_way(self):
        table = Table.line({"Harbour City": 7, "Millvale": 8})
        frozen = freeze(table, cells_are_public=True)
        assert [cell.cell for cell in frozen.cells[0]] == ["fewer than 8", "10"]
        assert frozen.total == NOT_SHOWN

    def test_a_table_says_what_was_done_to_it(self):
        assert len(freeze(Table.line({"x": 20, "y": 30})).notes) == 1
        assert "so that nobody can work out" in freeze(Table.line({"x": 2, "y": 30})).notes[1]

    @given(tables())
    def test_a_frozen_table_is_kept_as_json_and_read_back(self, table):
        frozen = freeze(table)
        assert FrozenTable.from_json(json.loads(json.dumps(frozen.to_json()))) == frozen

    def test_a_table_has_a_count_for_each_row_and_column(self):
        with pytest.raises(ValueError, match="one count for each column"):
            Table(("a",), ("x", "y"), ((1,),))
        with pytest.raises(ValueError, match="never fewer"):
            Table.line({"x": -1})


class TestAttacks:
    @settings(max_examples=200, deadline=None)
    @given(tables())
    def test_g27_each_small_cell_may_still_be_anything_from_0_to_7(self, table):
        frozen = freeze(table)
        for number, value in itertools.product(small_cells(frozen), SMALL):
            assert could_be(frozen, (number,), value)

    @settings(max_examples=100, deadline=None)
    @given(tables())
    def test_g27_each_small_total_may_still_be_anything_from_0_to_7(self, table):
        frozen = freeze(table)
        for numbers, value in itertools.product(small_totals(table, frozen), SMALL):
            assert could_be(frozen, numbers, value)

    @settings(max_examples=100, deadline=None)
    @given(tables())
    def test_g27_holds_too_where_cells_were_public_already(self, table):
        frozen = freeze(table, cells_are_public=True)
        for number, value in itertools.product(small_cells(frozen), SMALL):
            assert could_be(frozen, (number,), value)

    @settings(max_examples=100, deadline=None)
    @given(tables())
    def test_what_is_printed_is_true(self, table):
        frozen = freeze(table)
        cells = [(count, count) for row in table.counts for count in row]
        assert some_table_fits(cells, list(lines_of(frozen)))

    @pytest.mark.parametrize(
        ("counts", "learnt"), [(((7, 7),), {6, 7}), (((0, 8),), {0, 1, 2, 3, 4}), (((7, 9), (9, 8)), {7})]
    )
    def test_control_the_attack_does_find_what_rounding_alone_gives_away(self, counts, learnt):
        table = Table(tuple("ab"[: len(counts)]), ("x", "y"), counts)
        found = {value for value in SMALL if could_be(only_rounded(table), (0,), value)}
        assert found == learnt
        assert {value for value in SMALL if could_be(freeze(table), (0,), value)} == set(SMALL)

    @pytest.mark.parametrize(("shape", "top", "least"), [((1, 2), 40, 5), ((1, 3), 22, 2), ((2, 2), 11, 8)])
    def test_g27_even_running_this_code_backwards_nobody_gets_down_to_one_count(self, shape, top, least):
        """Freezes every table with counts up to `top`, and asks which of them look the same once frozen."""
        came_from = defaultdict(list)
        for counts in itertools.product(range(top + 1), repeat=shape[0] * shape[1]):
            rows = tuple(counts[start : start + shape[1]] for start in range(0, len(counts), shape[1]))
            came_from[freeze(Table(tuple("ab"[: shape[0]]), tuple("xyz"[: shape[1]]), rows))].append(counts)
        whole = {frozen: all_ for frozen, all_ in came_from.items() if max(map(max, all_)) < top}
        left = [
            len({counts[number] for counts in all_})
            for frozen, all_ in whole.items()
            for number in small_cells(frozen)
        ]
        assert min(left) == least > 1


@st.composite
def same_people(draw) -> list[Table]:
    """Draw people who each have one of three ages and one of two neighbourhoods."""
    joint = draw(st.lists(st.tuples(COUNTS, COUNTS), min_size=3, max_size=3))
    ages = [sum(pair) for pair in joint]
    places = [sum(place) for place in zip(*joint, strict=True)]
    return [Table.line(dict(zip("abc", ages, strict=True))), Table.line(dict(zip("xy", places, strict=True)))]


@cache
def totals_that_fit(table: FrozenTable, most: int) -> frozenset[int]:
    everyone = tuple(range(len(table.columns)))
    return frozenset(total for total in range(most) if could_be(table, everyone, total))


class TestSeveralTables:
    def test_a_total_hidden_in_one_is_hidden_in_all(self):
        two = freeze_together([Table.line({"a": 7, "b": 7}), Table.line({"x": 14, "y": 0})])
        assert {table.total for table in two} == {NOT_SHOWN}

    def test_a_table_that_would_tell_on_another_is_not_shown(self):
        small, telling = freeze_together([Table.line({"a": 7, "b": 7}), Table.line({"x": 14})])
        assert NOT_SHOWN in {small.cells[0][0], telling.cells[0][0]}

    def test_tables_that_tell_nothing_on_each_other_are_shown_as_they_would_be_alone(self):
        pair = [Table.line({"a": 30, "b": 50}), Table.line({"x": 38, "y": 42})]
        assert freeze_together(pair) == [freeze(table) for table in pair]

    def test_they_must_count_the_same_people(self):
        with pytest.raises(ValueError, match="same people"):
            freeze_together([Table.line({"a": 30}), Table.line({"x": 31})])

    @settings(max_examples=60, deadline=None)
    @given(same_people())
    def test_g27_read_together_they_still_say_no_more_than_fewer_than_8(self, pair):
        most = 2 * pair[0].count((-1, -1)) + 40
        frozen = freeze_together(pair)
        for this, other in (frozen, frozen[::-1]):
            known = totals_that_fit(other, most)
            everyone = tuple(range(len(this.columns)))
            for number, value in itertools.product(small_cells(this), SMALL):
                within = (everyone, min(known), max(known))
                assert could_be(this, (number,), value, extra=[within])


class TestTwoEditions:
    @settings(max_examples=40, deadline=None)
    @given(tables(high=2, wide=3), st.integers(0, 1), st.integers(0, 2))
    def test_g27_the_next_period_is_frozen_on_its_own_and_keeps_the_promise(self, table, row, column):
        one_more = [list(counts) for counts in table.counts]
        one_more[row][column] += 1
        later = Table(table.rows, table.columns, tuple(map(tuple, one_more)))
        for frozen in (freeze(table), freeze(later)):
            for number, value in itertools.product(small_cells(frozen), SMALL):
                assert could_be(frozen, (number,), value)

    def test_what_is_not_protected_someone_who_knows_that_one_person_left_sees_the_edge(self):
        """An honest limit, written down in the package: the edge of a band shows when all else is known."""
        assert (people(8).words, people(7).words) == ("about 10", "fewer than 8")
