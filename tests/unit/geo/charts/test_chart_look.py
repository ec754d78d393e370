import pytest

from geo.charts import chart_look, control_chart, forest_chart, funnel_chart, line_charts


@pytest.mark.parametrize("value", [None, float("nan")])
def test_what_is_missing_is_not_known(value):
    assert chart_look.known(value) is None


@pytest.mark.parametrize(
    ("most", "ticks"),
    [(18, [0, 5, 10, 15]), (0.7, [0, 0.2, 0.4, 0.6]), (1200, [0, 500, 1000]), (2, [0, 0.5, 1, 1.5, 2])],
)
def test_ticks_are_round(most, ticks):
    assert chart_look.ticks(most, 4) == pytest.approx(ticks)


@pytest.mark.parametrize(
    "key",
    [
        control_chart.key(shaded=True, about=True, gaps=True, hollow=True),
        forest_chart.KEY,
        funnel_chart.KEY,
        line_charts.trend_key(about=True),
    ],
)
def test_each_sign_of_a_key_has_words_for_those_who_do_not_see_it(key):
    pieces = chart_look.key_in_words(key).split(" · ")
    for (_, words), piece in zip(key, pieces, strict=True):
        assert piece.endswith(words)
        assert piece != words


def test_a_key_in_words_begins_as_a_sentence_does_and_none_says_nothing():
    assert chart_look.key_in_words([("shade", "the chosen periods"), ("few", "fewer than 10")]) == (
        "Grey upright band: the chosen periods · buff band at the foot: fewer than 10"
    )
    assert chart_look.key_in_words([]) == ""
