/* Passing a shelter on: the phone's own sheet, else the address copied, else shown to be copied by hand. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { say, cards } = geoFinder;

  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
      geoFinder.tell(say("The address has been copied."));
    } catch (fault) {
      geoFinder.tell(say("Copy this address: {address}", { address }));
    }
  }

  /** @param {string} id @param {string} name */
  async function share(id, name) {
    await geoFinder.loadWords();
    const address = cards.publicPage(id);
    if (!navigator.share) { await copy(address); return; }
    try {
      await navigator.share({ title: name, url: address });
    } catch (fault) {
      // Who has closed the sheet has changed her mind.
      if (fault.name !== "AbortError") await copy(address);
    }
  }

  geoFinder.parts.share = function () {
    const results = document.getElementById("results");
    for (const button of results.querySelectorAll("[data-slot=share]")) button.hidden = false;
    results.addEventListener("click", (event) => {
      const button = event.target.closest("[data-slot=share]");
      const card = button && button.closest("[data-id]");
      if (card) share(card.getAttribute("data-id"), card.querySelector("[data-slot=name]").textContent);
    });
  };
}());
