/* The map's own controls: a toolbar, which is one stop of the Tab key, the list of layers, and whose map it is. */
"use strict";

localContext.controls = (function () {
  const { drawn, element } = localContext.signs;
  const { labels, baseMap } = localContext;
  const ICONS = {
    "Zoom in": "M4 10h12M10 4v12", "Zoom out": "M4 10h12", "Show the whole map": "M3 10 10 3.5 17 10M5.5 9v7.5h9V9",
    "Full screen": "M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5", "Layers": "M10 3 18 7.5 10 12 2 7.5ZM3 12l7 4 7-4",
    "Find a place": "M8.5 3a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM12.5 12.5 17.5 17.5",
  };
  // Name of a layer → what it is called, and whether a payload has it.
  const LAYERS = {
    areas: ["Colours of the areas", () => true],
    base: ["Streets, parks and water", (payload) => payload.baseMap],
    labels: ["Names", () => true],
    hotspots: ["Known hotspots", (payload) => payload.hotspots.length],
    places: ["Numbered places", (payload) => payload.places.length],
    clusters: ["Detected clusters", (payload) => payload.outlines.length],
    partners: ["Layers from partners", (payload) => payload.partners.length],
    reach: ["Distance rings and walking area", (payload) => payload.rings || payload.walk],
  };

  function prepare(map, state, find) {
    const bar = element("div", "lc-control lc-toolbar");
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Map controls");
    const acts = {
      "Zoom in": () => map.zoomIn(),
      "Zoom out": () => map.zoomOut(),
      "Show the whole map": () => state.home(),
      "Full screen": () => toggleFullScreen(state),
      "Layers": () => openLayers(map, state, state.controls.panel.hidden),
      "Find a place": find,
    };
    const buttons = Object.entries(acts).map(([name, act]) => button(name, act));
    bar.append(...buttons);
    bar.addEventListener("keydown", (event) => turn(event, buttons));
    buttons[0].tabIndex = 0;
    const panel = element("div", "lc-control lc-layers");
    panel.hidden = true;
    panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      openLayers(map, state, false);
      state.controls.buttons.Layers.focus();
    });
    const owed = element("div", "lc-control lc-attribution");
    for (const part of [bar, panel, owed]) {
      L.DomEvent.disableClickPropagation(part);
      L.DomEvent.disableScrollPropagation(part);
    }
    map.getContainer().append(bar, panel, owed);
    state.controls = { bar, panel, owed, buttons: Object.fromEntries(buttons.map((each) => [each.dataset.name, each])), hidden: new Set() };
    state.controls.buttons.Layers.setAttribute("aria-expanded", "false");
    state.controls.buttons["Full screen"].hidden = !document.fullscreenEnabled;
    document.addEventListener("fullscreenchange", () => rename(state));
  }

  function button(name, act) {
    const made = element("button");
    made.type = "button";
    made.tabIndex = -1;
    made.dataset.name = name;
    called(made, name);
    made.append(drawn("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, drawn("path", { d: ICONS[name] })));
    made.addEventListener("click", act);
    return made;
  }

  function called(made, name) {
    made.title = name;
    made.setAttribute("aria-label", name);
  }

  /* Arrow keys go from button to button; the one that was reached last is where Tab comes back to. */
  function turn(event, buttons) {
    event.stopPropagation();
    const all = buttons.filter((each) => !each.hidden);
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    const ends = { Home: 0, End: all.length - 1 };
    if (!by && !(event.key in ends)) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement);
    const next = all[by ? (at + by + all.length) % all.length : ends[event.key]];
    for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
    next.focus();
  }

  // ---------------------------------------------------------------- full screen

  function toggleFullScreen(state) {
    const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    done.catch(() => {
      state.controls.buttons["Full screen"].hidden = true;
      state.announce("This browser does not allow full screen here.");
    });
  }

  function rename(state) {
    called(state.controls.buttons["Full screen"], document.fullscreenElement ? "Leave full screen" : "Full screen");
  }

  // ---------------------------------------------------------------- layers

  function openLayers(map, state, open) {
    const { panel, buttons } = state.controls;
    buttons.Layers.setAttribute("aria-expanded", `${open}`);
    panel.hidden = !open;
    if (!open) return;
    const list = element("fieldset");
    list.append(element("legend", "", "Show on the map"));
    for (const [name, [words, has]] of Object.entries(LAYERS)) {
      if (!has(state.shown || state.latest)) continue;
      const box = element("input");
      Object.assign(box, { type: "checkbox", checked: !state.controls.hidden.has(name) });
      box.addEventListener("change", () => show(map, state, name, box.checked));
      const line = element("label");
      line.append(box, element("span", "", words));
      list.append(line);
    }
    panel.replaceChildren(list);
    list.querySelector("input").focus();
  }

  /* Show or hide a layer, for as long as the frame lives. */
  function show(map, state, name, shown) {
    const { hidden } = state.controls;
    if (shown) hidden.delete(name);
    else hidden.add(name);
    map.getContainer().classList.toggle(`lc-without-${name}`, !shown);
    if (name === "base") baseMap.toggle(map, state, shown);
    if (name === "labels") labels.toggle(map, shown);
    labels.refresh(map);
  }

  /* Say whose map it is, and offer what the payload has: `find` whether places can be looked for. */
  function update(state, payload) {
    const { owed, buttons, panel } = state.controls;
    owed.textContent = payload.baseMap ? payload.baseMap.attribution : "";
    owed.hidden = !payload.baseMap;
    buttons["Find a place"].hidden = !payload.search;
    if (panel.contains(document.activeElement)) return;
    panel.hidden = true;
    buttons.Layers.setAttribute("aria-expanded", "false");
  }

  return { prepare, update };
})();
