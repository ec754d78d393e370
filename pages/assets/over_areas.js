/* What lies over the areas: letters of their classes, and outlines of detected clusters with their numbers.
 *
 * Loaded after signs.js and before area_layer.js, which calls these with the map and its `state`: `state.areas` are the
 * areas of the drawing by position, and `state.shown` is the payload that stands on the map, null while there is none.
 */
"use strict";

localContext.overAreas = (function () {
  const { button, element } = localContext.signs;
  const { refresh } = localContext.labels;
  const MOST_LETTERS = 120;
  const ROOM_FOR_LETTER = 16; // pixels

  function prepare(map, state) {
    state.letters = new Map(); // position of the area → its letter on the map
    state.outlines = L.layerGroup().addTo(map);
    clear(state);
    map.on("moveend", () => showLetters(map, state)); // which follows every zoom too
  }

  /* Take everything off, for areas that are not those it was made for. */
  function clear(state) {
    for (const { marker } of state.letters.values()) marker.remove();
    state.letters.clear();
    state.rooms = [];
    state.outlines.clearLayers();
    state.outlineKey = "[]";
  }

  // ---------------------------------------------------------------- letters of the classes

  function ringsOf(area) {
    const { type, coordinates } = area.feature.geometry;
    return type === "Polygon" ? coordinates : coordinates.flat();
  }

  /* The widest stretch that lies inside `rings` on the line where `axis` (0 east, 1 north) has the value `at`. */
  function stretch(rings, axis, at) {
    const met = [];
    for (const ring of rings) {
      for (let end = 1; end < ring.length; end += 1) {
        const from = ring[end - 1];
        const to = ring[end];
        if ((from[axis] > at) === (to[axis] > at)) continue;
        met.push(from[1 - axis] + ((at - from[axis]) / (to[axis] - from[axis])) * (to[1 - axis] - from[1 - axis]));
      }
    }
    met.sort((one, other) => one - other);
    let widest = { middle: Number.NaN, width: 0 };
    for (let end = 1; end < met.length; end += 2) {
      const width = met[end] - met[end - 1];
      if (width > widest.width) widest = { middle: met[end] - width / 2, width };
    }
    return widest;
  }

  /* A point well inside the area, and its room in degrees of longitude; the middle of a crescent lies outside it. */
  function roomiest(area) {
    const rings = ringsOf(area);
    const bounds = area.getBounds();
    const narrow = Math.cos((bounds.getCenter().lat * Math.PI) / 180);
    let best = { room: 0 };
    for (const share of [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8]) {
      const across = stretch(rings, 1, bounds.getSouth() + share * (bounds.getNorth() - bounds.getSouth()));
      const upright = stretch(rings, 0, across.middle);
      const room = Math.min(across.width, upright.width / narrow);
      if (room > best.room) best = { room, point: L.latLng(upright.middle, across.middle) };
    }
    return best;
  }

  /* Put its class's letter on each area in sight that has room for one. */
  function showLetters(map, state) {
    if (!state.shown) return;
    const { letters, marks, emphasise } = state.shown;
    const pixels = map.options.crs.scale(map.getZoom()) / 360; // in one degree of longitude
    const view = map.getBounds();
    const lit = emphasise && new Set(emphasise);
    const found = [];
    state.areas.forEach((area, position) => {
      const letter = letters[marks[position] - 1];
      if (!letter || (lit && !lit.has(position))) return;
      const place = state.rooms[position] || (state.rooms[position] = roomiest(area));
      const fits = place.room * pixels >= ROOM_FOR_LETTER;
      if (fits && view.contains(place.point)) found.push({ position, letter, ...place });
    });
    found.sort((one, other) => other.room - one.room);
    const before = [...state.letters.keys()].join();
    const wanted = new Map(found.slice(0, MOST_LETTERS).map((place) => [place.position, place]));
    for (const [position, { letter, marker }] of state.letters) {
      if (wanted.has(position) && wanted.get(position).letter === letter) continue;
      marker.remove();
      state.letters.delete(position);
    }
    for (const [position, { letter, point }] of wanted) {
      if (state.letters.has(position)) continue;
      const icon = L.divIcon({ className: "lc-letter", html: element("span", "", letter), iconSize: [0, 0] });
      const marker = L.marker(point, { icon, interactive: false, keyboard: false, pane: "lc-letters" }).addTo(map);
      marker.getElement().setAttribute("aria-hidden", "true"); // the tooltip and the legend have the word
      state.letters.set(position, { letter, marker });
    }
    if ([...state.letters.keys()].join() !== before) refresh(map);
  }

  // ---------------------------------------------------------------- outlines of detected clusters

  /* The border round several areas, as lines. Neighbours share the corners of their common border, so each side that
   * two of them have cancels; sides of areas that do not match stay, which outlines such areas one by one. */
  function border(areas) {
    const sides = new Map();
    for (const ring of areas.flatMap(ringsOf)) {
      for (let end = 1; end < ring.length; end += 1) {
        const ends = [ring[end - 1].join(), ring[end].join()].sort();
        if (ends[0] !== ends[1] && !sides.delete(ends.join())) sides.set(ends.join(), ends);
      }
    }
    const leaving = new Map(); // corner → the corners that its sides lead to; each side is taken once
    const lead = (from, to) => leaving.set(from, (leaving.get(from) || new Set()).add(to));
    for (const [one, other] of sides.values()) { lead(one, other); lead(other, one); }
    const lines = [];
    for (const [start, ways] of leaving) {
      while (ways.size) {
        const line = [start];
        for (let corner = start; leaving.get(corner).size; line.push(corner)) {
          const [next] = leaving.get(corner);
          leaving.get(corner).delete(next);
          leaving.get(next).delete(corner);
          corner = next;
        }
        lines.push(line.map((corner) => corner.split(",").reverse().map(Number)));
      }
    }
    return lines;
  }

  function about(number, text) {
    return { of: `cluster ${number}`, name: `Detected cluster ${number}`, lines: [text] };
  }

  /* The number of a cluster, at the top of its outline; it tells its label to a pointer and, with its card, to a click. */
  function badge(number, text, top, open) {
    const { name } = about(number, text);
    const box = element("div");
    box.append(element("strong", "", name), element("span", "", text));
    const sign = element("span", "", `${number}`);
    const icon = L.divIcon({ className: "lc-sign lc-badge", html: sign, iconSize: [24, 24] });
    const marker = L.marker(top, { icon, keyboard: false, pane: "lc-badges", riseOnHover: true });
    marker.bindTooltip(box, { className: "lc-tip lc-tip-wide", direction: "auto", offset: [12, 0] });
    return button(marker, `${name}: ${text}`).on("click keypress", () => open(about(number, text)));
  }

  /* Outline the clusters that stand in the payload; `open(card)` shows what is known of one. */
  function showOutlines(map, state, open) {
    const { outlines } = state.shown;
    const key = JSON.stringify(outlines);
    if (key === state.outlineKey) return;
    state.outlines.clearLayers();
    state.outlineKey = key;
    const borders = outlines.map(({ members }) => border(members.map((position) => state.areas[position])));
    // All casings first: that of one cluster would nick the line of the next.
    for (const className of ["lc-outline-casing", "lc-outline"]) {
      const look = { className, interactive: false, pane: "lc-outlines", smoothFactor: 0 };
      for (const lines of borders) L.polyline(lines, look).addTo(state.outlines);
    }
    state.tops = borders.map((lines) => lines.flat().reduce((best, corner) => (corner[0] > best[0] ? corner : best)));
    outlines.forEach(({ label: text }, place) => badge(place + 1, text, state.tops[place], open).addTo(state.outlines));
    refresh(map);
  }

  return { about, clear, prepare, ringsOf, showLetters, showOutlines };
})();
