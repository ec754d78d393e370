/* The search box: a name is typed, the app answers with places, and the map goes to the one that is chosen. */
"use strict";

localContext.searchBox = (function () {
  const { element } = localContext.signs;
  const { labels } = localContext;
  const WAIT = 200; // milliseconds after the last key
  const SHORTEST = 2;
  const CLOSE = { district: 11, ward: 13.5, place: 14, postcode: 17 };
  const NEAR = 16;

  function prepare(map, state) {
    const form = element("div", "lc-control lc-search");
    form.setAttribute("role", "search");
    const input = element("input");
    const options = element("ul");
    const close = element("button", "lc-close", "×");
    Object.assign(input, { type: "text", autocomplete: "off", spellcheck: false, placeholder: "Place, street, stop, school or postcode" });
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-label": "Find a place, street, stop, school or postcode", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": "lc-found",
    })) input.setAttribute(name, value);
    options.id = "lc-found";
    options.setAttribute("role", "listbox");
    options.setAttribute("aria-label", "Places found");
    Object.assign(close, { type: "button" });
    close.setAttribute("aria-label", "Close the search");
    form.append(input, close, options);
    form.hidden = true;
    options.hidden = true;
    L.DomEvent.disableClickPropagation(form);
    L.DomEvent.disableScrollPropagation(form);
    map.getContainer().append(form);
    const box = { map, state, form, input, options, results: [], at: -1, marker: L.layerGroup().addTo(map), asked: null };
    state.search = box;
    close.addEventListener("click", () => leave(box));
    input.addEventListener("input", () => {
      clearTimeout(box.timer);
      box.timer = setTimeout(() => ask(box), WAIT);
    });
    form.addEventListener("keydown", (event) => press(box, event));
    return () => open(box);
  }

  function open(box) {
    box.form.hidden = false;
    box.input.focus();
    box.input.select();
    ready(box);
  }

  /* Have the app gather its places while the first name is typed; the first search after a change takes seconds. */
  function ready({ state }) {
    const { search } = state.shown || state.latest;
    if (search) post(search, "").catch(() => {}); // a search that fails says so
  }

  function post(search, wanted, more = {}) {
    const around = search.around ? { around: search.around } : {};
    return fetch(search.address, {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ q: wanted, dataset: search.dataset, ...around }), ...more,
    });
  }

  /* Take away what was found, close the box, and go back to the button that opened it. */
  function leave(box) {
    clearTimeout(box.timer);
    if (box.asked) box.asked.abort();
    box.marker.clearLayers();
    box.input.value = "";
    list(box, []);
    box.form.hidden = true;
    box.state.controls.buttons["Find a place"].focus();
    labels.refresh(box.map);
  }

  function press(box, event) {
    event.stopPropagation();
    if (event.key === "Escape") { leave(box); return; }
    if (event.target !== box.input) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && box.results.length) {
      event.preventDefault();
      mark(box, (box.at + by + box.results.length) % box.results.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (box.results.length) choose(box, box.results[Math.max(box.at, 0)]);
    }
  }

  async function ask(box) {
    const { input, state } = box;
    const { search } = state.shown || state.latest;
    const wanted = input.value.trim();
    if (box.asked) box.asked.abort();
    if (!search || wanted.length < SHORTEST) { list(box, []); return; }
    const asked = box.asked = new AbortController();
    try {
      const answer = await post(search, wanted, { signal: asked.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const { results } = await answer.json();
      list(box, results);
      state.announce(results.length ? `${results.length} found. Arrow keys go through them.` : "Nothing found.");
    } catch (error) {
      if (error.name === "AbortError") return;
      list(box, []);
      state.announce("The search did not answer. Try again.");
    }
  }

  function list(box, results) {
    Object.assign(box, { results, at: -1 });
    box.options.replaceChildren(...results.map((found, place) => {
      const line = element("li");
      line.id = `lc-found-${place}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.append(element("strong", "", found.name), element("span", "", [found.kind, found.where].filter(Boolean).join(", ")));
      line.addEventListener("click", () => choose(box, found));
      return line;
    }));
    if (!results.length && box.input.value.trim().length >= SHORTEST) {
      const none = element("li", "lc-nothing", "Nothing found");
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.setAttribute("aria-selected", "false");
      box.options.append(none);
    }
    box.options.hidden = !box.options.children.length;
    box.input.setAttribute("aria-expanded", `${!box.options.hidden}`);
    box.input.removeAttribute("aria-activedescendant");
  }

  function mark(box, at) {
    box.at = at;
    [...box.options.children].forEach((line, place) => line.setAttribute("aria-selected", `${place === at}`));
    box.options.children[at].scrollIntoView({ block: "nearest" });
    box.input.setAttribute("aria-activedescendant", `lc-found-${at}`);
  }

  function choose(box, { name, kind, where, lat, lon }) {
    const { map, state } = box;
    box.input.value = name;
    list(box, []);
    box.options.hidden = true;
    box.input.setAttribute("aria-expanded", "false");
    box.marker.clearLayers();
    const icon = L.divIcon({ className: "lc-sign lc-target", html: element("span"), iconSize: [26, 26] });
    L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: 800 })
      .bindTooltip(element("span", "", name), { permanent: true, direction: "auto", offset: [14, 0], className: "lc-school-name" })
      .addTo(box.marker);
    state.touched = true;
    state.whenStill(() => map.setView([lat, lon], Math.max(CLOSE[kind] || NEAR, Math.min(map.getZoom(), 17))));
    state.announce(`${[name, kind, where].filter(Boolean).join(", ")}. The map shows it.`);
    labels.refresh(map);
  }

  return { prepare };
})();
