/* Places with numbers, as the list beside the map has them, and the area that can be reached on foot, and ways to a gate. */
"use strict";

localContext.places = (function () {
  const { button, element } = localContext.signs;

  function prepare(map, state) {
    state.places = L.layerGroup().addTo(map);
    state.walk = L.layerGroup().addTo(map);
    state.corridors = L.layerGroup().addTo(map);
  }

  function about({ number, name, text }) {
    return { of: `place ${number}`, name: `${number} ${name}`, lines: [text] };
  }

  /* Put a round badge at each place; `open(card)` shows what is known of it. */
  function show(state, places, open) {
    state.places.clearLayers();
    for (const place of places) {
      const { number, name, text, lat, lon } = place;
      const icon = L.divIcon({ className: "lc-sign lc-number", html: element("span", "", `${number}`), iconSize: [26, 26] });
      const tip = element("div");
      tip.append(element("strong", "", name), element("span", "", text));
      const marker = L.marker([lat, lon], { icon, keyboard: false, pane: "lc-badges", riseOnHover: true, zIndexOffset: -number });
      marker.bindTooltip(tip, { className: "lc-tip lc-tip-wide", direction: "auto", offset: [13, 0] });
      button(marker, `Place ${number}: ${name}, ${text}`).on("click keypress", () => open(about(place))).addTo(state.places);
    }
  }

  /* Outline what can be reached on foot. */
  function showWalk(state, geojson) {
    state.walk.clearLayers();
    if (!geojson) return;
    for (const className of ["lc-walk-casing", "lc-walk"]) {
      L.geoJSON(geojson, { interactive: false, pane: "lc-rings", style: { className } }).addTo(state.walk);
    }
  }

  /* Draw the ways to a gate, each as wide as many set out along it, and where they begin. */
  function showCorridors(state, geojson) {
    state.corridors.clearLayers();
    if (!geojson) return;
    for (const casing of [true, false]) {
      L.geoJSON(geojson, {
        interactive: false,
        pane: "lc-rings",
        style: ({ properties: { k, w } }) => ({ className: `lc-corridor${casing ? "-casing" : ""} lc-corridor-${k} lc-corridor-w${w}` }),
        pointToLayer: ({ properties: { k, w } }, at) => L.circleMarker(at, { pane: "lc-rings", radius: 6, interactive: false, className: `lc-corridor${casing ? "-casing" : ""} lc-corridor-${k} lc-corridor-w${w}` }),
      }).addTo(state.corridors);
    }
  }

  return { about, prepare, show, showCorridors, showWalk };
})();
