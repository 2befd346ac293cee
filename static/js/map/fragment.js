/* The address of this view: #map=12/35.16/126.79&layers=shelters,dongs&at=2026-01-13T02:10&site=shelters/sh-000001 */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { store, constants, time } = geoMap;
  const PAUSE_MS = 300;

  /** @param {string} text a fragment without its # @returns {{view: ?{zoom: number, lat: number, lon: number}, layers: ?string[], at: ?string, site: ?string[]}} */
  function read(text) {
    const told = new URLSearchParams(text);
    const [zoom, lat, lon] = (told.get("map") || "").split("/").map(Number);
    const isView = [zoom, lat, lon].every(Number.isFinite) && Math.abs(lat) <= 85 && Math.abs(lon) <= 180;
    const layers = told.has("layers") ? told.get("layers").split(",").filter((name) => store.layers.has(name)) : null;
    const at = time.read(told.get("at")) ? time.write(time.read(told.get("at"))) : null;
    const site = /^([a-z-]+)\/([\w-]+)$/.exec(told.get("site") || "");
    return { view: isView ? { zoom, lat, lon } : null, layers, at, site: site && store.layers.has(site[1]) ? [site[1], site[2]] : null };
  }

  function write(map) {
    const parts = [];
    if (!geoMap.isLocated) {
      const middle = map.getCenter();
      parts.push("map=" + Math.round(map.getZoom() * 10) / 10 + "/" + middle.lat.toFixed(4) + "/" + middle.lng.toFixed(4));
    }
    const shown = [...store.layers.values()].filter((layer) => layer.isOn).map((layer) => layer.name);
    if (shown.join() !== constants.first.join()) parts.push("layers=" + shown.join(","));
    if (store.at) parts.push("at=" + store.at);
    return parts.length ? "#" + parts.join("&") : "";
  }

  /** Bounds as large as they fit. @param {L.Map} map @param {L.LatLngBoundsExpression} bounds */
  geoMap.showBounds = function (map, bounds) {
    // Half a step of zoom makes the district fill a phone; the search field above and the sheet below are kept free.
    const isSmall = map.getSize().x < 500;
    map.options.zoomSnap = 0.5;
    map.fitBounds(bounds, { animate: false, paddingTopLeft: [4, isSmall ? 64 : 32], paddingBottomRight: [4, isSmall ? 60 : 24] });
    map.options.zoomSnap = 1;
  };

  /** @param {L.Map} map */
  geoMap.start.fragment = function (map) {
    let written = "";
    const save = () => {
      written = write(map);
      window.history.replaceState(null, "", written || window.location.pathname + window.location.search);
    };
    const saveLater = geoMap.afterPause(save, PAUSE_MS);

    function apply() {
      const wanted = read(window.location.hash.slice(1));
      if (wanted.view) map.setView([wanted.view.lat, wanted.view.lon], wanted.view.zoom, { animate: false });
      if (wanted.layers) for (const layer of store.layers.values()) store.setOn(layer.name, wanted.layers.includes(layer.name));
      store.setAt(wanted.at);
      if (wanted.site) geoMap.showSite(map, wanted.site[0], wanted.site[1], null);
      return wanted;
    }

    const [west, south, east, north] = constants.bounds;
    geoMap.showBounds(map, [[south, west], [north, east]]);
    apply();
    for (const layer of store.layers.values()) if (layer.isOn && !layer.isLoaded) store.load(layer.name);
    map.on("moveend", saveLater);
    geoMap.events.on("visible at choose", saveLater);
    // At once, not after the pause: what stands in the address must not become the first view of a position.
    geoMap.events.on("located", save);
    // The page in another language shows the same: also where it is opened beside this one.
    for (const link of document.querySelectorAll(".site-tools a[hreflang]")) {
      for (const name of ["pointerdown", "click"]) link.addEventListener(name, () => { link.hash = write(map); });
    }
    window.addEventListener("hashchange", () => { if (window.location.hash !== written) apply(); });
    document.body.classList.add("is-map-ready");
  };
}());
