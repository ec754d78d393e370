/* The areas: their shapes, their colours, what each says to a pointer, and the one that is chosen.
 *
 * `state.areas` are the areas of the drawing by position, and `state.shown` is the payload that stands on the map.
 */
"use strict";

localContext.areas = (function () {
  const { element } = localContext.signs;
  const LEAST_OPAQUE = 0.7; // of areas over a base map

  /* What is known of the area at a position: its own text, or else what its class is. */
  function said(state, position) {
    const { aside, labels: words, marks, unit } = state.shown;
    const text = state.texts[position];
    return text ? `${text} ${unit}`.trim() : words[marks[position]] || aside;
  }

  /* The card of an area: its name, its value, and in which class the map shows it. */
  function ofArea(state, position) {
    const { classes, labels: words, marks } = state.shown;
    const { code, name, value } = state.describe(position);
    const of = words[marks[position]] || classes[marks[position]];
    return { of: code, name, lines: [value, of && of !== value ? `Shown as: ${of}` : ""] };
  }

  // ---------------------------------------------------------------- pointer and card

  /* What a pointer and the keyboard do to areas. Leaflet's own tooltips would make each area a stop of the Tab key. */
  function prepare(map, state) {
    const tip = L.tooltip({ className: "lc-tip", direction: "auto" });
    let touching = false;
    map.getContainer().addEventListener("pointerdown", (event) => { touching = event.pointerType === "touch"; }, true);
    state.untip = () => tip.remove();
    state.tipAt = (position, place) => {
      const box = element("div");
      const { name, value } = state.describe(position);
      box.append(element("strong", "", name), element("span", "", value));
      tip.setContent(box).setLatLng(place);
      if (!map.hasLayer(tip)) tip.addTo(map);
    };
    state.hover = (event) => {
      if (touching || state.shown.draft) return; // a tap shows the card, and a click puts a corner
      if (event.type === "mouseover") event.propagatedFrom.bringToFront(); // or neighbours cover half its outline
      state.tipAt(event.propagatedFrom.feature.id, event.latlng);
    };
    state.describe = (position) => {
      const { c, n } = state.areas[position].feature.properties;
      return { code: c, name: n || c, value: said(state, position) };
    };
    state.choose = (position) => {
      state.open(ofArea(state, position));
      if (state.shown.chooses) chosen(state.describe(position).code);
    };
  }

  // ---------------------------------------------------------------- shapes and colours

  function build(map, state, geojson) {
    if (state.layer) state.layer.remove();
    state.untip();
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
    state.layer.on("mouseover mousemove", state.hover);
    state.layer.on("mouseout", state.untip);
    state.layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      if (state.shown.draft) localContext.drawing.put(state, event.latlng);
      else state.choose(event.propagatedFrom.feature.id);
    });
    state.layer.addTo(map);
    state.bounds = state.layer.getBounds();
    state.marks = [];
    state.outlined = null;
  }

  // The time makes the second click on the same area count too, and stays increasing when the frame is made anew.
  let count = 0;
  function chosen(code) {
    count = Math.max(count + 1, Date.now());
    window.Streamlit.setComponentValue({ area: code, count });
  }

  /* How to fill areas so that over white, which a base map's ground is, they have the legend's colours: as far as a
   * colour allows, less of a stronger one lets the land through. */
  function translucent(plain) {
    const parts = [1, 3, 5].map((at) => Number.parseInt(plain.slice(at, at + 2), 16));
    const opacity = Math.max(LEAST_OPAQUE, 1 - Math.min(...parts) / 255);
    const fill = parts.map((part) => Math.max(0, Math.round((part - 255 * (1 - opacity)) / opacity)));
    return { fill: `rgb(${fill.join()})`, opacity: opacity.toFixed(3) };
  }

  // Set only when they change: touching them makes the browser work out the style of every area again.
  function colour(map, state, payload) {
    const key = JSON.stringify([payload.colours, Boolean(payload.baseMap)]);
    if (state.colours === key) return;
    state.colours = key;
    const { classList, style } = map.getContainer();
    classList.toggle("lc-on-ground", Boolean(payload.baseMap));
    ["#ffffff", ...payload.colours].forEach((plain, mark) => {
      const { fill, opacity } = payload.baseMap ? translucent(plain) : { fill: plain, opacity: 1 };
      style.setProperty(`--lc-${mark}`, fill);
      style.setProperty(`--lc-opacity-${mark}`, opacity);
    });
  }

  function restyle(map, state, payload) {
    colour(map, state, payload);
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

  return { build, ofArea, prepare, restyle, select };
})();
