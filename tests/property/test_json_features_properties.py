"""A file that is read a few bytes at a time gives what it gives when it is read whole."""

import json
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.formats import json_features
from data.formats.json_features import JsonFeatures
from data.formats.sources import Source

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
OTHERS = st.dictionaries(st.text(max_size=8).filter(lambda name: name != "features"), VALUES, max_size=3)


def read(text: str) -> tuple[list[object], dict[str, object]]:
    found = JsonFeatures(Source("a.geojson", content=text.encode("utf-8", "surrogatepass")))
    return [feature for feature, _ in found], found.members


@given(st.lists(VALUES, max_size=5), OTHERS, OTHERS, st.integers(1, 7), st.booleans())
def test_features_and_other_members_are_those_of_the_whole(
    features: list[object], before: dict[str, object], after: dict[str, object], block: int, wide: bool
) -> None:
    text = json.dumps({**before, "features": features, **after}, indent=2 if wide else None, ensure_ascii=wide)
    with patch.object(json_features, "_BLOCK", block):
        found, members = read(text)
    assert (found, members) == (features, {**before, **after})


@given(st.lists(VALUES, max_size=3), st.data())
def test_a_file_cut_short_is_no_json(features: list[object], data: st.DataObject) -> None:
    text = json.dumps({"features": features})
    with pytest.raises(ValueError):  # noqa: PT011 - of the decoder, whose words are not shown
        read(text[: data.draw(st.integers(0, len(text) - 1))])
