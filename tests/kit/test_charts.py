"""Charts: the same facts as picture, table and file, for every reader and every renderer (ruling 18)."""

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.charts import Bar, Bars, Chart, Journey, Quarter, Stage, State, draw
from kit.charts.drawing import WIDE, text
from kit.charts.lettering import Weight, fitting, width, wrap
from kit.charts.palette import ENOUGH_FOR_TEXT, MARIGOLD, WHITE, Unreadable, contrast
from kit.small_numbers import people, things
from tests.kit import samples

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
SPECS: dict[str, Journey | Bars] = {
    "journey": samples.journey(),
    "gatherings": samples.gatherings(),
    "people": samples.taking_part(),
}
every_chart = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)


def parsed(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)  # noqa: S314 - our own drawing


def texts(chart: Chart) -> list[str]:
    return [element.text or "" for element in parsed(chart).iter(f"{SVG}text")]


def named(words: str) -> Chart:
    """Draw a chart in which somebody's words stand wherever words can."""
    return draw(Journey("a", words, words, samples.quarters(1), (Stage(1, words, (State.GROWING,)),)))


class TestWhatItIs:
    @pytest.mark.parametrize("name", SPECS)
    def test_each_chart_is_drawn_as_it_was_when_people_last_looked_at_it(self, name):
        """Run with LOOKED_AT=1 to keep a new drawing, and look at it."""
        kept = GOLDEN / f"{name}.svg"
        drawn = draw(SPECS[name]).svg + "\n"
        if os.environ.get("LOOKED_AT"):
            kept.write_text(drawn)
        assert drawn == kept.read_text()

    @every_chart
    def test_drawing_twice_gives_the_same_bytes(self, spec):
        assert draw(spec) == draw(spec)

    @every_chart
    def test_its_title_comes_first_and_says_the_finding(self, spec):
        svg = parsed(draw(spec))
        title = svg[0]
        assert (title.tag, title.text) == (f"{SVG}title", spec.finding)
        assert (svg.get("role"), svg.get("aria-labelledby")) == ("img", title.get("id"))

    @every_chart
    def test_its_only_id_begins_with_its_own_so_that_many_fit_on_a_page(self, spec):
        ids = [element.get("id") for element in parsed(draw(spec)).iter() if element.get("id")]
        assert ids == [f"{spec.id}-title"]

    @pytest.mark.parametrize("name", ["", "Upper", "with space", 'quote"', "1st", "a/b"])
    def test_its_id_can_stand_in_an_address_and_in_a_page(self, name):
        with pytest.raises(ValueError, match="cannot name a chart"):
            draw(Bars(name, "t", "f", "m", (Bar(Quarter(2026, 1), things(1)),)))

    @every_chart
    def test_it_has_nothing_but_presentation_attributes(self, spec):
        for forbidden in ("style", "class", "var(", "url(", "script", "href", "currentColor"):
            assert forbidden not in draw(spec).svg


class TestTheTable:
    def test_says_how_each_stage_stands_since_when_and_how_it_came_there(self):
        assert draw(samples.journey()).rows[0] == (
            "1 Come together",
            "Coming back to it",
            "May 2026",
            "Growing, Jan to Sep 2024; Well rooted, Oct 2024 to Mar 2026",
        )
        assert draw(samples.journey()).rows[7] == ("8 Governance", "Comes last", "\N{EN DASH}", "\N{EN DASH}")
        assert draw(samples.journey()).rows[1] == (
            "2 Listen",
            "Well rooted",
            "April 2025",
            "Not begun, Jan to Mar 2024; Not said yet, Apr to Sep 2024; Growing, Oct 2024 to Mar 2025",
        )

    def test_says_each_figure_as_it_may_be_shown(self):
        chart = draw(samples.taking_part())
        assert chart.head == ("Quarter", "How many")
        assert [row[1] for row in chart.rows] == ["fewer than 8", "10", "20", "not shown", "30", "40", "45"]

    def test_r8_no_reader_of_picture_table_or_file_can_tell_one_small_count_from_another(self):
        drawn = [draw(samples.bars((people(count), people(40)))) for count in range(8)]
        assert len({(chart.svg, chart.rows, chart.csv()) for chart in drawn}) == 1

    def test_a_journey_needs_the_same_quarters_for_every_stage(self):
        stages = (samples.stage(1, "Come together", "gg"), samples.stage(2, "Listen", "g"))
        with pytest.raises(ValueError, match="same quarters"):
            Journey("a", "t", "f", samples.quarters(2), stages)
        with pytest.raises(ValueError, match="none not shown"):
            Journey("a", "t", "f", samples.quarters(1), stages[:1])


class TestTheFile:
    def test_holds_the_table(self):
        chart = draw(samples.gatherings())
        assert chart.file_name == "millvale-gatherings.csv"
        rows = list(csv.reader(io.StringIO(chart.csv().decode("utf-8-sig"))))
        assert rows == [list(chart.head), *map(list, chart.rows)]

    @pytest.mark.parametrize(
        "words",
        ["=1+1", "+44 1632", "-2", "@cmd", "\t=1", "\r=1", "  =1", "\uff1d1", '=HYPERLINK("http://x")'],
    )
    def test_words_that_a_spreadsheet_would_run_become_words(self, words):
        chart = Chart("a", "t", "f", (words,), ((words,),), "")
        for row in csv.reader(io.StringIO(chart.csv().decode("utf-8-sig"), newline="")):
            assert row[0].startswith("'")

    def test_other_words_stay_as_they_are(self):
        chart = Chart("a", "t", "f", ("fewer than 8",), (("Łukasz, \N{EN DASH} 50% = half",),), "")
        assert chart.csv().decode("utf-8-sig").splitlines() == [
            '"fewer than 8"',
            '"Łukasz, \N{EN DASH} 50% = half"',
        ]


class TestWords:
    @pytest.mark.parametrize(
        "words",
        [
            "<script>alert(1)</script>",
            '"><image href="x"/>',
            "Tom & Jerry's",
            "]]>",
            "&amp;",
            "🌱 Grøn",
            "عمان",
        ],
    )
    def test_whatever_people_write_is_text_and_nothing_else(self, words):
        chart = named(words)
        assert words in texts(chart)
        assert {element.tag for element in parsed(chart).iter()} == {
            element.tag for element in parsed(named("plain")).iter()
        }

    @pytest.mark.parametrize(
        "mark", ["\x00", "\x0b", "\x1b", "\ud800", "\uffff", "\u202e", "\u2066", "\u202a"]
    )
    def test_what_xml_cannot_hold_and_what_turns_text_round_is_left_out(self, mark):
        assert "abcd" in texts(named(f"ab{mark}cd"))

    @given(st.text(max_size=40))
    def test_any_words_give_a_well_formed_picture(self, words):
        assert parsed(named(words)).tag == f"{SVG}svg"

    def test_are_measured_from_the_font_itself(self):
        assert width("iii", 12) < width("mmm", 12) < width("mmm", 12, Weight.SEMIBOLD)
        assert width("2026", 12) == width("1111", 12)
        assert width("a\u200fb", 12) == width("ab", 12)
        assert width("漢", 12) > width("m", 12)

    def test_are_broken_into_lines_that_fit(self):
        assert wrap("fewer than 8", 12, 42) == ["fewer", "than 8"]
        assert wrap("", 12, 42) == []
        assert fitting(("Coming back to it", "Coming back"), 12, 70) == "Coming back"
        assert fitting(("Coming back to it",), 12, 20) == ""


class TestEverybodyCanReadIt:
    @every_chart
    def test_all_text_stands_out_from_what_is_behind_it(self, spec):
        for colour, behind in _texts_on_grounds(parsed(draw(spec))):
            assert contrast(colour, behind) >= ENOUGH_FOR_TEXT

    def test_text_that_would_not_is_never_drawn(self):
        with pytest.raises(Unreadable):
            text("hello", 0, 0, fill=MARIGOLD)
        assert contrast("#000000", WHITE) == pytest.approx(21)
        assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)

    @every_chart
    def test_no_text_is_smaller_than_eight_and_a_half_points(self, spec):
        assert (
            min(float(element.get("font-size", 0)) for element in parsed(draw(spec)).iter(f"{SVG}text"))
            >= 11.33
        )

    @every_chart
    def test_nothing_is_drawn_outside_the_picture(self, spec):
        for element in parsed(draw(spec)).iter(f"{SVG}text"):
            start, end = _reach(element)
            assert -0.5 <= start < end <= WIDE + 0.5

    def test_each_state_has_a_shape_and_a_word_besides_its_colour(self):
        legend = draw(samples.journey())
        assert [state.value for state in State] == [word for word in texts(legend) if word in set(State)][-6:]
        drawings = {
            draw(Journey("a", "t", "f", samples.quarters(1), (Stage(1, "x", (state,)),))).svg.split(
                "</text>"
            )[4]
            for state in State
        }
        assert len({_without_colours(drawing) for drawing in drawings}) == len(State)

    def test_a_figure_that_is_hidden_is_hatched_and_says_so(self):
        assert {"fewer than 8", "not shown"} <= set(texts(draw(samples.taking_part())))


def _texts_on_grounds(svg: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Give the colour of each text with that of the last box drawn below its first letter."""
    boxes: list[tuple[float, float, float, float, str]] = [(0, 0, WIDE, 9999, WHITE)]
    for element in svg.iter():
        if element.tag == f"{SVG}rect" and element.get("fill") != "none":
            x, y, wide, high = (float(element.get(key, 0)) for key in ("x", "y", "width", "height"))
            boxes.append((x, y, x + wide, y + high, element.get("fill", "")))
        if element.tag == f"{SVG}text":
            x, y = _reach(element)[0] + 1, float(element.get("y", 0)) - 4
            yield (
                element.get("fill", ""),
                [box for box in boxes if box[0] <= x <= box[2] and box[1] <= y <= box[3]][-1][4],
            )


def _reach(element: ElementTree.Element) -> tuple[float, float]:
    weight = Weight.SEMIBOLD if element.get("font-weight") == "600" else Weight.REGULAR
    wide = width(element.text or "", float(element.get("font-size", 0)), weight) / 1.03
    start = (
        float(element.get("x", 0))
        - {"start": 0, "middle": wide / 2, "end": wide}[element.get("text-anchor", "start")]
    )
    return start, start + wide


def _without_colours(drawing: str) -> str:
    return "#".join(part[6:] for part in drawing.split("#"))
