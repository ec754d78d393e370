"""The law of the area layer: what a page says reaches the browser unaltered, whatever it says."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.pages.components.maps.test_area_layer import script_of

texts = st.text(max_size=60) | st.sampled_from(
    ["feature_group_0", "map_div", "{{ 'feature_group_1' }}", "_0", "0", "`${a}`", "\\u003c", "');", "\n"]
)


@given(st.dictionaries(st.sampled_from(["title", "unit", "name"]), texts | st.lists(texts, max_size=4), max_size=3))
@example({"title": "</script><script>alert(1)</script>"})
@example({"title": "${alert(1)}"})
@example({"title": "{{ 'x' }}"})
@example({"title": "{{ 7 * 7 }} {% raw %} {# note"})
@example({"title": ["{", "{{", "\\", '"', '\\"{{ 1 }}']})
@example({"title": "map_abc_1"})
@example({"title": "a_0 feature_group_feature_group_0_0"})
@example({"title": "\u2028\u2029\ud800 é €"})
@example({"title": "alert(coords);"})
def test_any_text_reaches_the_browser_unaltered(payload):
    script = script_of(payload)
    _, _, after = script.partition("localContext.paint(map_div, ")
    received, end = json.JSONDecoder().raw_decode(after)
    assert received == payload
    assert after[end:].startswith(");")
    assert "</" not in script
