/* The button of each card that passes its shelter on, and what is told of it. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { say, cards } = geoFinder;

  /** @param {string} id @param {string} name */
  async function share(id, name) {
    await geoFinder.loadWords();
    const address = cards.publicPage(id);
    const went = await self.geoShare(name, address);
    if (went === "copied") geoFinder.tell(say("The address has been copied."));
    if (went === "refused") geoFinder.tell(say("Copy this address: {address}", { address }));
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
