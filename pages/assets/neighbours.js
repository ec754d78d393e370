/* Which area comes next in each direction: a neighbour, one that shares a border, or else the nearest area there.
 *
 * Of neighbours the one is next that lies straightest from centre to centre. An area that would be nobody's next takes
 * the place of one that has several ways to it, so that arrow keys reach every area.
 */
"use strict";

localContext.neighbours = (function () {
  const { ringsOf } = localContext.overAreas;
  const WAYS = {
    ArrowUp: { east: 0, south: -1, name: "north" }, ArrowDown: { east: 0, south: 1, name: "south" },
    ArrowLeft: { east: -1, south: 0, name: "west" }, ArrowRight: { east: 1, south: 0, name: "east" },
  };
  const WIDEST = 1.75; // how far aside of a direction an area may lie, for each step ahead: 60 degrees
  const MOST_TURNS = 300;
  const ZOOM = 12; // any will do: directions are the same at each

  /* For each area, by position: the positions that follow by key, null where no area lies that way. */
  function onwards(map, areas) {
    const centres = areas.map((area) => map.project(area.getBounds().getCenter(), ZOOM));
    const neighbours = bordering(areas);
    const next = areas.map((_, from) => {
      const found = {};
      for (const key of Object.keys(WAYS)) {
        const near = best([...neighbours[from]], (to) => aside(centres, key, from, to));
        found[key] = near === null ? best(areas.keys(), (to) => distance(centres, key, from, to)) : near;
      }
      return found;
    });
    reachAll(centres, neighbours, next);
    return next;
  }

  /* How far aside of a direction one area lies from another, for each step ahead; infinitely where it lies elsewhere. */
  function aside(centres, key, from, to) {
    const { east, south } = WAYS[key];
    const by = centres[to].subtract(centres[from]);
    const ahead = by.x * east + by.y * south;
    const share = (Math.abs(by.x * south) + Math.abs(by.y * east)) / ahead;
    return ahead > 0 && share <= WIDEST ? share : Infinity;
  }

  function distance(centres, key, from, to) {
    return from === to ? Infinity : centres[from].distanceTo(centres[to]) * (1 + aside(centres, key, from, to));
  }

  /* The position for which `cost` is least, the first of several; null where it is infinite for all. */
  function best(positions, cost) {
    let [found, least] = [null, Infinity];
    for (const position of positions) {
      const its = cost(position);
      if (its < least) [found, least] = [position, its];
    }
    return found;
  }

  /* Let each area that nothing leads to take the place of one that has several ways to it, one after the other. */
  function reachAll(centres, neighbours, next) {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) {
      const reached = spread(next);
      const lost = next.findIndex((_, position) => !reached.has(position));
      if (lost < 0) return;
      const ways = next.map(() => 0); // how many lead to each area
      for (const from of reached) for (const to of Object.values(next[from])) if (to !== null) ways[to] += 1;
      const from = [...neighbours[lost]].filter((position) => reached.has(position));
      if (!lead(centres, next, ways, from, lost) && !lead(centres, next, ways, [...reached], lost)) return;
    }
  }

  /* The positions that the first area leads to, step by step. */
  function spread(next) {
    const reached = new Set(next.length ? [0] : []);
    for (const from of reached) for (const to of Object.values(next[from])) if (to !== null) reached.add(to); // grows meanwhile
    return reached;
  }

  /* Lead from one of several areas to `lost`, by the step that suits best; return whether there is any. */
  function lead(centres, next, ways, several, lost) {
    const steps = several.flatMap((from) => Object.keys(WAYS).map((key) => ({ from, key })));
    const step = best(steps.keys(), (at) => {
      const { from, key } = steps[at];
      const instead = next[from][key];
      return instead !== null && ways[instead] < 2 ? Infinity : distance(centres, key, from, lost);
    });
    if (step === null) return false;
    next[steps[step].from][steps[step].key] = lost;
    return true;
  }

  /* The neighbours of each area: those that have two corners in common with it, so a border. */
  function bordering(areas) {
    const corners = new Map(); // corner → the areas that have it
    for (const area of areas) {
      for (const corner of new Set(ringsOf(area).flat().map((each) => each.join()))) {
        if (!corners.has(corner)) corners.set(corner, []);
        corners.get(corner).push(area.feature.id);
      }
    }
    const [common, neighbours] = [new Set(), areas.map(() => new Set())];
    for (const together of corners.values()) {
      for (const one of together) for (const other of together) if (one !== other) meet(common, neighbours, one, other);
    }
    return neighbours;
  }

  function meet(common, neighbours, one, other) {
    const pair = `${one} ${other}`;
    if (common.has(pair)) neighbours[one].add(other);
    common.add(pair);
  }

  return { onwards, WAYS };
})();
