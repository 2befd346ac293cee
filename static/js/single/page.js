/* The list below the map: each door's state at the time shown, those known open first; and what the file no longer knows. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, time, store, held } = geoMap;
  const RANK = { open: 0, unknown: 1, closed: 2 };

  /** @param {HTMLElement} row */
  const rank = (row) => RANK[time.certain(store.layers.get(row.dataset.layer).states.get(row.id))];

  function showStates(name) {
    const list = document.getElementById("list-" + name);
    if (!list || !geoMap.constants.with_hours.includes(name)) return;
    const at = store.shownTime();
    const rows = [...list.querySelectorAll("[data-layer]")];
    for (const row of rows) {
      const shown = time.sentence(store.layers.get(name).states.get(row.id), at);
      const place = row.querySelector(".state");
      place.textContent = shown.text;
      place.className = "state state-" + shown.kind;
      place.hidden = false;
    }
    // A stable order: equal states stay as the file lists them.
    const sorted = rows.map((row, index) => [rank(row), Number(row.dataset.order), index]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    if (sorted.some(([, , index], place) => index !== place)) list.append(...sorted.map(([, , index]) => rows[index]));
  }

  function showAge() {
    const band = document.getElementById("file-age");
    const isKnown = held.isKnown(store.shownTime());
    band.hidden = isKnown;
    if (!isKnown) {
      band.textContent = say("Past the times this file knows: it was made on {date} and tells for two weeks. It cannot say who is open. Fetch a new file.", { date: time.date(held.madeAt, time.now()) });
    }
  }

  /** @param {L.Map} map */
  geoMap.start.file = function (map) {
    geoMap.events.on("states", (event) => { showStates(event.name); showAge(); });
    geoMap.events.on("at", showAge);
    const [minLon, minLat, maxLon, maxLat] = geoMap.constants.bounds;
    map.options.zoomSnap = 0.5;
    map.fitBounds([[minLat, minLon], [maxLat, maxLon]], { animate: false });
    map.options.zoomSnap = 1;
    map.getContainer().setAttribute("tabindex", "0");
    for (const layer of store.layers.values()) if (layer.isOn || geoMap.constants.with_hours.includes(layer.name)) store.load(layer.name);
    showAge();
  };
}());
