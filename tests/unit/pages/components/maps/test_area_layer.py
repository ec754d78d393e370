import re
from importlib.resources import files

import folium
import pytest
import streamlit_folium

from pages.components.maps import map_panel
from pages.components.maps.area_layer import AreaLayer, script_json
from pages.routes.assets import MAP_SCRIPTS


def script_of(payload):
    """The script that st_folium sends for a layer, through its own steps."""
    base = map_panel.base_map()
    base.render()
    streamlit_folium._get_map_string(base)
    group = folium.FeatureGroup()
    AreaLayer(payload).add_to(group)
    return streamlit_folium._get_feature_group_string(group, map=base)


def test_the_layer_paints_on_the_map_that_streamlit_folium_names():
    assert 'localContext.paint(map_div, {"title":"Incidents"});' in script_of({"title": "Incidents"})


def test_the_same_values_give_the_same_script_so_nothing_is_repainted():
    assert script_of({"title": "a"}) == script_of({"title": "a"})
    assert script_of({"title": "a"}) != script_of({"title": "b"})


def test_only_our_own_routes_are_asked_for():
    layer, base = AreaLayer({}), map_panel.base_map()
    links = [*layer.default_js, *layer.default_css, *base.default_js, *base.default_css]
    assert len(links) == 4
    assert all(address.startswith("/lc/") for _, address in links)


def test_a_link_added_to_one_layer_does_not_reach_another():
    AreaLayer({}).add_js_link("other", "/lc/other.js")
    assert [name for name, _ in AreaLayer({}).default_js] == ["map"]


def test_each_script_comes_after_those_it_calls():
    scripts = [(files("pages") / "assets" / name).read_text("utf-8") for name in MAP_SCRIPTS]
    made = [re.search(r"^localContext\.(\w+) = ", script, re.MULTILINE)[1] for script in scripts]
    for place, script in enumerate(scripts):
        named = re.findall(r"= localContext\.(\w+);", script)
        several = re.findall(r"const \{ ([\w, ]+) \} = localContext;", script)
        used = {*named, *(each for group in several for each in group.split(", "))}
        assert used | set(re.findall(r"localContext\.(\w+)\(", script)) - {"paint"} <= set(made[:place])
    assert (made[0], made[-1]) == ("signs", "paint")


def test_the_base_map_script_never_changes_and_names_no_host():
    scripts = {streamlit_folium._get_map_string(map_panel.base_map()) for _ in range(3)}
    assert len(scripts) == 1
    assert "//" not in scripts.pop()


def test_no_sign_is_left_that_a_later_step_or_a_browser_acts_on():
    written = script_json({"text": "<>&'_$`\u2028\u2029 {{ 'x' }}"})
    assert written.startswith('{"text":"')
    assert not set(written[1:-1]) & set("<>&'_$`{}\u2028\u2029")


@pytest.mark.parametrize("name", ["{{ 7 * 7 }}", "{% for x in y %}", "{# note #}", "{{ this.__class__.__mro__ }}"])
def test_a_name_is_never_read_as_a_template_on_the_server(name):
    script = script_of({"title": name, "spots": [{"name": name}]})
    assert "49" not in script
    assert "class" not in script.replace("\\u005f\\u005fclass\\u005f\\u005f", "")


def test_numbers_that_json_does_not_know_are_refused():
    with pytest.raises(ValueError, match="JSON"):
        script_json({"lon": float("nan")})
