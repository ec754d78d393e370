/* Times a page from inside it, so that the tool that clicks does not count.
 *
 * Runs before the page's own scripts. `watching.change(texts, map)` is called before a click and leaves in
 * `window.measured`, null until then, milliseconds since the click: when the last of the `texts` (a CSS selector) changed,
 * when the `map` was painted anew (0 without one), when the browser had drawn the later of both, and when the server's
 * run was over. `watching.loaded` holds when the first text and the first map stood, in milliseconds since the start
 * of loading, and `watching.drawn` when the first map had its streets and names too.
 */
"use strict";

window.watching = (function () {
  const TEXT = "h1.lc-headline";
  const loaded = { text: 0, map: 0 };

  function observe(node, options, act) {
    const observer = new MutationObserver(() => act(observer));
    observer.observe(node, options);
    return observer;
  }

  function painted() {
    const frame = document.querySelector("iframe");
    return frame && frame.contentDocument && frame.contentDocument.body ? frame.contentDocument.body.dataset.painted : "";
  }

  function afterNextFrame(act) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = act;
      channel.port2.postMessage(null);
    });
  }

  /* Note when the first map stands and when it is drawn, looking at every frame: a script does not run before the
   * component's own in its frame. */
  function follow() {
    if (!loaded.map && painted()) loaded.map = performance.now();
    const { localContext, L } = document.querySelector("iframe").contentWindow;
    const map = loaded.map && Object.values(document.querySelector("iframe").contentWindow).find((each) => each instanceof L.Map);
    if (map && localContext.labels.isSettled(map)) window.watching.drawn = performance.now();
    else requestAnimationFrame(follow);
  }

  function change(texts, map) {
    const app = document.querySelector("[data-testid=stApp]");
    const read = () => Array.from(document.querySelectorAll(texts), (part) => part.textContent).join("\n");
    const seen = { text: 0, map: 0, drawn: 0, end: 0 };
    let clicked = 0, shown = read(), token = painted(), waiting = 0;
    document.addEventListener("pointerdown", () => { clicked = performance.now(); }, { capture: true, once: true });

    window.measured = null;
    new Promise((resolve) => {
      const observers = [];
      function finish() {
        if (!seen.end || waiting) return;
        for (const observer of observers) observer.disconnect();
        resolve(seen);
      }
      function look() {
        if (!clicked) return;
        const text = read(), now = performance.now() - clicked;
        const before = seen.text + seen.map;
        if (text !== shown) { shown = text; seen.text = now; }
        if (map && painted() !== token) { token = painted(); seen.map = now; }
        if (!seen.text || (map && !seen.map)) return;
        if (seen.text + seen.map !== before) {
          waiting += 1;
          afterNextFrame(() => { waiting -= 1; seen.drawn = performance.now() - clicked; finish(); });
        }
        seen.end = app.dataset.testScriptState === "notRunning" ? seen.end || now : 0;
        finish();
      }
      observers.push(observe(document.body, { subtree: true, childList: true, characterData: true }, look));
      observers.push(observe(app, { attributes: true }, look));
      if (map) observers.push(observe(document.querySelector("iframe").contentDocument.body, { attributes: true }, look));
    }).then((all) => { window.measured = all; });
  }

  if (window === window.top) {
    observe(document, { subtree: true, childList: true }, (observer) => {
      if (!document.querySelector(TEXT)) return;
      loaded.text = performance.now();
      observer.disconnect();
    });
    observe(document, { subtree: true, childList: true }, (observer) => {
      if (!document.querySelector("iframe")) return;
      observer.disconnect();
      follow();
    });
  }
  return { change, drawn: 0, loaded };
})();
