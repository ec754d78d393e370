/* Drawing a place on the map: each click puts a corner, and what is drawn so far is shown.
 *
 * Corners live on the server: a click only says where it was, and the next payload brings all corners. By keyboard the arrow
 * keys move the map below a cross in its middle, and Enter puts a corner there.
 */
"use strict";

localContext.drawing = (function () {
  const { element, label } = localContext.signs;
  const STEP = 40; // pixels
  const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const DECIMALS = 6;

  function prepare(map, state) {
    state.draft = L.layerGroup().addTo(map);
    state.cross = element("div", "lc-cross");
    state.cross.hidden = true;
    map.getContainer().append(state.cross);
    map.on("click", (event) => { if (state.shown && state.shown.draft) put(state, event.latlng); });
  }

  // The time makes a second click on the same place count too, and stays increasing when the frame is made anew.
  let count = 0;
  function put(state, { lat, lng }) {
    count = Math.max(count + 1, Date.now());
    window.Streamlit.setComponentValue({ at: [Number(lng.toFixed(DECIMALS)), Number(lat.toFixed(DECIMALS))], count });
    state.announce("A corner is put here.");
  }

  /* Do what a key asks for while drawing; return whether it asks for anything. */
  function press(map, state, key) {
    if (key in WAYS) {
      const [east, south] = WAYS[key];
      state.whenStill(() => map.panBy([east * STEP, south * STEP]));
    } else if (key === "Enter" || key === " ") put(state, map.getCenter());
    else return false;
    return true;
  }

  function show(map, state, draft) {
    state.draft.clearLayers();
    state.cross.hidden = !draft;
    map.getContainer().classList.toggle("lc-drawing", Boolean(draft));
    if (!draft) return;
    const points = draft.corners.map(([lon, lat]) => [lat, lon]);
    const make = draft.kind === "area" && points.length > 2 ? L.polygon : L.polyline;
    for (const className of points.length > 1 ? ["lc-draft-casing", "lc-draft"] : []) {
      make(points, { className, interactive: false, pane: "lc-selected" }).addTo(state.draft);
    }
    points.forEach((point, at) => label(`${at + 1}`, point, "lc-sign lc-corner").addTo(state.draft));
  }

  return { prepare, press, put, show };
})();
