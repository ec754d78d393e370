/* Tables that sort and filter: headings become buttons, a box above a long table filters its rows, and of a table whose
 * rows are too many to send with every change (`data-rows`) all are fetched once somebody sorts, filters or turns a page.
 *
 * A page of the app brings this in once; it finds each table as the page draws it, before the browser paints. What a
 * reader has sorted and typed is kept for the table's next drawing. All that a row says reaches the page as text.
 */
const MISSING = new Set(["", "–", "no figures"]);
const HINT = "Left and right arrow keys move between headings; press one to sort.";

const collator = new Intl.Collator("en-GB", { numeric: true, sensitivity: "base" });
const states = new Map(); // key of a table → what its reader has chosen, and which part of it has had the focus
let numbered = 0;

function element(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

// ---------------------------------------------------------------- rows

/* A cell is its text and what it is sorted by: a number, or null where nothing is known; undefined: by its letters. */
function cellOf(text, key, isNumber) {
  if (key !== undefined) return { text, key: key === null || key === "" ? null : Number(key) };
  if (MISSING.has(text)) return { text, key: null };
  return { text, key: isNumber ? Number(text.replace(/,/g, "").replace("−", "-")) : undefined };
}

/* Words in small letters, a space before each: what is typed is looked for where a word begins, so that 01 is no part of
 * E01007430. */
function wordsOf(text) {
  return ` ${text.toLocaleLowerCase("en-GB").replace(/[^\p{L}\p{N}.,%]+/gu, " ")}`;
}

function rowOf(cells, index, line = null) {
  return { cells, index, line, searched: wordsOf(cells.map((cell) => cell.text).join(" ")) };
}

function standingRows(table) {
  const numbers = table.heads.map((head) => head.classList.contains("lc-number"));
  return [...table.body.rows].map((line, index) =>
    rowOf([...line.cells].map((cell, at) => cellOf(cell.textContent, cell.dataset.v, numbers[at])), index, line),
  );
}

function fetchedRows(table, columns) {
  const cells = columns.map((column, at) => {
    const isNumber = table.heads[at].classList.contains("lc-number");
    const { texts, keys } = Array.isArray(column) ? { texts: column } : column;
    return texts.map((text, index) => cellOf(text, keys?.[index], isNumber));
  });
  return cells[0].map((_, index) => rowOf(cells.map((column) => column[index]), index));
}

/* The line of a row in the table, made once. */
function lineOf(table, row) {
  if (row.line === null) {
    row.line = document.createElement("tr");
    const named = Math.max(0, table.heads.findIndex((head) => !head.classList.contains("lc-number")));
    row.cells.forEach((cell, at) => {
      const made = element(at === named ? "th" : "td", at === named ? { scope: "row" } : {}, cell.text);
      row.line.append(made);
    });
  }
  return row.line;
}

/* Fetch all rows of a table that shows the first of them; say why where they cannot be had. */
async function complete(table) {
  if (table.address === null) return true;
  table.fetching ??= fetch(table.address).then(async (answer) => {
    if (!answer.ok) throw new Error(await answer.text());
    table.rows = fetchedRows(table, await answer.json());
    table.address = null;
  });
  try {
    await table.fetching;
  } catch (fault) {
    table.fetching = undefined;
    say(table, fault instanceof TypeError ? "The other rows cannot be fetched now; try again." : fault.message);
    return false;
  }
  return true;
}

// ---------------------------------------------------------------- what is chosen, and what is shown of it

function compared(one, other, sign) {
  if (one.key === null || other.key === null) return (one.key === null) - (other.key === null);
  if (one.key === undefined || other.key === undefined) return sign * collator.compare(one.text, other.text);
  return sign * (one.key - other.key);
}

function sortedRows(table, rows) {
  const { by, sign } = table.state;
  const at = table.names.indexOf(by);
  if (at < 0) return rows;
  return rows.slice().sort((one, other) => compared(one.cells[at], other.cells[at], sign) || one.index - other.index);
}

function filteredRows(table) {
  const words = wordsOf(table.state.typed).split(" ").filter(Boolean);
  return table.rows.filter((row) => words.every((word) => row.searched.includes(` ${word}`)));
}

function say(table, text) {
  if (table.status.textContent !== text) table.status.textContent = text;
}

function sayHowMany(table, found) {
  const { typed, by, sign } = table.state;
  const parts = [];
  if (typed.trim()) parts.push(`${found.toLocaleString("en-GB")} of ${table.rows.length.toLocaleString("en-GB")} rows`);
  const at = table.names.indexOf(by);
  if (at >= 0) {
    const [up, down] = isOfNumbers(table, at) ? ["lowest first", "highest first"] : ["A to Z", "Z to A"];
    parts.push(`sorted by ${by}, ${sign > 0 ? up : down}`);
  }
  const text = parts.join(", ");
  say(table, text && text[0].toUpperCase() + text.slice(1));
}

function isOfNumbers(table, at) {
  return table.heads[at].classList.contains("lc-number") || table.rows.some((row) => row.cells[at].key !== undefined);
}

function changed(state) {
  return state.by !== null || state.typed.trim() !== "" || state.page > 0;
}

/* Show the rows as they are chosen. Returns whether they could be had. */
async function show(table) {
  if (changed(table.state) && !(await complete(table))) return false;
  const found = sortedRows(table, filteredRows(table));
  let shown = found;
  if (table.pages) {
    table.state.page = Math.min(table.state.page, Math.max(0, Math.ceil(found.length / table.size) - 1));
    const first = table.state.page * table.size;
    shown = found.slice(first, first + table.size);
    showPages(table, first, shown.length, table.address === null ? found.length : table.total);
  }
  table.body.replaceChildren(...shown.map((row) => lineOf(table, row)));
  table.heads.forEach((head, at) => {
    if (table.names[at] === table.state.by) head.setAttribute("aria-sort", table.state.sign > 0 ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
  table.whole.toggleAttribute("data-sorted", table.names.includes(table.state.by));
  sayHowMany(table, found.length);
  return true;
}

function showPages(table, first, count, total) {
  const { said, before, after } = table.pages;
  said.textContent = count
    ? `Rows ${(first + 1).toLocaleString("en-GB")}–${(first + count).toLocaleString("en-GB")} of ${total.toLocaleString("en-GB")}`
    : "No rows";
  const focused = document.activeElement;
  before.hidden = first === 0;
  after.hidden = first + count >= total;
  if (focused === before && before.hidden) after.focus();
  if (focused === after && after.hidden) before.focus();
}

/* Press a heading: highest or A first, then the other way round, then as the rows were given. */
function press(table, at) {
  const { state } = table;
  const start = isOfNumbers(table, at) ? -1 : 1;
  if (state.by !== table.names[at]) Object.assign(state, { by: table.names[at], sign: start, page: 0 });
  else if (state.sign === start) Object.assign(state, { sign: -start, page: 0 });
  else Object.assign(state, { by: null, sign: 1, page: 0 });
  void show(table);
}

// ---------------------------------------------------------------- the parts of a table that a reader uses

/* Make each heading a button. They are one stop of Tab: the arrow keys go from one to the next. */
function makeHeadings(table, hint) {
  const buttons = table.heads.map((head, at) => {
    const button = element("button", { type: "button", class: "lc-sort", tabindex: at ? "-1" : "0", "aria-describedby": hint });
    button.textContent = table.names[at];
    button.addEventListener("click", () => press(table, at));
    button.addEventListener("focus", () => {
      for (const other of buttons) other.tabIndex = other === button ? 0 : -1;
      table.state.focus = `heading ${at}`;
    });
    head.replaceChildren(button);
    return button;
  });
  const steps = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
  table.head.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target);
    if (!(event.key in steps) || at < 0) return;
    event.preventDefault();
    const seen = buttons.filter((button) => button.offsetParent !== null);
    const next = seen.indexOf(event.target) + steps[event.key];
    seen[Math.max(0, Math.min(seen.length - 1, next))].focus();
  });
  return buttons;
}

function makeBox(table, tools) {
  const label = element("label", {}, "Filter rows ");
  const box = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  box.value = table.state.typed;
  box.addEventListener("input", () => {
    Object.assign(table.state, { typed: box.value, page: 0 });
    void show(table);
  });
  box.addEventListener("focus", () => {
    table.state.focus = "box";
  });
  label.append(box);
  tools.append(label, table.status);
  return box;
}

function makePages(table, place) {
  const said = element("span", {}, place.textContent);
  const turn = (by, words, focus) => {
    const button = element("button", { type: "button", class: "lc-turn" }, words);
    button.addEventListener("click", () => {
      table.state.page += by;
      void show(table);
    });
    button.addEventListener("focus", () => {
      table.state.focus = focus;
    });
    return button;
  };
  const before = turn(-1, `Previous ${table.size}`, "before");
  const after = turn(1, `Next ${table.size}`, "after");
  before.hidden = true;
  place.replaceChildren(said, before, after);
  table.total = Number(/([\d,]+)$/.exec(said.textContent)[1].replace(/,/g, ""));
  table.pages = { said, before, after };
}

// ---------------------------------------------------------------- finding tables

/* Return the key of a table: its page, its headings, and which of several alike it is. */
function keyOf(whole, names, taken) {
  const base = `${location.pathname} ${names.join("|")}`;
  const nth = taken.get(base) ?? 0;
  taken.set(base, nth + 1);
  whole.dataset.ready = `${base} ${nth}`;
  return whole.dataset.ready;
}

function enhance(whole, taken) {
  const drawn = whole.querySelector("table");
  const heads = [...drawn.tHead.rows[0].cells];
  const names = heads.map((head) => head.textContent);
  const key = keyOf(whole, names, taken);
  if (!states.has(key)) states.set(key, { by: null, sign: 1, typed: "", page: 0, focus: null });
  const table = { whole, head: drawn.tHead, body: drawn.tBodies[0], heads, names, state: states.get(key) };
  table.address = whole.dataset.rows ?? null;
  table.rows = standingRows(table);
  table.size = table.rows.length; // of a page, where there are several
  if (table.rows.length < 2) return;
  table.status = element("span", { role: "status", class: "lc-told-rows" });
  const hint = element("span", { id: `lc-hint-${(numbered += 1)}`, class: "lc-hint" }, HINT);
  const wasFocused = document.activeElement === document.body ? table.state.focus : null;
  const parts = new Map(makeHeadings(table, hint.id).map((button, at) => [`heading ${at}`, button]));
  const tools = whole.querySelector(".lc-tools");
  if (tools) parts.set("box", makeBox(table, tools));
  else whole.append(table.status);
  whole.append(hint);
  const place = whole.querySelector(".lc-pages");
  if (place) makePages(table, place);
  if (table.pages) parts.set("before", table.pages.before).set("after", table.pages.after);
  if (changed(table.state)) void show(table);
  parts.get(wasFocused)?.focus({ preventScroll: true });
}

/* Make ready what the page has drawn anew. */
function look() {
  const fresh = document.querySelectorAll(".lc-tabled:not([data-ready])");
  if (!fresh.length) return;
  const taken = new Map();
  for (const ready of document.querySelectorAll(".lc-tabled[data-ready]")) {
    const base = ready.dataset.ready.replace(/ \d+$/, "");
    taken.set(base, Math.max(taken.get(base) ?? 0, Number(/\d+$/.exec(ready.dataset.ready)[0]) + 1));
  }
  for (const whole of fresh) enhance(whole, taken);
}

document.addEventListener("focusin", (event) => {
  // What has the focus elsewhere is not taken it from when a table is drawn anew.
  for (const state of states.values()) if (!event.target.closest?.(".lc-tabled")) state.focus = null;
});
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
look();
