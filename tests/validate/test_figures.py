"""Figures that are kept come back as they were, and those of before can be set beside what is measured now."""

from tests.validate import figures, tables
from tests.validate.figures import BEFORE, Figures
from tests.validate.told_rates import Rate


def test_what_is_written_is_read_again(tmp_path):
    told = {("months shuffled", "county", "cluster"): Rate(20, 3, 5)}
    kept = Figures("a trial", told, {("season only", "school", "step 3 months ago"): (12, 7)})
    figures.write(tmp_path / "figures.json", kept)
    assert figures.read(tmp_path / "figures.json") == kept


def test_every_figure_of_before_has_a_line_beside_it():
    before = figures.read(BEFORE)
    assert before.about
    lines = [*tables.rates(before.told, before.told), *tables.powers(before.power, before.power, {})]
    nulls = {key[0] for key in before.told} - {"as it is"}
    of_nulls = [key for key in before.told if key[0] in nulls]
    assert sum("searches)" in line for line in lines) == len(of_nulls) > 0
    assert sum("worlds)" in line for line in lines) == len(before.power) > 0


def test_a_rate_is_missed_only_where_chance_does_not_explain_it():
    assert not Rate(20, 6, 6).missed
    assert Rate(20, 7, 7).missed
    key = ("Poisson-thinned", "county", "consistent")
    assert tables.missed({key: Rate(20, 20, 20)}) == []  # lasting places are true there
    assert tables.missed({("areas shuffled", *key[1:]): Rate(20, 20, 20)}) != []
