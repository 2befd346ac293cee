/* The dongs, painted by the share of their demand that is served. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, store } = geoMap;

  /** Share by dong at the hour shown; null where there is no demand. @returns {Map<string, ?number>} */
  plan.dongShares = function () {
    const { answer } = plan;
    return new Map(answer ? answer.dong_keys.map((key, place) => [key, answer.by_dong[place]]) : []);
  };

  const codeOf = (share) => (share === null || share === undefined ? "none" : String(plan.classOf(share, plan.setup.breaks_share)));

  /** @param {L.Map} map */
  geoMap.start.dongs = function (map) {
    let drawn = null;
    let shown = new Map();

    function draw() {
      const features = [...store.layers.get("dongs").features.values()].filter((feature) => feature.geometry);
      drawn = L.geoJSON({ type: "FeatureCollection", features }, { interactive: false, pane: "cells", style: () => ({ className: "plan-dong", stroke: false, interactive: false }) });
    }

    function paint() {
      const shares = plan.dongShares();
      shown = new Map();
      drawn.eachLayer((path) => {
        const code = codeOf(shares.get(String(path.feature.id)));
        shown.set("s" + code, (shown.get("s" + code) || 0) + 1);
        if (path.getElement()) path.getElement().setAttribute("class", "plan-cell plan-dong plan-s" + code);
      });
    }

    function show() {
      const isWanted = plan.picture === "dongs" && plan.answer && store.layers.get("dongs").isLoaded;
      if (isWanted && !drawn) draw();
      if (isWanted) { map.addLayer(drawn); paint(); } else if (drawn) map.removeLayer(drawn);
      if (plan.picture === "dongs") events.fire("painted");
    }

    plan.dongCounts = () => shown;
    events.on("values picture", show);
    events.on("layer", (event) => { if (event.name === "dongs" && event.isNew) { if (drawn) map.removeLayer(drawn); drawn = null; show(); } });
  };
}());
