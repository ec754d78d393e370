"""What the tests of charts share: reading a chart's specification as the page sends it."""

from typing import Any

Spec = dict[str, Any]


def specified(chart: Any) -> Spec:
    """Return the specification, checked by Altair against its schema."""
    return chart.to_dict()


def layers(spec: Spec, mark: str) -> list[Spec]:
    """Return the layers that are drawn with a mark."""
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]


def rows(spec: Spec, layer: Spec) -> list[dict[str, Any]]:
    """Return the rows that a layer draws: its own, or those of all layers where these have the same."""
    return spec["datasets"][layer.get("data", spec.get("data"))["name"]]


def all_rows(spec: Spec, mark: str) -> list[dict[str, Any]]:
    """Return the rows that are drawn with a mark, in any layer."""
    return [row for layer in layers(spec, mark) for row in rows(spec, layer)]


def words(spec: Spec) -> list[str]:
    """Return the texts in a chart."""
    texts = [(layer["encoding"]["text"]["field"], rows(spec, layer)) for layer in layers(spec, "text")]
    return [row[field] for field, drawn in texts for row in drawn]


def sizes_of_text(spec: Spec) -> list[float]:
    """Return the size in px of every text: those that the look of all charts sets, and those of single layers."""
    axis, text = spec["config"]["axis"], spec["config"]["text"]
    own = [layer["mark"]["fontSize"] for layer in spec["layer"] if "fontSize" in layer["mark"]]
    return [axis["labelFontSize"], axis["titleFontSize"], text["fontSize"], *own]
