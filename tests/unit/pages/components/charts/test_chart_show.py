import pandas as pd

from geo.charts import control_chart
from geo.charts.control_layout import Phase
from pages.components.charts import chart_show, clock_cells, control_view


def test_words_of_a_key_are_escaped():
    assert "&lt;b&gt;" in chart_show.key_html([("dot", "<b>")])


def test_reasons_stand_below_the_chart_in_full():
    html = control_view.legend(control_chart.key(), [Phase(0, 1, "Usual range", "A long & <old> reason")])
    assert "A long &amp; &lt;old&gt; reason" in html


def test_what_a_clock_counts_stands_above_its_colours():
    cell = {"kind": "Term", "day": "Monday", "slot": "Morning", "value": 1.0, "told": "1", "weak": False}
    html = clock_cells.legend(pd.DataFrame([cell]), unit="Incidents a <day>")
    assert "Incidents a &lt;day&gt;" in html
    assert "up to 1<" in html
