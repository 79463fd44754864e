"""Charts as our own SVG: one specification gives the picture, the table and the file, in page and PDF alike.

A specification (`Journey`, `Bars`) is frozen and already holds nothing but what may be shown: figures are
`Shown`, so a count of people cannot reach a chart unless `kit.small_numbers` has passed it. `draw` makes a
`Chart` of it:

* `chart.svg`: for the page and, the same bytes, for the PDF. Only presentation attributes and flat fills:
  no style, no script, no class, so that the strictest content policy holds and every renderer draws it
  alike. Its first child is a title that states the finding; that sentence is what a screen reader says and
  what the caption repeats.
* `chart.head` and `chart.rows`: the same facts as a table, for under the picture.
* `chart.csv()`: the same table as a file, safe to open in a spreadsheet.

Charts are drawn for a white ground, 642 units wide (170 mm at full size, the measure of a report); in dark
mode the page keeps a white card behind them. Nothing is told by colour alone: every state has its shape,
its pattern and its word. Rules: README ruling 18; contrast of all text is at least 4.5 to 1 and is computed
when drawing.
"""

from kit.charts.bars import Bar, Bars
from kit.charts.chart import Chart
from kit.charts.journey import Journey, Stage
from kit.charts.marks import State
from kit.charts.quarters import Quarter

__all__ = ["Bar", "Bars", "Chart", "Journey", "Quarter", "Stage", "State", "draw"]

ChartSpec = Journey | Bars


def draw(spec: ChartSpec) -> Chart:
    """Make the chart that a specification describes; the same specification gives the same bytes."""
    return spec.chart()
