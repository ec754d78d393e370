"""Listing: what is asked for is what is summed, and no listing of a release discloses by what it leaves out."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from geo.calendar import months
from geo.counts.cube import DIMENSIONS
from geo.errors import InputError
from geo.harms import HARM_GROUPS
from geo.release.kinds import Open
from geo.views.listing import CountsRequest, list_counts, usual_or_chosen
from tests.unit.geo.release.making import AREAS, HARMS, KEYS, more, over, release, usual
from tests.unit.geo.samples import CATEGORIES, cube, squares

MONTHS = ("2021-01", "2021-02", "2021-03")
SQUARES = squares(4, msoa_code=["M1", "M1", "M2", "M2"], msoa_name=["West", "West", "East", "East"])
CUBE = cube(np.random.default_rng(1).integers(0, 3, (4, 3, 3)))
OPEN = Open(CUBE)
PROTECTED = release(usual(), on=over(8)).released
BYS = [by for length in (1, 2, 4) for by in permutations(DIMENSIONS, length)]


def plain():
    """Return the cells of the open counts, one a line, with every dimension."""
    area, month, category = np.indices(CUBE.n.shape).reshape(3, -1)
    return pd.DataFrame(
        {
            "area": np.array(CUBE.areas)[area],
            "msoa": np.array(["M1", "M1", "M2", "M2"])[area],
            "period": np.array(MONTHS)[month],
            "category": np.array(CATEGORIES)[category],
            "harm": np.array(CUBE.harm)[category],
            "n": CUBE.n.ravel(),
        }
    )


def sums(cells, by):
    """Sum with pandas as an open listing does."""
    return cells[cells["n"] > 0].groupby(list(by))["n"].sum().to_dict()


def told(table, by):
    keys = table[list(by)].itertuples(index=False, name=None)
    return {key[0] if len(by) == 1 else key: n for key, n in zip(keys, table["n"], strict=True)}


@pytest.mark.parametrize("by", BYS, ids=",".join)
def test_open_counts_are_listed_as_pandas_sums_them(by):
    table = list_counts(OPEN, SQUARES, CountsRequest(by))
    assert list(table.columns) == [*by, "n"]
    assert told(table, by) == sums(plain(), by)


FILTERS = [
    ({"areas": ("A0", "A2")}, lambda t: t["area"].isin(["A0", "A2"])),
    ({"first": "2021-02"}, lambda t: t["period"] >= "2021-02"),
    ({"last": "2021-02"}, lambda t: t["period"] <= "2021-02"),
    ({"first": "2021-02", "last": "2021-02"}, lambda t: t["period"] == "2021-02"),
    ({"harms": ("violence", "other")}, lambda t: t["harm"].isin(["violence", "other"])),
    ({"category": "Drugs"}, lambda t: t["category"] == "Drugs"),
    ({"areas": ("A3",), "harms": ("other",)}, lambda t: (t["area"] == "A3") & (t["harm"] == "other")),
]


@pytest.mark.parametrize(("asked", "kept"), FILTERS, ids=[" ".join(asked) for asked, _ in FILTERS])
def test_a_filter_on_open_counts_agrees_with_pandas(asked, kept):
    cells = plain()
    for by in (("area",), ("period", "category"), ("harm", "area")):
        assert told(list_counts(OPEN, SQUARES, CountsRequest(by, **asked)), by) == sums(cells[kept(cells)], by)


def test_areas_of_a_larger_level_are_named_by_its_codes():
    table = list_counts(OPEN, SQUARES, CountsRequest(("area",), level="msoa", areas=("M2",)))
    assert told(table, ("area",)) == {"M2": plain().query("msoa == 'M2'")["n"].sum()}


@pytest.mark.parametrize(
    ("counts", "areas", "code"), [(OPEN, SQUARES, "A1"), (PROTECTED, AREAS, "L1A")], ids=["open", "protected"]
)
def test_an_area_that_is_named_twice_is_counted_once(counts, areas, code):
    for by in (("area",), ("harm",), ("period",)):
        once = list_counts(counts, areas, CountsRequest(by, areas=(code,)))
        assert list_counts(counts, areas, CountsRequest(by, areas=(code, code))).equals(once)


@pytest.mark.parametrize("by", BYS, ids=",".join)
def test_every_combination_of_protected_counts_is_listed_in_order(by):
    table = list_counts(PROTECTED, AREAS, CountsRequest(by, level="msoa"))
    assert list(table.columns) == [*by, "n", "shown"]
    keys = list(table[list(by)].itertuples(index=False, name=None))
    assert keys == sorted(set(keys))
    sizes = {"area": 2, "period": 9, "category": 7, "harm": 7}
    expected = np.prod([sizes[name] for name in by]) // (7 if {"category", "harm"} <= set(by) else 1)
    assert len(keys) == expected


def test_all_seven_harm_groups_are_listed_whichever_occur():
    nothing_much = release(more(np.zeros_like(usual()), 100, harm=1)).released
    table = list_counts(nothing_much, AREAS, CountsRequest(("harm",)))
    assert sorted(table["harm"]) == sorted(HARMS)
    assert sorted(list_counts(nothing_much, AREAS, CountsRequest(("category",)))["category"]) == sorted(
        HARM_GROUPS.values()
    )


def test_a_sum_under_10_has_no_figure_and_looks_like_any_other():
    table = list_counts(PROTECTED, AREAS, CountsRequest(("area", "period", "harm")))
    few = table[table["n"].isna()]
    assert set(few["shown"]) == {"fewer than 10"}
    assert len(few) > 0
    rest = table.dropna()
    assert (rest["n"] >= 10).all()
    assert (rest["n"] % 5 == 0).all()
    assert rest["shown"].tolist() == [f"about {n:,}" for n in rest["n"]]


def test_protected_counts_start_at_zones_and_open_ones_at_areas():
    assert "L1A" in list_counts(PROTECTED, AREAS, CountsRequest(("area",)))["area"].tolist()
    assert list_counts(OPEN, SQUARES, CountsRequest(("area",)))["area"].tolist() == ["A0", "A1", "A2", "A3"]


def test_a_run_of_half_terms_is_from_the_first_to_the_last_named():
    table = list_counts(PROTECTED, AREAS, CountsRequest(("period",), first=KEYS[2], last=KEYS[7]))
    assert table["period"].tolist() == list(KEYS[2:8])


def test_a_category_of_a_release_is_one_of_its_harm_groups():
    by_label = list_counts(PROTECTED, AREAS, CountsRequest(("area",), category=HARM_GROUPS["asb"]))
    assert by_label.equals(list_counts(PROTECTED, AREAS, CountsRequest(("area",), harms=("asb",))))


BAD = [
    ({"by": ()}, "area, period, category, harm"),
    ({"by": ("place",)}, "area, period, category, harm"),
    ({"level": "lsoa"}, "zone, msoa, district"),
    ({"areas": ("L1A", "Nowhere")}, "the listing by area"),
    ({"first": "2019/20-1"}, "2023/24-1 to 2024/25-3"),
    ({"last": "2021-01"}, "2023/24-1 to 2024/25-3"),
    ({"first": KEYS[4], "last": KEYS[2]}, "turn them round"),
    ({"harms": ("theft",)}, "cse, cce, violence, peer, substances, asb, other"),
    ({"category": "Drugs"}, "the listing by category"),
]


@pytest.mark.parametrize(("asked", "remedy"), BAD, ids=str)
def test_what_there_is_none_of_is_refused_in_one_sentence_that_says_what_there_is(asked, remedy):
    with pytest.raises(InputError) as refused:
        list_counts(PROTECTED, AREAS, CountsRequest(**({"by": ("harm",)} | asked)))
    sentence = str(refused.value)
    assert remedy in sentence
    assert sentence.endswith(".")
    assert ". " not in sentence


@pytest.mark.parametrize("counts", [OPEN, PROTECTED], ids=["open", "protected"])
def test_what_lies_outside_is_refused_for_any_counts(counts):
    for asked in ({"level": "ward"}, {"areas": ("X",)}, {"first": "1999-01"}, {"harms": ("X",)}, {"category": "X"}):
        with pytest.raises(InputError):
            list_counts(counts, AREAS if counts is PROTECTED else SQUARES, CountsRequest(("period",), **asked))


def test_without_a_first_period_as_many_as_usual_up_to_the_last_are_chosen():
    there = tuple(months.between("2018-01", "2021-09"))
    assert usual_or_chosen(there, None, None, ()) == tuple(months.between("2020-09", "2021-08"))
    assert usual_or_chosen(there, None, "2021-09", ()) == tuple(months.between("2020-10", "2021-09"))
    assert usual_or_chosen(there, "2021-01", None, ()) == tuple(months.between("2021-01", "2021-09"))
    with pytest.raises(InputError, match="must be one that these counts cover"):
        usual_or_chosen(there, None, "2030-01", ())
