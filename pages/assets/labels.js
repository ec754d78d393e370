/* Labels: one pass places all of them, and none lies over another, a sign or a control.
 *
 * What deserves its place first gets it first; the same map always has the same labels. Texts are drawn on a canvas, so
 * no text is ever markup. `localContext.labels.drawn(map)` tells what stands where.
 */
"use strict";

localContext.labels = (function () {
  const { along, joined, middle, write } = localContext.textOnLines;
  const { settled, tilesIn } = localContext.baseMap;
  const FAMILY = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
  const MOST = 160; // labels on one map
  const MOST_TRIED = 1500;
  const APART = 230; // pixels between two labels of one text
  const SMALLEST = 24; // pixels across; of a park or a lake with its name
  const CELL = 64; // pixels; of the grid that holds what is taken
  const [INK, GREEN, BLUE, GREY] = ["#1f2933", "#2f5d27", "#1f5a86", "#3e4c59"];

  // From which zoom, up to which, which comes first, and how it looks; `sign` is a mark at the place itself.
  const KINDS = {
    district: { from: 7, to: 12.4, first: 0, font: `700 13px ${FAMILY}`, ink: INK },
    "backdrop place": { from: 5, to: 19, first: 2.5, font: `600 13px ${FAMILY}`, ink: INK, below: true },
    place: { from: 13.5, to: 17, first: 1, font: `600 13px ${FAMILY}`, ink: INK },
    ward: { from: 11.5, to: 15.9, first: 2, font: `600 11px ${FAMILY}`, ink: "#4a3b63", spaced: "0.6px" },
    station: { from: 12, to: 19, first: 3, font: `600 11.5px ${FAMILY}`, ink: INK, sign: "station" },
    school: { from: 14.6, to: 19, first: 5, font: `500 11px ${FAMILY}`, ink: "#5a2a0c", sign: "school" },
    park: { from: 13, to: 19, first: 4, font: `italic 600 11.5px ${FAMILY}`, ink: GREEN },
    water: { from: 13, to: 19, first: 7, font: `italic 500 11.5px ${FAMILY}`, ink: BLUE },
    street: { from: 13, to: 19, first: 9, font: `500 11px ${FAMILY}`, ink: GREY },
    poi: { from: 16, to: 19, first: 13, font: `italic 500 10.5px ${FAMILY}`, ink: GREY },
    stop: { from: 16.6, to: 19, first: 12, font: `500 10.5px ${FAMILY}`, ink: GREY, sign: "stop" },
    motorway: { from: 10.5, to: 19, first: 6, font: `600 11px ${FAMILY}`, ink: INK, line: true },
    main: { from: 12.8, to: 19, first: 6, font: `600 11px ${FAMILY}`, ink: INK, line: true },
    secondary: { from: 13.7, to: 19, first: 8, font: `500 11px ${FAMILY}`, ink: INK, line: true },
    local: { from: 14.7, to: 19, first: 10, font: `500 10.5px ${FAMILY}`, ink: GREY, line: true },
    service: { from: 16.5, to: 19, first: 11, font: `500 10.5px ${FAMILY}`, ink: GREY, line: true },
    path: { from: 16.5, to: 19, first: 11, font: `italic 500 10.5px ${FAMILY}`, ink: GREY, line: true },
  };
  const OF_RANK = [13.5, 6, 9.5, 11.6, 14]; // zooms from which a place of a rank has its name: city, town, suburb, quarter
  const OBSTACLES = ".lc-sign, .lc-school-name, .lc-ring-label span, .lc-letter span, .lc-control, .leaflet-control";
  const states = new WeakMap(); // map → what has been drawn, and what it is made of

  function prepare(map, state) {
    const own = { state, drawn: [], names: [], backdrop: [], shown: true, widths: new Map() };
    states.set(map, own);
    own.canvas = localContext.viewCanvas("lc-labels", 0, (context, view) => draw(map, own, context, view));
    own.canvas.addTo(map);
  }

  /* Place all labels anew, once, before the browser draws the next picture. */
  function refresh(map) {
    const own = states.get(map);
    if (own.waiting) return;
    own.waiting = requestAnimationFrame(() => { own.waiting = null; own.canvas.redraw(); });
  }

  /* Place them at once, as paper asks for. */
  function redraw(map) {
    states.get(map).canvas.redraw();
  }

  // ---------------------------------------------------------------- what could be labelled

  function candidates(map, own) {
    const zoom = map.getZoom();
    const found = [];
    const add = (kind, text, more) => {
      const look = KINDS[kind];
      const from = kind === "place" && more.rank ? OF_RANK[more.rank] || look.from : look.from;
      if (look && text && zoom >= from && zoom <= look.to) found.push({ kind, look, text, size: 0, rank: 0, ...more });
    };
    const hasStreets = tilesIn(map, own.state).some(({ layers }) => layers.road.length);
    const view = map.getBounds().pad(0.1);
    own.names.forEach(({ k, n, lat, lng }, rank) => { // the most telling come first
      if (!view.contains([lat, lng]) || (hasStreets && (k === "street" || k === "poi"))) return;
      add(k, n, { at: map.latLngToContainerPoint([lat, lng]), rank });
    });
    for (const { n, lat, lng } of own.backdrop) add("backdrop place", n, { at: map.latLngToContainerPoint([lat, lng]) });
    for (const tile of tilesIn(map, own.state)) ofTile(tile, add);
    return found.sort(inTurn).slice(0, MOST_TRIED);
  }

  function inTurn(one, other) {
    return one.look.first - other.look.first || one.rank - other.rank || other.size - one.size
      || (one.text < other.text ? -1 : Number(one.text > other.text)) || one.at.x - other.at.x || one.at.y - other.at.y;
  }

  function ofTile({ layers, x, y, side }, add) {
    const onMap = (line, at = 0) => L.point(x + line[at] * side, y + line[at + 1] * side);
    for (const { k, n, r, parts } of layers.point) {
      for (const part of parts) if (isWithin(part)) add(k, n, { at: onMap(part), rank: r });
    }
    for (const [name, kind] of [["land", "park"], ["water", "water"]]) {
      for (const { n, parts } of layers[name].filter((each) => each.n && each.kind === 3 && each.k !== "school")) {
        const inside = middle(parts);
        const size = Math.round(inside.size * side);
        if (size > SMALLEST && isWithin(inside.at)) add(kind, n, { at: onMap(inside.at), size });
      }
    }
    for (const { k, n, line, length } of joined(layers.road)) {
      const points = [];
      for (let at = 0; at < line.length; at += 2) points.push(onMap(line, at));
      add(k, n, { at: points[0], points, size: Math.round(length * side) });
    }
  }

  /* A tile brings a little of its neighbours, which label that themselves. */
  function isWithin([x, y]) {
    return x >= 0 && y >= 0 && x < 1 && y < 1;
  }

  // ---------------------------------------------------------------- placing

  class Taken {
    constructor(size) {
      this.size = size;
      this.cells = new Map();
    }

    * near({ left, top, right, bottom }) {
      for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
        for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) yield `${column} ${row}`;
      }
    }

    add(box) {
      for (const cell of this.near(box)) this.cells.set(cell, [...(this.cells.get(cell) || []), box]);
    }

    isFree(box) {
      if (Math.min(box.left, box.top, this.size.x - box.right, this.size.y - box.bottom) < 2) return false;
      for (const cell of this.near(box)) if ((this.cells.get(cell) || []).some((other) => meet(box, other))) return false;
      return true;
    }
  }

  function meet(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  }

  function obstacles(map) {
    const corner = map.getContainer().getBoundingClientRect();
    return Array.from(map.getContainer().querySelectorAll(OBSTACLES), (node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return { left: left - corner.left - 2, top: top - corner.top - 2, right: right - corner.left + 2, bottom: bottom - corner.top + 2 };
    }).filter((box) => box.right - box.left > 4);
  }

  /* How a label could stand, the best first: each has its `boxes`, and `lines` of text or `glyphs` on a line. */
  function * ways(label, measure) {
    const { look, at, points, text } = label;
    if (look.line) {
      const size = Number.parseFloat(look.font.match(/([\d.]+)px/)[1]);
      yield * along(points, text, measure, size);
      return;
    }
    const lines = broken(text, measure);
    const [wide, high] = [Math.max(...lines.map(measure)), lines.length * 13];
    const offsets = look.sign ? [[0, 8 + high / 2], [0, -8 - high / 2], [9 + wide / 2, 0], [-9 - wide / 2, 0]] : [[0, look.below ? 13 : 0]];
    for (const [east, south] of offsets) {
      const [x, y] = [at.x + east, at.y + south];
      const box = { left: x - wide / 2 - 3, top: y - high / 2 - 1, right: x + wide / 2 + 3, bottom: y + high / 2 + 1 };
      const mark = look.sign ? [{ left: at.x - 6, top: at.y - 6, right: at.x + 6, bottom: at.y + 6 }] : [];
      yield { boxes: [box, ...mark], lines: lines.map((line, row) => ({ text: line, x, y: y + (row - (lines.length - 1) / 2) * 13 })) };
    }
  }

  /* A long text in two lines of about the same length. */
  function broken(text, measure) {
    if (measure(text) < 105 || !text.includes(" ")) return [text];
    let [best, least] = [[text], Number.POSITIVE_INFINITY];
    for (let at = text.indexOf(" "); at > 0; at = text.indexOf(" ", at + 1)) {
      const lines = [text.slice(0, at), text.slice(at + 1)];
      const longest = Math.max(...lines.map(measure));
      if (longest < least) [best, least] = [lines, longest];
    }
    return best;
  }

  function draw(map, own, context, view) {
    own.drawn = [];
    if (!own.shown || !own.state.shown) return;
    const taken = new Taken(view.size);
    for (const box of obstacles(map)) taken.add(box);
    const standing = new Map(); // text → where it stands
    for (const label of candidates(map, own)) {
      if (own.drawn.length >= MOST) break;
      const others = standing.get(label.text) || [];
      if (others.some((at) => at.distanceTo(label.at) < APART)) continue;
      const way = free(own, context, taken, label);
      if (!way) continue;
      way.boxes.forEach((box) => taken.add(box));
      standing.set(label.text, [...others, label.at]);
      own.drawn.push({ ...label, ...way });
    }
    for (const label of own.drawn) write(context, view.ratio, label);
  }

  /* The first way for a label to stand in which it meets nothing. */
  function free(own, context, taken, label) {
    context.font = label.look.font;
    context.letterSpacing = label.look.spaced || "0px";
    for (const way of ways(label, (text) => width(own, context, label.look, text))) {
      if (way.boxes.every((box) => taken.isFree(box))) return way;
    }
    return null;
  }

  function width(own, context, look, text) {
    const key = `${look.font} ${text}`;
    if (!own.widths.has(key)) {
      if (own.widths.size > 20_000) own.widths.clear();
      own.widths.set(key, context.measureText(text).width);
    }
    return own.widths.get(key);
  }

  // ---------------------------------------------------------------- what the map asks for

  /* Take the names of a drawing: its points, as `from` ("names" or "backdrop"). */
  function take(map, from, geojson) {
    const own = states.get(map);
    own[from] = (geojson ? geojson.features : []).filter(({ geometry }) => geometry && geometry.type === "Point")
      .map(({ geometry: { coordinates: [lng, lat] }, properties: { k, n } }) => ({ k, n, lat, lng }));
    refresh(map);
  }

  function toggle(map, shown) {
    states.get(map).shown = shown;
    refresh(map);
  }

  /* What stands on the map: `text`, `kind` and `boxes` (left, top, right, bottom in pixels of the map) of each label. */
  function drawn(map) {
    return states.get(map).drawn.map(({ text, kind, boxes }) => ({ text, kind, boxes }));
  }

  /* Whether all that the map asked for has come and is drawn. */
  function isSettled(map) {
    const { state, waiting } = states.get(map);
    return !waiting && !state.pending && settled(map, state);
  }

  return { drawn, isSettled, prepare, redraw, refresh, take, toggle };
})();
