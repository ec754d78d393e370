/* A sentence to copy: the button beside it puts it on the clipboard, and one above several puts all of them there, a
 * line each. Where a browser does not let a page do that, they are marked instead, and a reader is told which keys copy.
 */
async function copy(button) {
  const whole = button.closest(".lc-copy") ?? button.closest(".lc-copies");
  const texts = [...whole.querySelectorAll(".lc-copied")];
  const status = button.parentElement.querySelector('[role="status"]');
  try {
    await navigator.clipboard.writeText(texts.map((text) => text.textContent).join("\n"));
    status.textContent = "Copied.";
  } catch {
    const range = document.createRange();
    range.setStart(texts[0], 0);
    range.setEndAfter(texts.at(-1).lastChild);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    const marked = texts.length > 1 ? "The sentences are marked: copy them" : "The sentence is marked: copy it";
    status.textContent = `${marked} with Ctrl and C.`;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".lc-copy-button");
  if (button) copy(button);
});
