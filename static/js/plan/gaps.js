/* Gaps on the map: their outlines with their rank, strong where the hour shown is one of theirs, and a way from each row to its place. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;
  const MOST_SHOWN = 10; // of each list beside the map (web/plan_gap_tables.py)

  /** @param {L.Map} map */
  geoMap.start.gaps = function (map) {
    map.createPane("gaps").style.zIndex = "370";
    const group = L.layerGroup();
    const isWanted = () => plan.isOver("gaps");
    let stop = null;

    /** Is nobody served in the gap at the hour shown? */
    const isNow = (gap) => !gap.hours || gap.hours.includes(plan.question.hour);

    function draw(gaps) {
      group.clearLayers();
      const labels = gaps.map((gap) => geoMap.labels.label(L.latLng(gap.lat, gap.lon), make("span", { class: "plan-gap-rank", "aria-hidden": "true" }, String(gap.rank)), { kind: "gap" }));
      for (const gap of gaps) group.addLayer(L.geoJSON(gap.geometry, { pane: "gaps", interactive: false, style: () => ({ className: "plan-gap" + (isNow(gap) ? " is-now" : ""), interactive: false }) }));
      labels.forEach((label) => group.addLayer(label));
      if (isWanted()) map.addLayer(group);
      geoMap.labels.set("gaps", isWanted() ? labels : []);
    }

    async function load() {
      if (stop) stop.abort();
      const mine = stop = new AbortController();
      try {
        const ask = (cause) => geoMap.fetchJson(plan.address("gaps", { ...plan.query(), cause, most: MOST_SHOWN }), { signal: mine.signal });
        const lists = await Promise.all(["shut", "far"].map(ask));
        plan.gaps = lists.flatMap((answer) => answer.gaps);
        draw(plan.gaps);
        nameRows();
      } catch (fault) {
        // The table beside the map has the gaps all the same.
      }
    }

    /** The button of a row that shows its gap on the map. */
    function nameRows() {
      for (const row of document.querySelectorAll("#gaps tr[data-lon]")) {
        if (row.querySelector(".plan-show")) continue;
        const show = () => {
          map.setView([Number(row.dataset.lat), Number(row.dataset.lon)], Math.max(map.getZoom(), 14), { animate: false });
          map.getContainer().scrollIntoView({ block: "center" });
          map.getContainer().focus({ preventScroll: true });
        };
        const name = [...row.cells].slice(0, 2).map((cell) => cell.textContent.trim()).join(" ");
        row.querySelector("th").append(" ", make("button", { type: "button", class: "plan-show no-print", "aria-label": say("Show on the map: {name}", { name }), click: show }, say("On the map")));
      }
    }

    plan.gaps = [];
    plan.loadGaps = load;
    events.on("edits", load);
    events.on("hour", geoMap.afterPause(() => draw(plan.gaps), 60));
    events.on("over", () => { if (isWanted()) map.addLayer(group); else map.removeLayer(group); draw(plan.gaps); });
    events.on("renewed", nameRows);
  };
}());
