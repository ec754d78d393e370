/* The map by keyboard: it is one stop of the Tab key, and its arrow keys lead from area to area.
 *
 * Each step is outlined, shown and spoken. Page Up and Page Down lead through numbered places, detected clusters and known hotspots.
 */
"use strict";

localContext.keyboard = (function () {
  const { element } = localContext.signs;
  const { hide } = localContext.card;
  const { WAYS, onwards } = localContext.neighbours;
  const { drawing } = localContext;
  const STEP = 100; // pixels
  const HELP = "Arrow keys go from area to area, Enter chooses one and Escape lets go of it. Page Down goes to the next numbered "
    + "place, cluster or known hotspot. Plus and minus zoom, Shift with an arrow key moves the map, and Home shows all of it.";

  function prepare(map, state) {
    const box = map.getContainer();
    const help = element("div", "lc-unseen", HELP);
    help.id = "lc-help";
    box.append(help);
    map.keyboard.disable(); // its arrow keys would move the map
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-roledescription", "map");
    box.setAttribute("aria-describedby", help.id);
    state.cursor = { at: null, outline: L.layerGroup().addTo(map), stop: -1 };
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.altKey || event.ctrlKey || event.metaKey || !state.shown) return;
      if (press(map, state, event)) event.preventDefault();
    });
    map.on("blur mousedown", () => state.untip());
  }

  /* Forget the area that was reached, for areas that are others. */
  function clear(state) {
    Object.assign(state.cursor, { at: null, stop: -1 });
    state.cursor.outline.clearLayers();
    state.onwards = null;
  }

  /* Do what a key asks for; return whether it asks for anything. */
  function press(map, state, { key, shiftKey }) {
    if (state.shown.draft && drawing.press(map, state, key)) return true;
    const choose = () => (state.cursor.at === null ? step(map, state, null) : state.choose(state.cursor.at));
    const acts = {
      "Enter": choose, " ": choose, "Home": () => state.home(), "Escape": () => leave(state),
      "PageDown": () => visit(map, state, 1), "PageUp": () => visit(map, state, -1),
      "+": () => map.zoomIn(), "=": () => map.zoomIn(), "-": () => map.zoomOut(), "_": () => map.zoomOut(),
    };
    if (key in WAYS) {
      const { east, south } = WAYS[key];
      if (shiftKey) state.whenStill(() => map.panBy([east * STEP, south * STEP]));
      else step(map, state, key);
    } else if (Object.hasOwn(acts, key)) acts[key]();
    else return false;
    return true;
  }

  /* Close the card or, where there is none, let go of the area. */
  function leave(state) {
    if (state.card.of) { hide(state); return; }
    state.cursor.at = null;
    state.cursor.outline.clearLayers();
    state.untip();
    state.announce("");
  }

  // ---------------------------------------------------------------- from area to area

  function step(map, state, way) {
    const from = state.cursor.at;
    if (!state.onwards) state.onwards = onwards(map, state.areas);
    const to = from === null ? beginning(map, state) : state.onwards[from][way];
    if (to === null) {
      state.announce(way ? `No area lies further ${WAYS[way].name}.` : "The map shows no area.");
      return;
    }
    state.cursor.at = to;
    const area = state.areas[to];
    state.cursor.outline.clearLayers();
    for (const className of ["lc-casing", "lc-cursor"]) {
      L.polygon(area.getLatLngs(), { className, interactive: false, pane: "lc-selected", smoothFactor: 0 }).addTo(state.cursor.outline);
    }
    bring(map, state, middle(area));
    state.tipAt(to, middle(area));
    const { name, value } = state.describe(to);
    state.announce(`${name}: ${value}`);
  }

  function middle(area) {
    return area.getBounds().getCenter();
  }

  function bring(map, state, point) {
    const size = map.getSize();
    const { x, y } = map.latLngToContainerPoint(point);
    if (x < 70 || y < 50 || x > size.x - 50 || y > size.y - 60) state.whenStill(() => map.panTo(point));
  }

  /* Where arrow keys begin: at the chosen area, else around the school, else in the middle of what is in sight. */
  function beginning(map, state) {
    const { selected, school } = state.shown;
    const chosen = selected && state.byCode.get(selected);
    if (chosen) return chosen.feature.id;
    const around = map.latLngToLayerPoint(school ? [school.lat, school.lon] : map.getCenter());
    const away = (area) => map.latLngToLayerPoint(middle(area)).distanceTo(around);
    const nearest = state.areas.reduce((best, area) => (!best || away(area) < away(best) ? area : best), null);
    return nearest && nearest.feature.id;
  }

  // ---------------------------------------------------------------- from sign to sign

  /* Go to the next sign on the map, or the one before, and say what it is. */
  function visit(map, state, by) {
    const all = state.signsInTurn();
    if (!all.length) {
      state.announce("The map shows no numbered place, cluster or known hotspot.");
      return;
    }
    const last = state.cursor.stop;
    state.cursor.stop = last < 0 && by < 0 ? all.length - 1 : (last + by + all.length) % all.length;
    const { point, card, kind } = all[state.cursor.stop];
    bring(map, state, L.latLng(point));
    state.untip();
    state.open(card, `${kind}, ${state.cursor.stop + 1} of ${all.length}: `);
  }

  return { clear, prepare };
})();
