/* Copying a block: the button appears only where a script runs, and says what came of it. */
(function () {
  "use strict";
  const form = document.getElementById("share-form");

  async function copy(area) {
    area.focus();
    area.select();
    try {
      // Asked first, because a page of http has no clipboard of its own.
      if (!navigator.clipboard) return document.execCommand("copy");
      await navigator.clipboard.writeText(area.value);
      return true;
    } catch (fault) {
      return false;
    }
  }

  /** @param {ParentNode} part where buttons may just have come */
  function showButtons(part) {
    for (const button of part.querySelectorAll("[data-copy]")) button.hidden = false;
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const name = button.dataset.copy;
    const isCopied = await copy(document.getElementById(name));
    document.getElementById(name + "-status").textContent = isCopied ? form.dataset.copied : form.dataset.refused;
    // Where copying was refused the marked text is where the reader goes on.
    if (isCopied) button.focus();
  });
  showButtons(document);
  self.geoShareButtons = showButtons;
}());
