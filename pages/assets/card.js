/* The card in the map: what is known of the area, place, cluster or known hotspot that was chosen. */
"use strict";

localContext.card = (function () {
  const { element } = localContext.signs;

  function prepare(map, state) {
    const box = element("div", "lc-card");
    box.setAttribute("role", "group");
    box.hidden = true;
    map.getContainer().append(box);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") leave(map, state);
    });
    // What it says can be spoken too: a screen reader hears of a change that its reader did not move to.
    const said = element("div", "lc-unseen lc-said");
    said.setAttribute("aria-live", "polite");
    map.getContainer().append(said);
    Object.assign(state, { card: { box, of: null }, announce: (text) => { said.textContent = text; } });
  }

  /* Show `name`, `lines` and `facts` (pairs); `of` names what the card is of. */
  function show(map, state, { of, name, lines = [], facts = [] }) {
    const { box } = state.card;
    const close = element("button", "lc-close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Close");
    close.addEventListener("click", () => leave(map, state));
    const list = element("dl");
    for (const [term, text] of facts) list.append(element("dt", "", term), element("dd", "", text));
    box.replaceChildren(close, element("strong", "", name), ...lines.filter(Boolean).map((line) => element("p", "", line)));
    if (facts.length) box.append(list);
    box.setAttribute("aria-label", name);
    box.hidden = false;
    state.card.of = of;
  }

  function hide(state) {
    state.card.box.hidden = true;
    state.card.of = null;
  }

  /* Close it and go back to the map, from where Tab goes on. */
  function leave(map, state) {
    hide(state);
    map.getContainer().focus();
  }

  function words({ name, lines = [], facts = [] }) {
    return [name, ...lines.filter(Boolean), ...facts.map((pair) => pair.join(" "))].join(". ");
  }

  return { hide, prepare, show, words };
})();
