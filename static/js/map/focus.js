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

  /** Metres from the place one looks from. */
  const away = (place, feature) => self.geoDistanceM(place.lng, place.lat, ...feature.geometry.coordinates);

  /** "도보 6분 · 420 m (추정)": the rings' own speed. */
  function far(metres) {
    const [minutes, radius] = constants.rings[0];
    return say("{min} min on foot · {distance} (an estimate)", { min: Math.max(1, Math.round(metres / radius * minutes)), distance: distance(metres) });
  }

  /** One of the nearest shelters: pressing it shows it on the map. */
  function nearRow(map, place, feature) {
    const told = feature.properties;
    const id = String(feature.id);
    const state = geoMap.time.sentence(store.layers.get("shelters").states.get(id), store.shownTime());
    return make("li", {}, make("button", { type: "button", class: "near-row", click: () => geoMap.showSite(map, "shelters", id, "list") },
      make("span", { class: "near-name" }, String(told.name)),
      make("span", { class: "near-state state-" + state.kind }, state.text),
      make("span", { class: "near-far" }, [far(away(place, feature)), geoMap.marks.precision(told)].filter(Boolean).join(" · "))));
  }

  /** Measured here: where somebody looks from is sent to nobody. Only while the list can be seen: on a phone it lies in the closed sheet. */
  function showNearest(map, place, name) {
    if (!document.getElementById("map-panel-body").offsetParent) return;
    const others = [...store.layers.get("shelters").features.values()]
      .filter((feature) => feature.geometry && feature.properties.precision !== "none" && String(feature.id) !== geoMap.focus.site)
      .sort((one, other) => away(place, one) - away(place, other) || (String(one.id) < String(other.id) ? -1 : 1));
    const rows = geoMap.focus.isRough ? [] : others.slice(0, NEAR_LIMIT).map((feature) => nearRow(map, place, feature));
    document.getElementById("map-near-list").replaceChildren(...rows);
    document.getElementById("map-near-title").textContent = say("Shelters nearest to {place}", { place: name });
    document.getElementById("map-near").hidden = !rows.length;
  }

  /** @param {L.Map} map */
  geoMap.start.focus = function (map) {
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
      geoMap.focus.isChosen = cause !== "start" && !isRough;
      geoMap.focus.place = place;
      geoMap.focus.name = told;
      geoMap.focus.site = chosen && chosen.layer === "shelters" ? chosen.id : null;
      geoMap.events.fire("focus", { place, cause, dong: cause === "start" ? null : around || null });
      showNearest(map, place, told);
    }

    /** How far a place is from the one that the reader chose, in words; "" where she chose none. @param {Object} feature */
    const farFrom = (feature) => (geoMap.focus.isChosen && feature.geometry ? far(away(geoMap.focus.place, feature)) : "");
    geoMap.focus = { set, farFrom, place: null, name: "", site: null, isRough: false, isChosen: false };
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
