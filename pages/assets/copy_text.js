/* A sentence to copy: the button beside it puts it on the clipboard. Where a browser does not let a page do that, the
 * sentence is marked instead, and a reader is told which keys copy it.
 */
async function copy(button) {
  const whole = button.closest(".lc-copy");
  const text = whole.querySelector(".lc-copied");
  const status = whole.querySelector('[role="status"]');
  try {
    await navigator.clipboard.writeText(text.textContent);
    status.textContent = "Copied.";
  } catch {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    status.textContent = "The sentence is marked: copy it with Ctrl and C.";
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".lc-copy-button");
  if (button) copy(button);
});
