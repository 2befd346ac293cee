/* What the phone remembers for its reader: that she has registered, how she travels, how long she rests. Nothing else, and nobody else is told. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const KEY = "finder";
  let kept = {};

  // A private window, an in-app browser or a full phone may refuse; then it is remembered until the page is left.
  try {
    kept = JSON.parse(localStorage.getItem(KEY)) || {};
  } catch (fault) {
    kept = {};
  }

  geoFinder.store = {
    /** @param {string} name "registered", "mode" or "stay" */
    get: (name) => kept[name],
    set(name, value) {
      kept = { ...kept, [name]: value };
      try {
        localStorage.setItem(KEY, JSON.stringify(kept));
      } catch (fault) {
        // As above.
      }
    },
  };
}());
