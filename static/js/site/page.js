/* A place's own page: its address can be passed on, and forgets what was true once. */
(function () {
  "use strict";

  /** The button, with what it tells in the attributes of its note (web/_site_door.html). @param {HTMLElement} button @param {HTMLElement} note */
  function offerShare(button, note) {
    const { name, address, copied, copy } = note.dataset;
    const url = new URL(address, location.href).href;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const went = await self.geoShare(name, url);
      if (went === "copied") note.textContent = copied;
      if (went === "refused") note.textContent = copy.replace("{address}", () => url);
    });
  }

  /** The thanks for a report belong to who has just sent it: not to a reload, and not to whom the address is passed on. */
  function forgetReport() {
    const here = new URL(location.href);
    if (!here.searchParams.has("reported")) return;
    here.searchParams.delete("reported");
    history.replaceState(history.state, "", here.pathname + here.search + here.hash);
  }

  const button = document.querySelector("[data-slot=share]");
  const note = document.getElementById("share-note");
  if (button && note) offerShare(button, note);
  if (document.readyState === "complete") forgetReport();
  else window.addEventListener("load", forgetReport);
}());
