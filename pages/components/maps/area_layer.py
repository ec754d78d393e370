"""The folium layer that paints areas: it carries values only, and a script of ours fetches the shapes once."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from folium.elements import JSCSSMixin
from folium.template import Template

from pages.routes.assets import asset_url

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]

# A finished script is not left alone: branca reads it as a template once more (`{{ … }}` would run on the server),
# streamlit-folium replaces `map_<id>`, `_<id>` and `{{ 'name' }}`, and a browser would act on markup and `${…}`.
# Written as \uXXXX these characters mean the same inside a string and match nothing.
_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'_$`{}"}
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')


def script_json(payload: Mapping[str, Json]) -> str:
    """Write ``payload`` as JSON that no later step alters and nothing executes, on the server or in a browser.

    Non-ASCII characters, among them U+2028 and U+2029, are escaped too. Outside strings JSON has none of the signs
    that matter: its braces never stand two together at an opening.

    Raises
    ------
    ValueError
        If a number is not finite.
    """
    plain = json.dumps(payload, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda text: text[0].translate(_ESCAPES), plain)


class AreaLayer(JSCSSMixin):
    """Paints one payload; the child of a feature group that is passed to ``st_folium``.

    Parameters
    ----------
    payload
        What ``localContext.paint`` of ``assets/area_layer.js`` takes; see ``map_panel``.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            localContext.paint({{ this._parent._parent.get_name() }}, {{ this.payload }});
        {% endmacro %}
        """
    )

    def __init__(self, payload: Mapping[str, Json]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AreaLayer"
        # On the object: folium's add_js_link would otherwise change every layer there is.
        self.default_js = [("map", asset_url("map.js"))]
        self.default_css = [("area_layer_css", asset_url("area_layer.css"))]
        self.payload = script_json(payload)
