/* What the page around the frame is told: that it is ready, how tall it is, which place was chosen. Never where the reader is. */
(function () {
  "use strict";
  const { constants } = window.geoEmbed;
  const main = document.getElementById("embed");
  const listed = document.getElementById("embed-listed");
  const around = [...document.querySelectorAll(".embed-header, .embed-credit")];
  const LEAST_BESIDE_PX = 320;
  const isFramed = window.parent !== window;
  let lastHeight = 0;

  function post(kind, values) {
    // To whom is not known here, and nothing in it is anybody's secret.
    if (isFramed) window.parent.postMessage({ type: "work-shelter-map", kind, ...values }, "*");
  }

  const heightOf = (element) => element.getBoundingClientRect().height;

  /** As tall as everything in it; where map and list stand beside each other these fill the frame, and it is the list that knows. */
  function wantedHeight() {
    if (getComputedStyle(main).display !== "grid") return heightOf(main);
    return around.reduce((sum, part) => sum + heightOf(part), Math.max(heightOf(listed), LEAST_BESIDE_PX));
  }

  /** A map that fills its frame has no height of its own: it takes what it is given. */
  function tellHeight() {
    const height = Math.ceil(wantedHeight());
    if (constants.fills || height === lastHeight) return;
    lastHeight = height;
    post("height", { height });
  }

  /** @param {HTMLElement} row of the list */
  window.geoEmbed.select = (row) => post("select", { layer: row.dataset.layer, id: row.dataset.id, name: row.dataset.name });

  const watcher = new ResizeObserver(tellHeight);
  [main, listed, ...around].forEach((part) => watcher.observe(part));
  window.addEventListener("load", () => { post("ready", {}); lastHeight = 0; tellHeight(); });
}());
