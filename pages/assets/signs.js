/* What stands on the map besides areas: labels, the school with its rings, known hotspots.
 *
 * Loaded before area_layer.js, which calls these. Built node by node: every text is a text node, never markup.
 */
"use strict";

window.localContext = {};

localContext.signs = (function () {
  const SVG = "http://www.w3.org/2000/svg";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function drawn(tag, attributes, ...children) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function hatch() {
    const pattern = drawn(
      "pattern",
      { id: "lc-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      drawn("rect", { width: 6, height: 6, fill: "#e4e7eb" }),
      drawn("line", { x1: 0, y1: 0, x2: 0, y2: 6, stroke: "#687481", "stroke-width": 1.6 }),
    );
    const holder = drawn("svg", { width: 0, height: 0, "aria-hidden": "true" }, drawn("defs", {}, pattern));
    holder.style.position = "absolute";
    document.body.append(holder);
  }

  function label(text, point, className) {
    const icon = L.divIcon({ className, html: element("span", "", text), iconSize: [0, 0] });
    return L.marker(point, { icon, interactive: false, keyboard: false });
  }

  /* Pin, name and rings of the school, for `group`. */
  function showSchool(group, school, rings) {
    const point = L.latLng(school.lat, school.lon);
    for (const metres of rings || []) {
      for (const className of ["lc-ring-casing", "lc-ring"]) {
        L.circle(point, { radius: metres, className, interactive: false, pane: "lc-rings" }).addTo(group);
      }
      const edge = L.latLng(point.toBounds(2 * metres).getSouth(), school.lon); // the pin stands to the north
      label(`${metres.toLocaleString("en-GB")} m`, edge, "lc-ring-label").addTo(group);
    }
    const pin = drawn(
      "svg",
      { width: 26, height: 34, viewBox: "0 0 26 34", "aria-hidden": "true" },
      drawn("path", {
        d: "M13 33C9 26 2 21 2 13a11 11 0 0 1 22 0c0 8-7 13-11 20z",
        fill: "#1f2933", stroke: "#ffffff", "stroke-width": 2,
      }),
      drawn("path", { d: "M13 7 5.5 11 13 15l7.5-4zM8.5 13.8V17c2.5 2 6.5 2 9 0v-3.2L13 16.2z", fill: "#ffffff" }),
    );
    const icon = L.divIcon({ className: "lc-sign", html: pin, iconSize: [26, 34], iconAnchor: [13, 33] });
    L.marker(point, { icon, interactive: false, keyboard: false, zIndexOffset: 500 })
      .bindTooltip(element("span", "", school.name), {
        permanent: true, direction: "auto", offset: [12, -20], className: "lc-school-name",
      })
      .addTo(group);
  }

  function sign(look) {
    const line = { fill: look.fill, stroke: look.line, "stroke-width": 2, "stroke-dasharray": look.dash || "none" };
    const letter = drawn("text", { x: 12, y: 12.5, fill: look.ink });
    letter.textContent = look.letter;
    return drawn(
      "svg",
      { width: 26, height: 26, viewBox: "0 0 24 24", "aria-hidden": "true" },
      drawn("path", { d: look.path, fill: "#ffffff", stroke: "#ffffff", "stroke-width": 5, "stroke-linejoin": "round" }),
      drawn("path", { d: look.path, ...line }),
      letter,
    );
  }

  /* Sign and extent of one known hotspot, for `group`; `look` is the look of its status, `open` shows what is known. */
  function showHotspot(group, hotspot, look, open) {
    if (hotspot.extent) {
      L.geoJSON(hotspot.extent, {
        pane: "lc-extents",
        style: { className: "lc-extent", color: look.line, dashArray: look.dash, fill: false },
        filter: (feature) => !(feature.geometry || feature).type.includes("Point"),
      }).on("click", open).addTo(group);
    }
    const icon = L.divIcon({ className: "lc-sign lc-hotspot", html: sign(look), iconSize: [26, 26] });
    const marker = L.marker([hotspot.lat, hotspot.lon], { icon, keyboard: false, title: hotspot.name, riseOnHover: true });
    button(marker, `Known hotspot: ${hotspot.name}`).on("click keypress", open).addTo(group);
  }

  /* A sign that tells itself to a pointer and a screen reader, but is no stop of the Tab key: keyboard.js leads to it. */
  function button(marker, name) {
    marker.on("add", () => {
      const made = marker.getElement();
      made.setAttribute("role", "button");
      made.setAttribute("tabindex", "-1");
      made.setAttribute("aria-label", name);
    });
    return marker;
  }

  return { button, drawn, element, hatch, label, showHotspot, showSchool };
})();
