"""Laws of findings: nearer is never less useful, order is kept, and words follow the figures that they are about."""

import re

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.findings.finding import Finding, FindingKind
from geo.findings.finding_sentences import chance, describe
from geo.findings.landmarks import POINTS_OF_COMPASS, say_distance
from geo.findings.ranking import ranked, usefulness
from geo.harms import HARM_GROUPS
from geo.statistics.emerging import Pattern
from geo.statistics.overdispersion import dispersion_of_counts
from geo.views.reference_names import Reference
from tests.unit.geo.findings.making import finding

NEAR = Reference("elsewhere within 5 km", "all areas within 5 km")
TOLD = (Pattern.NEW, Pattern.CONSECUTIVE, Pattern.INTENSIFYING, Pattern.PERSISTENT, Pattern.HISTORICAL)
METRES = st.floats(0, 50_000)
RATIOS = st.one_of(st.floats(0, 50), st.just(float("inf")))


@st.composite
def findings(draw) -> Finding:
    kind = draw(st.sampled_from(list(FindingKind)))
    harms = tuple(draw(st.lists(st.sampled_from(list(HARM_GROUPS)), min_size=1, max_size=3, unique=True)))
    pattern = draw(st.sampled_from(TOLD)) if kind is FindingKind.PATTERN else Pattern.NONE
    return finding(kind, harms=harms, pattern=pattern, ratio=draw(RATIOS))


@given(findings(), METRES, METRES)
def test_nearer_is_never_less_useful(one, near, far):
    near, far = sorted((near, far))
    assert usefulness(one, near) >= usefulness(one, far) >= 0


@given(findings(), st.floats(1, 50), st.floats(1, 50), METRES)
def test_a_stronger_rise_is_never_less_useful(one, less, more, away):
    less, more = sorted((less, more))
    weak, strong = (finding(one.kind, harms=one.harms, pattern=one.pattern, ratio=ratio) for ratio in (less, more))
    assert usefulness(strong, away) >= usefulness(weak, away)


@given(st.lists(st.tuples(findings(), METRES), max_size=8))
def test_ranking_orders_all_of_them_and_keeps_the_order_of_equals(some):
    found, metres = [one for one, _ in some], [away for _, away in some]
    order = ranked(found, metres)
    assert sorted(order) == list(range(len(some)))
    scores = [usefulness(found[at], metres[at]) for at in order]
    for (first, score), (second, next_score) in zip(
        zip(order, scores, strict=True), list(zip(order, scores, strict=True))[1:], strict=False
    ):
        assert score > next_score or (score == next_score and first < second)


@given(st.lists(st.tuples(findings(), METRES), max_size=8), st.randoms())
def test_ranking_by_score_does_not_depend_on_the_order_given(some, random):
    mixed = random.sample(some, len(some))

    def scores(given_):
        found, metres = [one for one, _ in given_], [away for _, away in given_]
        return [usefulness(found[at], metres[at]) for at in ranked(found, metres)]

    assert scores(some) == scores(mixed)


@given(st.floats(-20_000, 20_000), st.floats(-20_000, 20_000))
def test_a_direction_turns_round_when_looked_back_from(east, north):
    here, there = np.zeros(2), np.array([east, north])
    assume(np.hypot(east, north) >= 150)
    one, back = (say_distance(*pair).rsplit(" ", 1) for pair in ((there, here), (here, there)))
    assert one[0] == back[0]
    turned = (POINTS_OF_COMPASS.index(one[1]) - POINTS_OF_COMPASS.index(back[1])) % 8
    at = np.degrees(np.arctan2(east, north)) / 45
    assume(abs(at % 1 - 0.5) > 1e-9)  # halfway between two, rounding may take either
    assert turned == 4


@given(findings(), st.integers(0, 3000).map(lambda n: 5.0 * n), st.integers(0, 3000).map(lambda n: 5.0 * n))
def test_protected_words_hide_what_is_under_ten(one, now, then):
    few = finding(one.kind, harms=one.harms, pattern=one.pattern, observed=now, expected=then, ratio=one.ratio)
    sentence = describe(few, "Here", ("less",), NEAR, protected=True).sentence
    held = re.findall(r"(about|fewer than) ([\d,]+)(?= (?:other )?incident| in Jun)", sentence)
    assert held
    assert all(word == "about" or figure == "10" for word, figure in held)
    assert all(int(figure.replace(",", "")) >= 10 for _, figure in held)
    if now < 10:
        assert f"{one.ratio:.1f} times" not in sentence.split(f"while {NEAR.rest}")[0]


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_likelier_is_never_said_to_be_rarer(one, other):
    one, other = sorted((one, other))

    def tries(p):
        return int(re.search(r"(\d+) of 1,000", chance(p))[1])

    assert tries(one) <= tries(other)


tables = arrays(np.int64, st.tuples(st.integers(1, 12), st.integers(0, 20)), elements=st.integers(0, 60))


@given(tables, st.sampled_from([0.0, 4.0]))
def test_no_area_scatters_less_than_chance_and_each_has_its_figure(table, rounding):
    found = dispersion_of_counts(table.astype(float), rounding)
    assert found.shape == (len(table),)
    assert np.isfinite(found).all()
    assert (found >= 1).all()
    assert (found <= dispersion_of_counts(table.astype(float)) + 1e-9).all()


@given(tables, st.randoms())
def test_scatter_does_not_depend_on_the_order_of_areas(table, random):
    order = random.sample(range(len(table)), len(table))
    found, mixed = dispersion_of_counts(table.astype(float)), dispersion_of_counts(table[order].astype(float))
    assert np.allclose(found[order], mixed)
