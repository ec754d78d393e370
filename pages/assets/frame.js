/* What the frame of every page lacks: the list of pages is a list of a navigation, with the page that is shown marked in
 * it, and what a reader has unfolded stays so when it is drawn anew.
 *
 * The links are Streamlit's own, so that another page comes without loading the app anew.
 */
const unfolded = new Map(); // key of a folded part → whether it is open

function mark(part, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (part.getAttribute(name) !== value) part.setAttribute(name, value);
  }
}

function markPages() {
  const whole = document.querySelector(".st-key-pages");
  if (!whole) return;
  mark(whole, { role: "navigation", "aria-label": "Pages" });
  const here = document.title.split(" · ")[0];
  const names = whole.querySelectorAll(".lc-group");
  for (const [number, group] of whole.querySelectorAll('[class*="st-key-pages_"]').entries()) {
    const links = group.querySelectorAll('[data-testid="stPageLink"] a');
    if (!links.length || !names[number]) continue;
    mark(group, { role: "list", "aria-label": names[number].textContent });
    for (const link of links) {
      mark(link.closest('[data-testid="stElementContainer"]'), { role: "listitem" });
      if (link.getAttribute("href") === "") mark(link, { href: "./" }); // else its address would be that of any page
      if (link.textContent.trim() === here) mark(link, { "aria-current": "page" });
      else link.removeAttribute("aria-current");
    }
  }
}

/* The checklist of Set up is a list: its rows hold buttons, so that no HTML of ours can be its items. */
function markChecklist() {
  const whole = document.querySelector(".st-key-checklist");
  if (!whole) return;
  mark(whole, { role: "list", "aria-label": "What a place needs, row by row" });
  for (const row of whole.querySelectorAll('[class*="st-key-checklist_row_"]')) mark(row, { role: "listitem" });
}

function restoreFolds() {
  for (const [number, folded] of document.querySelectorAll("details.lc-keep").entries()) {
    if (folded.dataset.ready) continue;
    folded.dataset.ready = `${location.pathname} ${number}`;
    if (unfolded.get(folded.dataset.ready)) folded.open = true;
  }
}

/* What says that something was saved has the focus once, so that Tab leads on from it to what can be done about it. */
let focused = "";
function giveFocus() {
  const told = document.querySelector(".lc-focus[data-focus]");
  if (!told || told.dataset.focus === focused) return;
  focused = told.dataset.focus;
  told.focus({ preventScroll: false });
}

function look() {
  markPages();
  markChecklist();
  restoreFolds();
  giveFocus();
}

/* On a phone the sidebar lies over the page: it makes way for the page that was asked for. */
document.addEventListener("click", (event) => {
  const asked = event.target.closest?.('.st-key-pages [data-testid="stPageLink"] a');
  if (asked && matchMedia("(max-width: 640px)").matches) {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
});
document.addEventListener(
  "toggle",
  (event) => {
    const key = event.target.dataset?.ready;
    if (key && event.target.matches("details.lc-keep")) unfolded.set(key, event.target.open);
  },
  true,
);
new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
look();
