/* The place one looks from: rings of 5 and 10 minutes on foot around it, and the nearest shelters. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, constants } = geoMap;
  const NEAR_LIMIT = 3;

  /** "420 m" or "1.3 km" @param {number} metres */
  const distance = (metres) => (metres < 1000 ? say("{count} m", { count: Math.round(metres / 10) * 10 }) : say("{count} km", { count: (metres / 1000).toFixed(1) }));

  /** Circles and dot go into one group, the names into the labels that give way. */
  function rings(place, name) {
    const group = L.layerGroup();
    const labels = [geoMap.labels.label(place, make("span", { class: "focus-name" }, name), { kind: "focus", spread: 0 })];
    for (const [minutes, radius] of constants.rings) {
      group.addLayer(L.circle(place, { radius, className: "ring", interactive: false, pane: "rings" }));
      const text = make("span", { class: "ring-name" }, say("{count} min on foot (an estimate)", { count: minutes }));
      labels.push(geoMap.labels.label(place, text, { kind: "ring", spread: radius }));
    }
    group.addLayer(L.circleMarker(place, { radius: 5, className: "focus-dot", interactive: false, pane: "rings" }));
    labels.forEach((label) => group.addLayer(label));
    geoMap.labels.set("focus", labels);
    return group;
  }

  /** One of the nearest shelters: pressing it shows it on the map. */
  function nearRow(map, feature) {
    const told = feature.properties;
    const id = String(feature.id);
    const far = { min: Math.max(1, Math.round(told.travel_min)), distance: distance(told.distance_m) };
    const state = geoMap.time.sentence(store.layers.get("shelters").states.get(id), store.shownTime());
    return make("li", {}, make("button", { type: "button", class: "near-row", click: () => geoMap.showSite(map, "shelters", id, "list") },
      make("span", { class: "near-name" }, String(told.name)),
      make("span", { class: "near-state state-" + state.kind }, state.text),
      make("span", { class: "near-far" }, [say("{min} min on foot · {distance} (an estimate)", far), geoMap.marks.precision(told)].filter(Boolean).join(" · "))));
  }

  /** Asks only while the list can be seen: on a phone it lies in the closed sheet. */
  async function showNearest(map, place, name) {
    if (!document.getElementById("map-panel-body").offsetParent) return;
    const box = document.getElementById("map-near");
    if (geoMap.focus.isRough) { box.hidden = true; return; }
    const form = new URLSearchParams({ lon: place.lng.toFixed(6), lat: place.lat.toFixed(6), layer: "shelters", limit: String(NEAR_LIMIT + 1), at: store.at || "now" });
    try {
      // A position travels in the body, never in an address that a log might keep.
      const answer = await geoMap.fetchJson(constants.urls.nearest, { method: "POST", body: form });
      if (place !== geoMap.focus.place) return;
      const others = answer.features.filter((feature) => String(feature.id) !== geoMap.focus.site).slice(0, NEAR_LIMIT);
      const rows = others.map((feature) => nearRow(map, feature));
      document.getElementById("map-near-list").replaceChildren(...rows);
      document.getElementById("map-near-title").textContent = say("Shelters nearest to {place}", { place: name });
      box.hidden = !rows.length;
    } catch (fault) {
      box.hidden = true;
    }
  }

  /** @param {L.Map} map */
  geoMap.start.focus = function (map) {
    map.createPane("rings").style.zIndex = "380";
    let drawn = null;
    let wasOpen = false;
    const [lon, lat] = constants.focus.at;

    /**
     * Moves the rings. @param {L.LatLng} place @param {string|null} name @param {string} cause "start", "press", "search" or "locate"
     * @param {{dong?: Object, layer?: string, id?: string, isRough?: boolean}} [chosen] the dong or the site that stands there;
     *   where only the dong is known there is nothing to measure minutes from
     */
    function set(place, name, cause, chosen) {
      const isRough = Boolean(chosen && chosen.isRough);
      const around = isRough ? chosen.dong : geoMap.dongAt(place.lng, place.lat);
      const told = name || (around ? say("A place in {dong}", { dong: geoMap.nameOf(around) }) : say("The chosen place"));
      if (drawn) map.removeLayer(drawn);
      drawn = isRough ? null : rings(place, told).addTo(map);
      if (isRough) geoMap.labels.set("focus", []);
      geoMap.focus.isRough = isRough;
      geoMap.focus.place = place;
      geoMap.focus.name = told;
      geoMap.focus.site = chosen && chosen.layer === "shelters" ? chosen.id : null;
      geoMap.events.fire("focus", { place, cause, dong: cause === "start" ? null : around || null });
      showNearest(map, place, told);
    }

    geoMap.focus = { set, place: null, name: "", site: null, isRough: false };
    set(L.latLng(lat, lon), constants.focus.name, "start");
    map.on("contextmenu", (event) => set(event.latlng, null, "press"));
    map.on("preclick", () => { wasOpen = Boolean(map._popup && map._popup.isOpen()); });
    // The click that closes a popup only closes it.
    map.on("click", (event) => { if (!wasOpen) set(event.latlng, null, "press"); });
    const again = () => showNearest(map, geoMap.focus.place, geoMap.focus.name);
    geoMap.events.on("states", (event) => { if (event.name === "shelters") again(); });
    geoMap.events.on("sheet", again);
  };
}());
