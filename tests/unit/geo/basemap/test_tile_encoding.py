import numpy as np
import pytest

from geo.basemap.tile_encoding import LINES, POINTS, POLYGONS, Parts, encode_geometries, encode_layer, varint
from geo.basemap.tile_reading import read_tile


def parts(kind, *features):
    """Make the parts of features, each a list of parts, each a list of points."""
    listed = [part for feature in features for part in feature]
    starts = [at == 0 for feature in features for at in range(len(feature))]
    xy = np.array([point for part in listed for point in part], dtype=np.int64).reshape(-1, 2)
    return Parts(kind, xy, np.array([len(part) for part in listed]), np.array(starts, dtype=np.bool_))


# The examples of the specification, section 4.3.5.
@pytest.mark.parametrize(
    ("kind", "feature", "numbers"),
    [
        (POINTS, [[(25, 17)]], [9, 50, 34]),
        (LINES, [[(2, 2), (2, 10), (10, 10)]], [9, 4, 4, 18, 0, 16, 16, 0]),
        (LINES, [[(2, 2), (2, 10), (10, 10)], [(1, 1), (3, 5)]], [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]),
        (POLYGONS, [[(3, 6), (8, 12), (20, 34)]], [9, 6, 12, 18, 10, 12, 24, 44, 15]),
    ],
)
def test_geometries_are_those_of_the_examples_in_the_specification(kind, feature, numbers):
    assert encode_geometries(parts(kind, feature)) == [b"".join(map(varint, numbers))]


def test_each_feature_begins_at_its_own_corner_again():
    one, two = [[(0, 0), (4000, 4000)]], [[(10, 10), (12, 12)], [(1, 1), (2, 2)]]
    together = encode_geometries(parts(LINES, one, two))
    assert together == [*encode_geometries(parts(LINES, one)), *encode_geometries(parts(LINES, two))]


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 16_383, 16_384, 2**31, 2**34])
def test_numbers_are_written_seven_bits_a_byte(number):
    written, value = varint(number), 0
    for at, byte in enumerate(written):
        value |= (byte & 0x7F) << 7 * at
    assert value == number
    assert [byte >= 0x80 for byte in written] == [True] * (len(written) - 1) + [False]


def test_words_that_features_share_are_written_once():
    properties = [{"k": "local", "n": "High Street"}, {"k": "local", "n": "Héol “A”"}, {"k": "local", "r": 7}]
    geometries = encode_geometries(parts(POINTS, *([[(n, n)]] for n in range(3))))
    layer = encode_layer("road", [(POINTS, *one) for one in zip(geometries, properties, strict=True)])
    assert layer.count(b"local") == 1
    assert [one[1] for one in read_tile(layer)["road"]] == properties


def test_no_features_have_no_geometry():
    assert encode_geometries(parts(LINES)) == []
