/* The map in its frame: fitted to what it shows, touched, scrolled past, and printed. */
"use strict";

localContext.framing = (function () {
  const { element } = localContext.signs;
  const { labels } = localContext;
  const PAPER = { width: "680px", height: "430px" }; // A4 between its margins, and the frame's height in app.css
  const HINT = "Use two fingers to move the map";

  function prepare(map, state) {
    const box = map.getContainer();
    state.touched = false;
    state.fitted = null;
    let zooming = false;
    // The end of a zoom under way would undo any other movement.
    state.whenStill = (act) => { if (zooming) map.once("zoomend", act); else act(); };
    state.home = () => state.whenStill(() => { state.touched = false; fit(map, state); });
    weigh(map);
    map.on("zoomanim", () => { zooming = true; });
    map.on("zoomend", () => { zooming = false; weigh(map); });
    // A page must stay scrollable past its map: the wheel zooms only once the map has been chosen.
    map.scrollWheelZoom.disable();
    // Leaflet gives its box the focus when the mouse goes down on it. A page that scrolls then, to show the whole box,
    // takes the area away from under the mouse, and the click is none.
    box.focus = () => HTMLElement.prototype.focus.call(box, { preventScroll: true });
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    for (const sign of ["pointerdown", "wheel", "keydown"]) {
      box.addEventListener(sign, () => { state.touched = true; }, { passive: true });
    }
    if (window.matchMedia("(pointer: coarse)").matches) byTouch(map, box);
    // The style sheet, which sets the height, can come after the map has been fitted to another one.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(box);
    map.on("resize", () => { if (!state.touched) fit(map, state); });
    window.addEventListener("beforeprint", () => widen(map, state));
    window.addEventListener("afterprint", () => narrow(map, state));
  }

  function fit(map, state) {
    const wanted = state.latest && state.latest.fit;
    const bounds = wanted === "areas" ? state.bounds : wanted && L.latLngBounds(wanted);
    const size = map.getSize();
    if (!bounds || !bounds.isValid() || !size.x || !size.y) return; // a hidden map is fitted when it gets a size
    map.fitBounds(bounds, { padding: [12, 12], animate: false });
  }

  /* Fit the map when what it shows is another part of the world; else it stays where its reader moved it. */
  function settle(map, state, payload) {
    const fitted = JSON.stringify([payload.geometry, payload.fit]);
    if (state.fitted === fitted) return;
    state.fitted = fitted;
    state.touched = false;
    fit(map, state);
  }

  function weigh(map) {
    const zoom = map.getZoom();
    const box = map.getContainer();
    box.style.setProperty("--lc-line", zoom < 10.5 ? "0.5px" : zoom < 13 ? "0.8px" : "1.3px");
    box.classList.toggle("lc-near", zoom >= 12.5);
  }

  // ---------------------------------------------------------------- touch

  /* One finger scrolls the page past the map, two move and zoom the map; in full screen there is no page, and one does. */
  function byTouch(map, box) {
    const hint = element("div", "lc-hint", HINT);
    hint.setAttribute("aria-hidden", "true");
    box.append(hint);
    map.dragging.disable();
    document.addEventListener("fullscreenchange", () => map.dragging[document.fullscreenElement ? "enable" : "disable"]());
    const show = (event) => box.classList.toggle("lc-hinting", event.touches.length === 1 && !map.dragging.enabled());
    box.addEventListener("touchmove", show, { passive: true });
    for (const sign of ["touchend", "touchcancel"]) box.addEventListener(sign, () => box.classList.remove("lc-hinting"));
  }

  // ---------------------------------------------------------------- paper

  /* A page is laid out for paper without asking its scripts, so the map takes on the width of A4 before that. */
  function widen(map, state) {
    const [bounds, style] = [map.getBounds(), map.getContainer().style];
    state.onScreen = { centre: map.getCenter(), zoom: map.getZoom() };
    style.width = PAPER.width;
    style.setProperty("height", PAPER.height, "important"); // as the style sheet has it for the screen
    map.invalidateSize({ animate: false });
    if (state.touched) map.fitBounds(bounds, { animate: false });
    labels.redraw(map);
  }

  function narrow(map, state) {
    const style = map.getContainer().style;
    style.removeProperty("width");
    style.removeProperty("height");
    map.invalidateSize({ animate: false });
    if (state.onScreen) map.setView(state.onScreen.centre, state.onScreen.zoom, { animate: false });
  }

  return { prepare, settle };
})();
