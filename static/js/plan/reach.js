/* What each usable place reaches within the minutes asked, asked for only while somebody looks at it. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events } = geoMap;
  const PAUSE_MS = 250;

  /** @param {L.Map} map */
  geoMap.start.reach = function (map) {
    map.createPane("reach").style.zIndex = "345";
    const group = L.layerGroup();
    let stop = null;
    let shownFor = null;

    async function load() {
      if (stop) stop.abort();
      const address = plan.address("areas", plan.query());
      if (!plan.isOver("reach") || address === shownFor) return;
      const mine = stop = new AbortController();
      try {
        const answer = await geoMap.fetchJson(address, { signal: mine.signal });
        group.clearLayers().addLayer(L.geoJSON(answer, { pane: "reach", interactive: false, style: () => ({ className: "plan-reach", interactive: false }) }));
        shownFor = address;
      } catch (fault) {
        if (stop === mine) { group.clearLayers(); shownFor = null; }
      }
    }

    const loadLater = geoMap.afterPause(load, PAUSE_MS);
    events.on("hour edits", loadLater);
    events.on("over", () => {
      if (plan.isOver("reach")) { map.addLayer(group); load(); } else map.removeLayer(group);
    });
  };
}());
