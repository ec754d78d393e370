/* The map of areas: fetches each drawing once, then repaints from values alone.
 *
 * Runs in the map's frame after Leaflet, signs.js and over_areas.js. To be called: localContext.paint(map, payload);
 * the payload is written by pages/components/maps/map_panel.py. Every text reaches the page as a text node, never as markup.
 */
"use strict";

localContext.paint = (function () {
  const { declutter, element, hatch, label, showHotspot, showSchool } = localContext.signs;
  const over = localContext.overAreas;
  const PANES = {
    "lc-areas": 400, "lc-backdrop": 410, "lc-outlines": 415, "lc-selected": 420, "lc-letters": 425, "lc-rings": 430,
    "lc-extents": 440, "lc-badges": 590, // badges below the signs of known hotspots, which Leaflet puts at 600
  };
  const PAPER = { width: "680px", height: "430px" }; // A4 between its margins, and the frame's height in app.css
  const drawings = new Map(); // address → promise of its GeoJSON, for as long as the frame lives
  const states = new WeakMap(); // map → what is on it

  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ fadeAnimation: false, inertia: false, markerZoomAnimation: false, zoomAnimation: false });
  }

  // ---------------------------------------------------------------- the map, prepared once

  function prepare(map) {
    // `latest` is the payload that was asked for last, `shown` the one that stands on the map.
    const state = { latest: null, shown: null, geometry: null, layer: null, marks: [], fitted: null, touched: false };
    state.backdrop = null;
    states.set(map, state);
    hatch();
    for (const [name, order] of Object.entries(PANES)) map.createPane(name).style.zIndex = order;
    state.renderer = L.svg({ pane: "lc-areas", padding: 0.5 });
    state.selected = L.layerGroup().addTo(map);
    state.signs = L.layerGroup().addTo(map);
    state.backdropLayer = L.layerGroup().addTo(map);
    over.prepare(map, state);
    state.trouble = trouble();
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    weigh(map);
    map.on("zoomend", () => { weigh(map); declutter(map); });
    // A page must stay scrollable past its map: the wheel zooms only once the map has been chosen.
    map.scrollWheelZoom.disable();
    // Leaflet gives its box the focus when the mouse goes down on it. A page that scrolls then, to show the whole box,
    // takes the area away from under the mouse, and the click is none.
    const box = map.getContainer();
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    for (const sign of ["pointerdown", "wheel", "keydown"]) {
      map.getContainer().addEventListener(sign, () => { state.touched = true; }, { passive: true });
    }
    // Leaflet gives a pressed map the focus; a page that scrolled to it then would move it from under the pointer.
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    // The style sheet, which sets the height, can come after the map has been fitted to another one.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    map.on("resize", () => { if (!state.touched) fit(map, state); });
    window.addEventListener("beforeprint", () => widen(map, state));
    window.addEventListener("afterprint", () => narrow(map, state));
    return state;
  }

  /* A page is laid out for paper without asking its scripts, so the map takes on the width of A4 before that. */
  function widen(map, state) {
    const [bounds, style] = [map.getBounds(), map.getContainer().style];
    state.onScreen = { centre: map.getCenter(), zoom: map.getZoom() };
    style.width = PAPER.width;
    style.setProperty("height", PAPER.height, "important"); // as the style sheet has it for the screen
    map.invalidateSize({ animate: false });
    if (state.touched) map.fitBounds(bounds, { animate: false });
    declutter(map);
  }

  function narrow(map, state) {
    const style = map.getContainer().style;
    style.removeProperty("width");
    style.removeProperty("height");
    map.invalidateSize({ animate: false });
    if (state.onScreen) map.setView(state.onScreen.centre, state.onScreen.zoom, { animate: false });
  }

  function weigh(map) {
    const zoom = map.getZoom();
    map.getContainer().style.setProperty("--lc-line", zoom < 10.5 ? "0.5px" : zoom < 13 ? "0.8px" : "1.3px");
  }

  function trouble() {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const note = element("div", "lc-trouble", "The map could not be drawn. Reload the page.");
      note.setAttribute("role", "alert");
      return note;
    };
    return control;
  }

  // ---------------------------------------------------------------- areas

  function fetched(address) {
    if (!drawings.has(address)) {
      const asked = fetch(address, { credentials: "same-origin" }).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        return answer.json();
      });
      asked.catch(() => drawings.delete(address)); // so that the next repaint tries again
      drawings.set(address, asked);
    }
    return drawings.get(address);
  }

  /* What is known of the area at a position: its own text, or else what its class is. */
  function said(state, position) {
    const { aside, labels, marks, unit } = state.shown;
    const text = state.texts[position];
    return text ? `${text} ${unit}`.trim() : labels[marks[position]] || aside;
  }

  function tip(state, area) {
    const box = element("div");
    const { c, n } = area.feature.properties;
    box.append(element("strong", "", n || c), element("span", "", said(state, area.feature.id)));
    return box;
  }

  function build(map, state, geojson) {
    if (state.layer) state.layer.remove();
    state.areas = [];
    state.byCode = new Map();
    state.layer = L.geoJSON(geojson, {
      pane: "lc-areas",
      renderer: state.renderer,
      smoothFactor: 0, // smoothing each area by itself would open gaps between neighbours
      onEachFeature: (feature, area) => {
        state.areas[feature.id] = area;
        state.byCode.set(feature.properties.c, area);
      },
    });
    state.layer.bindTooltip((area) => tip(state, area), { sticky: true, className: "lc-tip", direction: "auto" });
    state.layer.on("mouseover", (event) => event.propagatedFrom.bringToFront()); // or neighbours cover half its outline
    state.layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      chosen(event.propagatedFrom.feature.properties.c);
    });
    state.layer.addTo(map);
    state.bounds = state.layer.getBounds();
    state.marks = [];
    state.outlined = null;
    over.clear(state);
  }

  // The time makes the second click on the same area count too, and stays increasing when the frame is made anew.
  let count = 0;
  function chosen(code) {
    count = Math.max(count + 1, Date.now());
    window.Streamlit.setComponentValue({ area: code, count });
  }

  // Set only when they change: touching them makes the browser work out the style of every area again.
  function colour(map, state, colours) {
    if (state.colours === colours.join()) return;
    state.colours = colours.join();
    ["#ffffff", ...colours].forEach((fill, mark) => map.getContainer().style.setProperty(`--lc-${mark}`, fill));
  }

  function restyle(map, state, payload) {
    colour(map, state, payload.colours);
    const lit = payload.emphasise && new Set(payload.emphasise);
    const outlined = [];
    state.areas.forEach((area, position) => {
      const mark = payload.marks[position] === "-" ? "none" : payload.marks[position];
      const wanted = `leaflet-interactive lc-area lc-${mark}${lit && !lit.has(position) ? " lc-dim" : ""}`;
      if (mark === "none" || mark === "0") outlined.push(position);
      if (state.marks[position] === wanted) return;
      area.getElement().setAttribute("class", wanted);
      state.marks[position] = wanted;
    });
    // Grey outlines lie over the white borders of their neighbours, which would cover half of them.
    if (outlined.length && state.outlined !== outlined.join()) {
      const elements = outlined.map((position) => state.areas[position].getElement());
      elements[0].parentNode.append(...elements);
    }
    state.outlined = outlined.join();
  }

  function select(state, code) {
    const key = `${state.geometry} ${code}`;
    if (state.selectKey === key) return;
    state.selectKey = key;
    state.selected.clearLayers();
    const area = code && state.byCode.get(code);
    if (!area) return;
    for (const className of ["lc-casing", "lc-selected"]) {
      const outline = { className, interactive: false, pane: "lc-selected", smoothFactor: 0 };
      L.polygon(area.getLatLngs(), outline).addTo(state.selected);
    }
  }

  function fit(map, state) {
    const wanted = state.latest && state.latest.fit;
    const bounds = wanted === "areas" ? state.bounds : wanted && L.latLngBounds(wanted);
    const size = map.getSize();
    if (!bounds || !bounds.isValid() || !size.x || !size.y) return; // a hidden map is fitted when it gets a size
    map.fitBounds(bounds, { padding: [12, 12], animate: false });
  }

  // ---------------------------------------------------------------- backdrop and signs

  function lay(map, state, geojson) {
    state.backdropLayer.clearLayers();
    L.geoJSON(geojson, {
      filter: (feature) => feature.geometry.type !== "Point",
      interactive: false,
      pane: "lc-backdrop",
      style: (feature) => ({ className: `lc-line lc-line-${feature.properties.k}` }),
    }).addTo(state.backdropLayer);
    L.geoJSON(geojson, {
      filter: (feature) => feature.geometry.type === "Point",
      pointToLayer: (feature, point) => label(feature.properties.n, point, `lc-place lc-place-${feature.properties.k}`),
    }).addTo(state.backdropLayer);
    declutter(map);
  }

  function showSigns(map, state, payload) {
    const key = JSON.stringify([payload.hotspots, payload.signs, payload.school, payload.rings]);
    if (key === state.signKey) return; // an open popup survives a change of values
    state.signKey = key;
    state.signs.clearLayers();
    for (const hotspot of payload.hotspots) showHotspot(state.signs, hotspot, payload.signs[hotspot.status]);
    if (payload.school) showSchool(state.signs, payload.school, payload.rings);
    declutter(map);
  }

  // ---------------------------------------------------------------- one repaint

  function show(map, state, payload, geojson) {
    if (state.geometry !== payload.geometry) {
      build(map, state, geojson);
      state.geometry = payload.geometry;
    }
    if (payload.marks.length !== state.areas.length) throw new Error("Values and areas differ in number.");
    state.shown = payload;
    state.texts = payload.texts.split("|");
    restyle(map, state, payload);
    select(state, payload.selected);
    over.showOutlines(map, state);
    showSigns(map, state, payload);
    const fitted = JSON.stringify([payload.geometry, payload.fit]);
    if (state.fitted !== fitted) {
      state.fitted = fitted;
      state.touched = false;
      fit(map, state);
    }
    over.showLetters(map, state);
    map.getContainer().setAttribute("aria-label", payload.title);
    state.trouble.remove();
    document.body.dataset.painted = payload.token;
  }

  function showBackdrop(map, state, address) {
    if (state.backdrop === address) return;
    state.backdrop = address;
    state.backdropLayer.clearLayers();
    if (!address) return;
    const late = () => state.backdrop !== address;
    fetched(address).then((geojson) => { if (!late()) lay(map, state, geojson); })
      .catch(() => { if (!late()) state.backdrop = null; }); // the map reads without it; the next repaint tries again
  }

  /* Say so rather than leave the colours of another question standing. */
  function fail(map, state, error) {
    console.error(error);
    if (state.layer) state.layer.remove();
    Object.assign(state, { shown: null, geometry: null, layer: null, fitted: null, selectKey: null });
    state.selected.clearLayers();
    over.clear(state);
    state.trouble.addTo(map);
    delete document.body.dataset.painted;
  }

  /* Paint `payload` on `map`. Of several that wait for the same drawing only the last is shown. */
  function paint(map, payload) {
    const state = states.get(map) || prepare(map);
    window.feature_group = []; // streamlit-folium only ever adds to it
    state.latest = payload;
    const late = () => state.latest !== payload;
    if (state.geometry === payload.geometry) {
      try { show(map, state, payload, null); } catch (error) { fail(map, state, error); }
    } else {
      fetched(payload.geometry)
        .then((geojson) => { if (!late()) show(map, state, payload, geojson); })
        .catch((error) => { if (!late()) fail(map, state, error); });
    }
    showBackdrop(map, state, payload.backdrop);
  }

  return paint;
})();
