/* Copying an example: the buttons appear only where a script runs, and say what came of it. */
(function () {
  "use strict";
  const words = document.getElementById("api-words").dataset;

  function mark(code) {
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  async function copy(code) {
    try {
      // Asked first, because a page of http has no clipboard of its own.
      if (!navigator.clipboard) {
        mark(code);
        return document.execCommand("copy");
      }
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch (fault) {
      return false;
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const code = document.getElementById(button.dataset.copy);
    const isCopied = await copy(code);
    // Where copying was refused the marked text is where the reader goes on.
    if (!isCopied) mark(code);
    document.getElementById(button.dataset.copy + "-status").textContent = isCopied ? words.copied : words.refused;
  });
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}());
