/* Pins: one cluster group for all layers of points, redrawn layer by layer. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, marks } = geoMap;
  const AREAS = ["industrial-complexes", "dongs"];
  const FRONT = { "shelters": 2000, "village-jobs": 1000, "improved-companies": 1000, "public-facilities": 0 };
  const RING = 2 * Math.PI * 18;
  /** From here on a kilometre is wider than a pin: a place known to the dong only is drawn as a circle of that radius. */
  const NEAR_ZOOM = 13;
  const ROUGH_M = 1000;

  /** How many of a cluster's pins are in each layer and state. @param {L.Marker[]} pins */
  function tally(pins) {
    const counts = new Map();
    for (const pin of pins) {
      const state = store.layers.get(pin.layerName).states.get(pin.siteId);
      const key = pin.layerName + " " + (geoMap.constants.with_hours.includes(pin.layerName) ? geoMap.time.certain(state) : "none");
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    return new Map([...counts].sort((a, b) => order(a[0]) - order(b[0])));
  }

  function order(key) {
    const [layer, state] = key.split(" ");
    return geoMap.constants.layers.indexOf(layer) * 4 + ["open", "unknown", "closed", "none"].indexOf(state);
  }

  /** A ring with an arc for each layer and state: thick is open, thin is closed, dotted is unknown, a double line has no hours. */
  function ring(counts, total) {
    const arcs = [];
    let start = 0;
    for (const [key, count] of counts) {
      const [layer, state] = key.split(" ");
      const length = RING * count / total;
      const gap = counts.size > 1 ? 1.5 : 0;
      const dash = dashes(state, Math.max(length - gap, 0.5));
      for (const names of ["arc-" + layer + " arc-" + state, ...(state === "none" ? ["arc-gap"] : [])]) {
        arcs.push(geoMap.draw("circle", { class: "arc " + names, cx: 22, cy: 22, r: 18, "stroke-dasharray": dash, "stroke-dashoffset": -start }));
      }
      start += length;
    }
    return geoMap.draw("svg", { viewBox: "0 0 44 44", "aria-hidden": true }, ...arcs);
  }

  function dashes(state, length) {
    if (state !== "unknown") return length + " " + RING;
    const dots = Math.max(1, Math.floor(length / 5));
    return "3 2 ".repeat(dots) + "0 " + RING;
  }

  const ClusterIcon = L.Icon.extend({
    options: { iconSize: [44, 44], iconAnchor: [22, 22], className: "cluster-icon" },
    createIcon() {
      const { counts, total } = this.options;
      const element = make("div", { "aria-label": clusterLabel(counts, total) }, ring(counts, total), make("span", { "aria-hidden": "true" }, String(total)));
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  function clusterLabel(counts, total) {
    const layers = new Map();
    let open = 0;
    for (const [key, count] of counts) {
      const [layer, state] = key.split(" ");
      layers.set(layer, (layers.get(layer) || 0) + count);
      if (state === "open") open += count;
    }
    const parts = [...layers].map(([layer, count]) => marks.word(layer) + " " + count);
    return say("{count} places together", { count: total }) + ": " + parts.join(", ") + (open ? " · " + say("{count} open", { count: open }) : "");
  }

  function clusterIcon(cluster) {
    const pins = cluster.getAllChildMarkers();
    return new ClusterIcon({ counts: tally(pins), total: pins.length });
  }

  /** @param {L.Map} map */
  geoMap.start.points = function (map) {
    const options = {
      maxClusterRadius: (zoom) => (zoom >= 16 ? 34 : 52), showCoverageOnHover: false, animate: !geoMap.isCalm, chunkedLoading: true,
      spiderLegPolylineOptions: { className: "spider-leg", weight: 1.5 }, iconCreateFunction: clusterIcon,
    };
    // Close by, the rough places leave the others: a number must not put them among places that are known.
    const groups = [L.markerClusterGroup(options), L.markerClusterGroup(options)];
    /** @type {Map<string, Map<string, L.Marker>>} */
    const pins = new Map();
    let isNear = map.getZoom() >= NEAR_ZOOM;
    map.createPane("rings").style.zIndex = "380";
    const circles = L.layerGroup().addTo(map);
    groups.forEach((group) => map.addLayer(group));
    geoMap.popup.watch(map);

    const dress = (marker) => marker.setIcon(marks.icon(marker.layerName, store.find(marker.layerName, marker.siteId), isNear));
    const all = (name) => [...(pins.get(name) || new Map()).values()];
    const shownRough = () => [...pins.keys()].filter((name) => store.layers.get(name).isOn).flatMap(all).filter((marker) => marker.isRough);

    function place(markers, act) {
      groups.forEach((group, index) => group[act](markers.filter((marker) => Number(isNear && marker.isRough) === index)));
    }

    /** One circle a place, however many are known to that dong only. */
    function drawCircles() {
      circles.clearLayers();
      const drawn = new Map(shownRough().map((marker) => [String(marker.getLatLng()), marker]));
      if (isNear) for (const marker of drawn.values()) {
        circles.addLayer(L.circle(marker.getLatLng(), { radius: ROUGH_M, className: "rough-area arc-" + marker.layerName, interactive: false, pane: "rings" }));
      }
    }

    function redrawRough() {
      if (isNear === map.getZoom() >= NEAR_ZOOM) return;
      const shown = shownRough();
      place(shown, "removeLayers");
      isNear = !isNear;
      shown.forEach(dress);
      place(shown, "addLayers");
      drawCircles();
    }

    function pin(layer, feature) {
      const marker = L.marker(geoMap.popup.place(feature), { icon: marks.icon(layer, feature, isNear), zIndexOffset: FRONT[layer] || 0, riseOnHover: true });
      marker.layerName = layer;
      marker.siteId = String(feature.id);
      marker.isRough = marks.isRough(layer, feature);
      marker.shownAs = marks.classes(layer, feature);
      marker.on("click", (event) => geoMap.popup.show(map, layer, marker.siteId, event.originalEvent && event.originalEvent.detail === 0));
      marker.on("keypress", (event) => { if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") geoMap.popup.show(map, layer, marker.siteId, "keyboard"); });
      return marker;
    }

    function drawLayer(name) {
      const layer = store.layers.get(name);
      place(all(name), "removeLayers");
      const drawn = [...layer.features.values()].filter((feature) => feature.geometry && feature.properties.precision !== "none");
      pins.set(name, new Map(drawn.map((feature) => [String(feature.id), pin(name, feature)])));
      if (layer.isOn) place(all(name), "addLayers");
      drawCircles();
    }

    function redrawStates(name) {
      const changed = [];
      for (const marker of all(name)) {
        const feature = store.find(name, marker.siteId);
        const wanted = feature ? marks.classes(name, feature) : marker.shownAs;
        if (wanted === marker.shownAs) continue;
        marker.shownAs = wanted;
        dress(marker);
        changed.push(marker);
      }
      if (changed.length && store.layers.get(name).isOn) place(changed, "refreshClusters");
    }

    const isOurs = (name) => !AREAS.includes(name);
    geoMap.events.on("layer", (event) => { if (event.isNew && isOurs(event.name)) drawLayer(event.name); });
    geoMap.events.on("states", (event) => { if (isOurs(event.name)) redrawStates(event.name); });
    geoMap.events.on("visible", (event) => {
      if (!pins.has(event.name)) return;
      all(event.name).filter((marker) => marker.isRough).forEach(dress);
      place(all(event.name), store.layers.get(event.name).isOn ? "addLayers" : "removeLayers");
      drawCircles();
    });
    map.on("zoomend", redrawRough);
    // Their names tell how far they are from the place chosen.
    geoMap.events.on("focus", () => all("shelters").forEach(dress));
  };

  /** Brings a feature of any layer into view and opens its popup. */
  geoMap.showSite = async function (map, layer, id, cause) {
    if (!store.layers.has(layer)) return false;
    await store.setOn(layer, true);
    if (!store.layers.get(layer).isLoaded) await store.load(layer);
    const feature = store.find(layer, id);
    if (layer === "dongs") {
      if (feature) await geoMap.showDong(feature);
      return Boolean(feature);
    }
    const where = feature && geoMap.popup.place(feature);
    if (!where) return false;
    geoMap.panel.showSheet(false);
    // At once: a popup that opens while the map still flies would measure the wrong place. A rough place is shown with all of its circle.
    const zoom = marks.isRough(layer, feature) ? 14 : Math.max(map.getZoom(), layer === "industrial-complexes" ? 14 : 16);
    map.setView(where, zoom, { animate: false });
    geoMap.popup.show(map, layer, id, cause);
    return true;
  };
}());
