/* The base map: land and water beneath the areas, roads and railways thin over them.
 *
 * Tiles come from the app's own route in vector form. Each is read once into paths in shares of its side, so drawing it
 * anew at another zoom only strokes them again. A tile that cannot be had or read leaves the map as it is without it.
 */
"use strict";

localContext.baseMap = (function () {
  const { decode } = localContext.vectorTile;
  const SIDE = 512; // pixels that a tile is meant for, so that one of zoom 14 is drawn from 14.5 to 15.5
  const MOST_KEPT = 240; // tiles
  const MOST_WANTED = 70; // in sight; where there would be more, the map is too far away for any
  const [WATER, LINE, ROAD] = ["#a8cfe9", "#7f8c96", "#ffffff"];
  // Kinds of land, the last uppermost.
  const LAND = { built: "#efece7", school: "#f3e9d8", green: "#e0eed6", wood: "#c3ddb6", park: "#d3e8c6" };

  // Widths in pixels by zoom, from where a kind of road is drawn, and the smallest last.
  const ROADS = [
    ["path", [[15.4, 0.9], [18, 1.6]]],
    ["service", [[14.6, 0.8], [16, 2], [18, 5]]],
    ["local", [[12.9, 0.5], [14, 1], [15, 2], [16, 4], [18, 10]]],
    ["secondary", [[11, 0.7], [13, 1.4], [14, 2.2], [16, 6], [18, 12]]],
    ["main", [[9, 0.8], [12, 1.6], [14, 3.2], [16, 7], [18, 14]]],
    ["motorway", [[6, 0.9], [12, 2.2], [14, 4.2], [16, 8.5], [18, 15]]],
  ];

  /* The width at a zoom between the two nearest steps; 0 before the first. */
  function widthAt(steps, zoom) {
    if (zoom < steps[0][0]) return 0;
    const next = steps.findIndex(([from]) => from > zoom);
    if (next < 0) return steps[steps.length - 1][1];
    const [[from, width], [to, wider]] = [steps[next - 1], steps[next]];
    return width + ((zoom - from) / (to - from)) * (wider - width);
  }

  // ---------------------------------------------------------------- tiles

  function prepare(map, state, redrawn) {
    const ground = { source: null, tiles: new Map(), shown: true, redrawn };
    state.ground = ground;
    ground.under = localContext.viewCanvas("lc-ground", 0.15, (context, view) => drawUnder(ground, context, view));
    ground.over = localContext.viewCanvas("lc-roads", 0.15, (context, view) => drawOver(ground, context, view));
    map.on("moveend", () => load(map, ground));
  }

  /* Which tiles lie in a view: its zoom is the map's, moved by how large tiles are and kept to those that there are. */
  function wanted(source, { origin, size, zoom }) {
    const z = Math.min(source.maxZoom, Math.max(source.minZoom, Math.round(zoom) - 1));
    const side = 256 * 2 ** (zoom - z);
    const [west, north] = [origin.x, origin.y].map((from) => Math.floor(from / side));
    const [east, south] = [origin.x + size.x, origin.y + size.y].map((to) => Math.floor(to / side));
    const found = [];
    if ((east - west + 1) * (south - north + 1) > MOST_WANTED) return found;
    for (let x = west; x <= east; x += 1) {
      for (let y = north; y <= south; y += 1) if (x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z) found.push({ z, x, y });
    }
    return found;
  }

  function named({ z, x, y }) {
    return `${z}/${x}/${y}`;
  }

  /* The view of the whole map, with the margin of the canvases. */
  function inSight(map) {
    const size = map.getSize();
    const margin = size.multiplyBy(0.15);
    const origin = map.getPixelBounds().min.subtract(margin);
    return { origin, size: size.add(margin.multiplyBy(2)), zoom: map.getZoom() };
  }

  function load(map, ground) {
    const { source, tiles } = ground;
    if (!source || !ground.shown) return;
    for (const at of wanted(source, inSight(map))) {
      const name = named(at);
      const known = tiles.get(name);
      if (known) { tiles.delete(name); tiles.set(name, known); continue; } // the oldest go first
      const tile = { ...at, layers: null };
      tiles.set(name, tile);
      read(source.tiles.replace("{z}", at.z).replace("{x}", at.x).replace("{y}", at.y))
        .then((layers) => { tile.layers = layers; })
        .catch(() => { if (tiles.get(name) === tile) tiles.delete(name); }) // asked for again after the next move
        .finally(() => { if (ground.source === source) redrawSoon(map, ground); });
    }
    while (tiles.size > MOST_KEPT) tiles.delete(tiles.keys().next().value);
  }

  async function read(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.status !== 200 && answer.status !== 204 && answer.status !== 404) throw new Error(`${answer.status}`);
    const bytes = answer.status === 200 ? await answer.arrayBuffer() : new ArrayBuffer(0);
    try {
      const layers = decode(bytes);
      return { layers, paths: pathsOf(layers) };
    } catch (error) {
      console.warn(`A tile was left out: ${error.message}`);
      return { layers: decode(new ArrayBuffer(0)), paths: {} };
    }
  }

  function pathsOf(layers) {
    const paths = {};
    for (const layer of ["land", "water", "rail", "road"]) {
      for (const { k, kind, parts } of layers[layer]) {
        const path = paths[`${layer} ${kind} ${k}`] || (paths[`${layer} ${kind} ${k}`] = new Path2D());
        for (const line of parts) {
          path.moveTo(line[0], line[1]);
          for (let at = 2; at < line.length; at += 2) path.lineTo(line[at], line[at + 1]);
        }
      }
    }
    return paths;
  }

  function redrawSoon(map, ground) {
    if (ground.waiting) return;
    ground.waiting = true;
    requestAnimationFrame(() => {
      ground.waiting = false;
      for (const canvas of [ground.under, ground.over]) canvas.redraw();
      ground.redrawn();
    });
  }

  /* The tiles to draw in a view: those wanted and, in place of one that has not come, one of another zoom that has. */
  function stands(ground, view) {
    if (!ground.source) return [];
    const all = new Map();
    const has = (at) => { const tile = ground.tiles.get(named(at)); return tile && tile.layers ? tile : null; };
    for (const at of wanted(ground.source, view)) {
      const tile = has(at);
      if (tile) { all.set(named(tile), tile); continue; }
      const [x, y] = [at.x * 2, at.y * 2];
      const smaller = [[x, y], [x + 1, y], [x, y + 1], [x + 1, y + 1]].map(([east, south]) => has({ z: at.z + 1, x: east, y: south }));
      let larger = null;
      for (let up = 1; up < 5 && !larger; up += 1) larger = has({ z: at.z - up, x: at.x >> up, y: at.y >> up });
      for (const other of smaller.some(Boolean) ? smaller : [larger]) if (other) all.set(named(other), other);
    }
    return [...all.values()];
  }

  // ---------------------------------------------------------------- drawing

  /* Call `act(paths, pixel)` for each tile of a view with the context moved to it; `pixel` is one pixel in its units. */
  function onTiles(ground, context, view, act) {
    for (const tile of stands(ground, view)) {
      const side = 256 * 2 ** (view.zoom - tile.z);
      const scale = side * view.ratio;
      const [x, y] = [tile.x * side - view.origin.x, tile.y * side - view.origin.y];
      context.setTransform(scale, 0, 0, scale, x * view.ratio, y * view.ratio);
      act(tile.layers.paths, 1 / side);
    }
  }

  function drawUnder(ground, context, view) {
    for (const [kind, fill] of Object.entries(LAND)) {
      context.fillStyle = fill;
      onTiles(ground, context, view, (paths) => { if (paths[`land 3 ${kind}`]) context.fill(paths[`land 3 ${kind}`]); });
    }
  }

  /* Stroke the paths whose names begin with `name`, `width` pixels wide. */
  function stroke(ground, context, view, name, colour, width, dashes = []) {
    context.strokeStyle = colour;
    onTiles(ground, context, view, (paths, pixel) => {
      context.lineWidth = width * pixel;
      context.setLineDash(dashes.map((dash) => dash * pixel));
      for (const [each, path] of Object.entries(paths)) if (each.startsWith(name)) context.stroke(path);
    });
  }

  function drawOver(ground, context, view) {
    const { zoom } = view;
    [context.lineCap, context.lineJoin] = ["round", "round"];
    stroke(ground, context, view, "land 3 park", "rgba(78, 128, 66, 0.55)", zoom < 12 ? 0 : 1);
    context.fillStyle = WATER;
    onTiles(ground, context, view, (paths) => {
      for (const [name, path] of Object.entries(paths)) if (name.startsWith("water 3")) context.fill(path);
    });
    stroke(ground, context, view, "water 2", WATER, widthAt([[8, 0.8], [12, 1.4], [15, 2.2], [18, 5]], zoom));
    drawRoads(ground, context, view);
    if (zoom >= 9) stroke(ground, context, view, "rail", "#ffffff", zoom < 13 ? 2 : 3.4);
    if (zoom >= 9) stroke(ground, context, view, "rail", "#52606d", zoom < 13 ? 0.9 : 1.4);
    context.lineCap = "butt";
    if (zoom >= 13) stroke(ground, context, view, "rail", "#52606d", 4, [1.2, 7]); // as sleepers lie
  }

  /* All edges before all surfaces, so that roads that meet run into each other. */
  function drawRoads(ground, context, view) {
    const widths = ROADS.map(([kind, steps]) => [kind, widthAt(steps, view.zoom)]).filter(([, width]) => width > 0);
    const edged = widths.filter(([kind]) => kind !== "path");
    for (const [kind, width] of edged) {
      stroke(ground, context, view, `road 2 ${kind}`, LINE, width + (width < 1.2 ? 0.7 : 1.3));
    }
    for (const [kind, width] of widths) {
      if (kind !== "path") { stroke(ground, context, view, `road 2 ${kind}`, ROAD, width); continue; }
      stroke(ground, context, view, "road 2 path", "#ffffff", width + 1);
      context.lineCap = "butt";
      stroke(ground, context, view, "road 2 path", "#6d5a45", width, [3, 2]);
      context.lineCap = "round";
    }
  }

  // ---------------------------------------------------------------- what the map asks for

  /* Draw the base map of `source`, the payload's `baseMap`; null takes it off. */
  function show(map, state, source) {
    const { ground } = state;
    const key = JSON.stringify(source);
    if (ground.key === key) return;
    Object.assign(ground, { key, source });
    ground.tiles.clear();
    for (const canvas of [ground.under, ground.over]) {
      if (source && ground.shown) canvas.addTo(map).redraw();
      else canvas.remove();
    }
    load(map, ground);
    ground.redrawn();
  }

  function toggle(map, state, shown) {
    const { ground } = state;
    Object.assign(ground, { shown, key: null });
    show(map, state, ground.source);
  }

  /* The tiles in sight with their features, each with where it lies: its corner and side in pixels of the map. */
  function tilesIn(map, state) {
    const { ground } = state;
    if (!ground.source || !ground.shown) return [];
    const { min } = map.getPixelBounds();
    return stands(ground, inSight(map)).map((tile) => {
      const side = 256 * 2 ** (map.getZoom() - tile.z);
      return { layers: tile.layers.layers, x: tile.x * side - min.x, y: tile.y * side - min.y, side };
    });
  }

  /* Whether every tile in sight has come and is drawn. */
  function settled(map, state) {
    const { source, shown, tiles, waiting } = state.ground;
    if (waiting) return false;
    if (!source || !shown) return true;
    return wanted(source, inSight(map)).every((at) => { const tile = tiles.get(named(at)); return tile && tile.layers; });
  }

  return { prepare, settled, show, SIDE, tilesIn, toggle };
})();
