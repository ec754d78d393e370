"""Laws of local statistics: Gi* and local Moran are those of esda, whatever the graph and the counts."""

import numpy as np
import pytest
from esda import Moran_Local
from esda.getisord import G_Local
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from libpysal.weights import WSP
from scipy.sparse import csr_array, csr_matrix

from geo.areas.contiguity import of_units, within
from geo.statistics.false_discovery import benjamini_hochberg
from geo.statistics.gi_star import gi_star
from geo.statistics.moran import local_moran
from geo.statistics.permutation import neighbour_tails

pytestmark = [
    pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:divide by zero encountered:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore:The weights matrix is not fully connected:UserWarning"),
]


@st.composite
def graphs(draw, least=3, most=12):
    """Return any graph: areas with all, some or none of the others for neighbours."""
    size = draw(st.integers(least, most))
    upper = np.triu(draw(arrays.arrays(np.int8, (size, size), elements=st.integers(0, 1))), 1)
    return csr_array(upper + upper.T)


@st.composite
def places(draw, least=3, most=12):
    """Return a graph and counts of up to four periods, with many ties and some periods all the same."""
    graph = draw(graphs(least, most))
    periods = draw(st.integers(1, 4))
    return graph, draw(arrays.arrays(np.float64, (graph.shape[0], periods), elements=st.integers(0, 9).map(float)))


def weights(graph):
    """Return the same graph to pysal."""
    return WSP(csr_matrix(graph, dtype=float)).to_W(silence_warnings=True)


@given(places(), st.booleans())
def test_gi_star_is_that_of_esda(place, star):
    graph, values = place
    ours = gi_star(values, graph, star)
    for period in range(values.shape[1]):
        figures = values[:, period]
        # esda divides by the sum and the mean of the others before its z, which lose digits or fail near 0.
        assume((figures.sum() - figures > 0).all())
        theirs = G_Local(figures, weights(graph), transform="B", permutations=0, star=star).Zs
        known = np.isfinite(ours[:, period])
        np.testing.assert_allclose(ours[known, period], theirs[known], rtol=0, atol=1e-9)
        assert not np.isfinite(theirs[~known]).any() or np.ptp(figures) == 0 or not star


@given(places(), st.floats(0.1, 50), st.floats(-50, 50))
def test_gi_star_does_not_know_the_unit_of_the_values(place, factor, shift):
    graph, values = place
    for star in (True, False):
        np.testing.assert_allclose(
            gi_star(factor * values + shift, graph, star), gi_star(values, graph, star), atol=1e-6
        )


@given(places(), st.data())
def test_the_order_of_areas_makes_no_difference(place, data):
    graph, values = place
    order = np.array(data.draw(st.permutations(range(len(values)))))
    np.testing.assert_allclose(gi_star(values[order], graph[order][:, order]), gi_star(values, graph)[order], atol=1e-9)


@given(places(), st.data())
def test_areas_without_figures_are_as_if_they_were_not_there(place, data):
    graph, values = place
    kept = data.draw(arrays.arrays(np.bool_, len(values)))
    assume(kept.any())
    ours = gi_star(np.where(kept[:, np.newaxis], values, np.nan), graph)
    assert np.isnan(ours[~kept]).all()
    np.testing.assert_allclose(ours[kept], gi_star(values[kept], graph[kept][:, kept]), atol=1e-9)


@given(places(), st.integers(0, 9), st.integers(1, 200))
def test_chances_are_whole_shares_of_the_draws_and_the_tails_overlap(place, seed, permutations):
    graph, values = place
    below, above = neighbour_tails(values, graph, seed, permutations)
    for tail in (below, above):
        counted = tail * (permutations + 1)
        np.testing.assert_allclose(counted, counted.round(), atol=1e-6)
        assert ((tail > 0) & (tail <= 1)).all()
    assert (below + above >= 1 - 1e-12).all()


@given(places(), st.integers(0, 9))
def test_the_fewest_and_the_most_change_places_when_values_change_sign(place, seed):
    graph, values = place
    below, above = neighbour_tails(values, graph, seed, 50)
    turned = neighbour_tails(-values, graph, seed, 50)
    np.testing.assert_allclose(np.stack([above, below]), np.stack(turned))


@given(places(20, 24))
def test_local_moran_is_that_of_esda(place):
    graph, values = place
    figures = values[:, 0]
    assume(np.ptp(figures) > 0)
    assume((np.diff(graph.indptr) > 0).sum() >= 20)
    ours = local_moran(figures, graph, 1, permutations=9)
    theirs = Moran_Local(figures, weights(graph), permutations=0)
    np.testing.assert_allclose(ours.i, theirs.Is, rtol=0, atol=1e-9)
    z = (figures - figures.mean()) / figures.std()
    clear = (abs(z) > 1e-9) & (abs(theirs.Is) > 1e-9)  # a sum that is 0 but for its last digits has no side
    np.testing.assert_array_equal(ours.quadrant[clear], theirs.q[clear])


@given(arrays.arrays(np.float64, (8, 3), elements=st.floats(0, 1) | st.just(np.nan)))
def test_a_corrected_chance_is_never_smaller_and_keeps_the_order(p):
    adjusted = benjamini_hochberg(p)
    known = ~np.isnan(p)
    np.testing.assert_array_equal(np.isnan(adjusted), ~known)
    assert (adjusted[known] >= p[known]).all()
    for period in range(p.shape[1]):
        there = known[:, period]
        assert (np.diff(adjusted[there, period][np.argsort(p[there, period])]) >= 0).all()


@given(graphs(), st.data())
def test_units_are_linked_exactly_where_any_of_their_areas_are(graph, data):
    size = graph.shape[0]
    member = np.array(data.draw(st.lists(st.integers(-1, 4), min_size=size, max_size=size)))
    units = of_units(graph, member, 5).toarray()
    for one in range(5):
        for other in range(5):
            meet = graph.toarray()[np.ix_(member == one, member == other)].any()
            assert units[one, other] == (one != other and meet)


@given(graphs(), st.data())
def test_what_is_kept_keeps_its_links_and_what_is_not_has_none(graph, data):
    kept = data.draw(arrays.arrays(np.bool_, graph.shape[0]))
    expected = graph.toarray() * np.outer(kept, kept)
    np.testing.assert_array_equal(within(graph, kept).toarray(), expected)
