/* New revisions: asked for while the page is looked at, and only the layers that changed are fetched again. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { store, constants } = geoMap;
  const LIVELY_MS = 1500;
  const CALM_MS = 5000;
  const LIVELY_FOR_MS = 60000;
  const AGAIN_MS = 10000;

  geoMap.start.watch = function () {
    let lastInput = Date.now();
    let clock = 0;
    let isAsking = false;
    const tried = new Map();

    /** Is there something newer, and was it not asked for a moment ago? A layer that does not come is not asked for at every look. */
    function isStale(layer, newest) {
      const last = tried.get(layer.name);
      if (newest === undefined || newest === layer.revision) return false;
      if (last && last.revision === newest && Date.now() - last.at < AGAIN_MS) return false;
      tried.set(layer.name, { revision: newest, at: Date.now() });
      return true;
    }

    /** Asks again for the states that did not come. @param {number} pauseMs how long to leave a server alone that did not answer */
    function askMissed(pauseMs) {
      for (const layer of store.layers.values()) if (layer.missedAt && Date.now() - layer.missedAt >= pauseMs) store.loadStates(layer.name);
    }

    async function ask() {
      if (isAsking || document.hidden) return;
      isAsking = true;
      try {
        const answer = await geoMap.fetchJson(constants.urls.revision);
        for (const layer of store.layers.values()) {
          if (layer.isLoaded && isStale(layer, answer.layers[layer.name])) await store.load(layer.name);
        }
        askMissed(AGAIN_MS);
      } catch (fault) {
        // A missed answer changes nothing that is shown; the next one comes in a few seconds.
      }
      isAsking = false;
    }

    function plan() {
      clearTimeout(clock);
      if (document.hidden) return;
      clock = setTimeout(() => ask().then(plan), Date.now() - lastInput < LIVELY_FOR_MS ? LIVELY_MS : CALM_MS);
    }

    for (const name of ["pointerdown", "keydown", "wheel"]) window.addEventListener(name, () => { lastInput = Date.now(); }, { passive: true });
    window.addEventListener("online", () => {
      askMissed(0);
      for (const layer of store.layers.values()) if (layer.isOn && layer.isTrouble) store.load(layer.name);
    });
    document.addEventListener("visibilitychange", () => { if (document.hidden) clearTimeout(clock); else ask().then(plan); });
    plan();
  };
}());
