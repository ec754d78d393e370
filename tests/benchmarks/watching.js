/* Times one change of a page from inside it: from the click to the last change of the watched texts and of the map.
 *
 * Evaluated before the click with { texts: CSS selector, map: boolean }; `window.measured` is then a promise of
 * milliseconds since the click: `text` (last watched text changed), `map` (painted anew, 0 without one), `frame` (the
 * browser had drawn the frame that shows both) and `end` (the server's run was over).
 */
({ texts, map }) => {
  const app = document.querySelector("[data-testid=stApp]");
  const painted = () => {
    const frame = map && document.querySelector("iframe");
    return frame ? frame.contentDocument.body.dataset.painted : "";
  };
  const read = () => Array.from(document.querySelectorAll(texts), (part) => part.textContent).join("\n");
  const before = painted();
  let clicked = 0;
  let shown = read();
  const seen = { text: 0, map: 0, frame: 0, end: 0 };
  const now = () => performance.now() - clicked;
  const complete = () => seen.text > 0 && (!map || seen.map > 0);

  window.measured = new Promise((resolve) => {
    document.addEventListener("pointerdown", () => { clicked = performance.now(); }, { capture: true, once: true });
    const observers = [];
    const observe = (node, options) => {
      const observer = new MutationObserver(look);
      observer.observe(node, options);
      observers.push(observer);
    };
    function look() {
      if (!clicked) return;
      let changed = false;
      const text = read();
      if (text !== shown) { shown = text; seen.text = now(); changed = true; }
      if (map && !seen.map && painted() !== before) { seen.map = now(); changed = true; }
      if (changed && complete()) drawn();
      if (!seen.end && complete() && app.dataset.testScriptState === "notRunning") {
        seen.end = now();
        requestAnimationFrame(() => requestAnimationFrame(() => {
          for (const observer of observers) observer.disconnect();
          resolve(seen);
        }));
      }
    }
    function drawn() {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { seen.frame = now(); };
        channel.port2.postMessage(null);
      });
    }
    observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    if (map) observe(document.querySelector("iframe").contentDocument.body, { attributes: true });
  });
}
