/* The map of areas: fetches each drawing once, then repaints from values alone.
 *
 * Runs in the map's frame after Leaflet and all other scripts. To be called: localContext.paint(map, payload); the
 * payload is written by pages/components/maps/map_panel.py. Every text reaches the page as a text node, never as markup.
 */
"use strict";

localContext.paint = (function () {
  const { element, hatch, showHotspot, showSchool } = localContext.signs;
  const { areas, baseMap, card, controls, drawing, framing, keyboard, labels, partners, places } = localContext;
  const over = localContext.overAreas;
  const PANES = {
    "lc-ground": 390, "lc-areas": 400, "lc-roads": 405, "lc-backdrop": 410, "lc-outlines": 415, "lc-selected": 420,
    "lc-letters": 425, "lc-partners": 428, "lc-rings": 430, "lc-extents": 440, "lc-labels": 450,
    "lc-badges": 590, // badges below the signs of known hotspots, which Leaflet puts at 600
  };
  const drawings = new Map(); // address → promise of its GeoJSON, for as long as the frame lives
  const states = new WeakMap(); // map → what is on it

  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    L.Map.mergeOptions({ fadeAnimation: false, inertia: false, markerZoomAnimation: false, zoomAnimation: false });
  }

  // ---------------------------------------------------------------- the map, prepared once

  function prepare(map) {
    // `latest` is the payload that was asked for last, `shown` the one that stands on the map.
    const state = { latest: null, shown: null, geometry: null, layer: null, areas: [], marks: [], late: {}, pending: 0 };
    states.set(map, state);
    hatch();
    for (const [name, order] of Object.entries(PANES)) map.createPane(name).style.zIndex = order;
    state.renderer = L.svg({ pane: "lc-areas", padding: 0.5 });
    for (const group of ["selected", "signs", "backdropLayer"]) state[group] = L.layerGroup().addTo(map);
    card.prepare(map, state);
    framing.prepare(map, state);
    over.prepare(map, state);
    places.prepare(map, state);
    partners.prepare(map, state);
    baseMap.prepare(map, state, () => labels.refresh(map));
    labels.prepare(map, state);
    areas.prepare(map, state);
    state.open = (what, before = "") => { card.show(map, state, what); state.announce(before + card.words(what)); };
    state.signsInTurn = () => signsInTurn(state);
    keyboard.prepare(map, state);
    drawing.prepare(map, state);
    controls.prepare(map, state, localContext.searchBox.prepare(map, state));
    state.trouble = trouble();
    L.control.scale({ imperial: false, maxWidth: 120 }).addTo(map);
    return state;
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

  // ---------------------------------------------------------------- signs

  function ofHotspot({ name, facts }) {
    return { of: `hotspot ${name}`, name, facts };
  }

  function showSigns(map, state, payload) {
    const key = JSON.stringify([payload.hotspots, payload.signs, payload.school, payload.rings, payload.places]);
    if (key === state.signKey) return;
    state.signKey = key;
    state.signs.clearLayers();
    for (const hotspot of payload.hotspots) {
      const open = (event) => { L.DomEvent.stopPropagation(event); state.open(ofHotspot(hotspot)); };
      showHotspot(state.signs, hotspot, payload.signs[hotspot.status], open);
    }
    if (payload.school) showSchool(state.signs, payload.school, payload.rings);
    places.show(state, payload.places, state.open);
    labels.refresh(map);
  }

  /* All signs that Page Down leads to, each with its point, what kind it is, and its card. */
  function signsInTurn(state) {
    const { hotspots, outlines, places: numbered } = state.shown;
    return [
      ...numbered.map((place) => ({ kind: "Place", point: [place.lat, place.lon], card: places.about(place) })),
      ...outlines.map(({ label }, at) => ({ kind: "Cluster", point: state.tops[at], card: over.about(at + 1, label) })),
      ...hotspots.map((spot) => ({ kind: "Known hotspot", point: [spot.lat, spot.lon], card: ofHotspot(spot) })),
    ];
  }

  /* Renew the card of an area with its new value; close one of what the map shows no more. */
  function renewCard(map, state) {
    const { of } = state.card;
    const area = of && state.byCode.get(of);
    if (area) card.show(map, state, areas.ofArea(state, area.feature.id));
    else if (of && !signsInTurn(state).some((sign) => sign.card.of === of)) card.hide(state);
  }

  // ---------------------------------------------------------------- one repaint

  function show(map, state, payload, geojson) {
    if (state.geometry !== payload.geometry) {
      areas.build(map, state, geojson);
      over.clear(state);
      keyboard.clear(state);
      state.geometry = payload.geometry;
    }
    if (payload.marks.length !== state.areas.length) throw new Error("Values and areas differ in number.");
    state.shown = payload;
    state.texts = payload.texts.split("|");
    areas.restyle(map, state, payload);
    areas.select(state, payload.selected);
    over.showOutlines(map, state, state.open);
    controls.update(state, payload);
    baseMap.show(map, state, payload.baseMap);
    showSigns(map, state, payload);
    drawing.show(map, state, payload.draft);
    framing.settle(map, state, payload);
    over.showLetters(map, state);
    renewCard(map, state);
    map.getContainer().setAttribute("aria-label", payload.title);
    state.trouble.remove();
    document.body.dataset.painted = payload.token;
    showLate(map, state, payload);
  }

  function lay(state, geojson) {
    state.backdropLayer.clearLayers();
    if (!geojson) return;
    L.geoJSON(geojson, {
      filter: (feature) => feature.geometry.type !== "Point",
      interactive: false,
      pane: "lc-backdrop",
      style: (feature) => ({ className: `lc-line lc-line-${feature.properties.k}` }),
    }).addTo(state.backdropLayer);
  }

  /* What the map reads without is asked for once the areas stand: backdrop, names, walks, ways to a gate, partners. */
  function showLate(map, state, payload) {
    later(state, "backdrop", payload.backdrop, (geojson) => { lay(state, geojson); labels.take(map, "backdrop", geojson); });
    later(state, "names", payload.names, (geojson) => labels.take(map, "names", geojson));
    later(state, "walk", payload.walk, (geojson) => places.showWalk(state, geojson));
    for (let at = 0; at < Math.max(payload.partners.length, state.partners.length); at += 1) {
      const layer = payload.partners[at];
      later(state, `partner ${at}`, layer ? layer.address : null, (geojson) => partners.show(map, state, at, layer, geojson));
    }
    later(state, "corridors", payload.corridors, (geojson) => places.showCorridors(state, geojson));
  }

  function later(state, what, address, act) {
    if ((state.late[what] || null) === address) return;
    state.late[what] = address;
    if (!address) { act(null); return; }
    const late = () => state.late[what] !== address;
    state.pending += 1;
    fetched(address).then((geojson) => { if (!late()) act(geojson); })
      .catch(() => { if (!late()) state.late[what] = null; }) // the next repaint tries again
      .finally(() => { state.pending -= 1; });
  }

  /* Say so rather than leave the colours of another question standing. */
  function fail(map, state, error) {
    console.error(error);
    if (state.layer) state.layer.remove();
    Object.assign(state, { shown: null, geometry: null, layer: null, fitted: null, selectKey: null });
    state.selected.clearLayers();
    over.clear(state);
    keyboard.clear(state);
    card.hide(state);
    state.untip();
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
  }

  return paint;
})();
