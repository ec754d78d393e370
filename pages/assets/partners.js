/* Layers from partners: hatched areas with a dash-dotted border, neither known nor detected, which no click reaches. */
"use strict";

localContext.partners = (function () {
  const { drawn, element } = localContext.signs;
  const TURNS = [0, 90, 135]; // of the hatching; the legend has the same, in the same order
  const COLOUR = "#7a3e00";

  function prepare(map, state) {
    const patterns = TURNS.map((turn, at) => drawn(
      "pattern",
      { id: `lc-partner-${at}`, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${turn})` },
      drawn("line", { x1: 0, y1: 3.5, x2: 7, y2: 3.5, stroke: "#ffffff", "stroke-width": 3.4, "stroke-opacity": 0.7 }),
      drawn("line", { x1: 0, y1: 3.5, x2: 7, y2: 3.5, stroke: COLOUR, "stroke-width": 1.6 }),
    ));
    const holder = drawn("svg", { width: 0, height: 0, "aria-hidden": "true" }, drawn("defs", {}, ...patterns));
    holder.style.position = "absolute";
    document.body.append(holder);
    state.partners = []; // a group of Leaflet for each layer of the payload, by its place there
  }

  /* Put the layer that stands at a place of the payload on the map, or take what is there off for none. */
  function show(map, state, at, layer, geojson) {
    if (state.partners[at]) state.partners[at].remove();
    state.partners[at] = null;
    if (!geojson) return;
    const kept = layer.printed ? "" : " lc-unprinted";
    const common = { interactive: false, pane: "lc-partners" };
    const casing = L.geoJSON(geojson, {
      ...common,
      filter: (feature) => feature.geometry.type !== "Point",
      style: { className: `lc-partner-casing${kept}` },
    });
    const areas = L.geoJSON(geojson, {
      ...common,
      style: { className: `lc-partner lc-partner-${at % TURNS.length}${kept}` },
      pointToLayer: (feature, point) => {
        const html = element("span", "", `${layer.letter}${feature.properties.n}`);
        const icon = L.divIcon({ className: `lc-sign lc-partner-number${kept}`, html, iconSize: [0, 0] });
        return L.marker(point, { icon, interactive: false, keyboard: false, pane: "lc-badges" });
      },
    });
    state.partners[at] = L.layerGroup([casing, areas]).addTo(map);
  }

  return { prepare, show };
})();
