/* Pins: one cluster group for all layers of points, redrawn layer by layer. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, marks } = geoMap;
  const SVG = "http://www.w3.org/2000/svg";
  const AREAS = ["industrial-complexes", "dongs"];
  const FRONT = { "shelters": 2000, "village-jobs": 1000, "improved-companies": 1000, "public-facilities": 0 };
  const RING = 2 * Math.PI * 18;

  /** How many of a cluster's pins are in each layer and state. @param {L.Marker[]} pins */
  function tally(pins) {
    const counts = new Map();
    for (const pin of pins) {
      const state = store.layers.get(pin.layerName).states.get(pin.siteId);
      const key = pin.layerName + " " + (state ? state[0] : geoMap.constants.with_hours.includes(pin.layerName) ? "unknown" : "none");
      counts.set(key, (counts.get(key) || 0) + 1);
    }
    return new Map([...counts].sort((a, b) => order(a[0]) - order(b[0])));
  }

  function order(key) {
    const [layer, state] = key.split(" ");
    return geoMap.constants.layers.indexOf(layer) * 4 + ["open", "unknown", "closed", "none"].indexOf(state);
  }

  /** A ring with an arc for each layer and state: thick is open, thin is closed, dotted is unknown. */
  function ring(counts, total) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", "0 0 44 44");
    drawing.setAttribute("aria-hidden", "true");
    let start = 0;
    for (const [key, count] of counts) {
      const [layer, state] = key.split(" ");
      const length = RING * count / total;
      const gap = counts.size > 1 ? 1.5 : 0;
      const arc = document.createElementNS(SVG, "circle");
      arc.setAttribute("class", "arc arc-" + layer + " arc-" + state);
      for (const [name, value] of [["cx", 22], ["cy", 22], ["r", 18]]) arc.setAttribute(name, String(value));
      arc.setAttribute("stroke-dasharray", dashes(state, Math.max(length - gap, 0.5)));
      arc.setAttribute("stroke-dashoffset", String(-start));
      drawing.append(arc);
      start += length;
    }
    return drawing;
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
    const group = L.markerClusterGroup({
      maxClusterRadius: (zoom) => (zoom >= 16 ? 34 : 52), showCoverageOnHover: false, animate: !geoMap.isCalm, chunkedLoading: true,
      spiderLegPolylineOptions: { className: "spider-leg", weight: 1.5 }, iconCreateFunction: clusterIcon,
    });
    /** @type {Map<string, Map<string, L.Marker>>} */
    const pins = new Map();
    map.addLayer(group);
    geoMap.popup.watch(map);

    function pin(layer, feature) {
      const marker = L.marker(geoMap.popup.place(feature), { icon: marks.icon(layer, feature), zIndexOffset: FRONT[layer] || 0, riseOnHover: true });
      marker.layerName = layer;
      marker.siteId = String(feature.id);
      marker.shownAs = marks.classes(layer, feature);
      marker.on("click", (event) => geoMap.popup.show(map, layer, marker.siteId, event.originalEvent && event.originalEvent.detail === 0));
      marker.on("keypress", (event) => { if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") geoMap.popup.show(map, layer, marker.siteId, "keyboard"); });
      return marker;
    }

    function drawLayer(name) {
      const layer = store.layers.get(name);
      group.removeLayers([...(pins.get(name) || new Map()).values()]);
      const drawn = [...layer.features.values()].filter((feature) => feature.geometry && feature.properties.precision !== "none");
      pins.set(name, new Map(drawn.map((feature) => [String(feature.id), pin(name, feature)])));
      if (layer.isOn) group.addLayers([...pins.get(name).values()]);
    }

    function redrawStates(name) {
      const changed = [];
      for (const marker of (pins.get(name) || new Map()).values()) {
        const feature = store.find(name, marker.siteId);
        const wanted = feature ? marks.classes(name, feature) : marker.shownAs;
        if (wanted === marker.shownAs) continue;
        marker.shownAs = wanted;
        marker.setIcon(marks.icon(name, feature));
        changed.push(marker);
      }
      if (changed.length && store.layers.get(name).isOn) group.refreshClusters(changed);
    }

    const isOurs = (name) => !AREAS.includes(name);
    geoMap.events.on("layer", (event) => { if (event.isNew && isOurs(event.name)) drawLayer(event.name); });
    geoMap.events.on("states", (event) => { if (isOurs(event.name)) redrawStates(event.name); });
    geoMap.events.on("visible", (event) => {
      const drawn = pins.get(event.name);
      if (!drawn) return;
      if (store.layers.get(event.name).isOn) group.addLayers([...drawn.values()]); else group.removeLayers([...drawn.values()]);
    });
  };

  /** Brings a feature of any layer into view and opens its popup. */
  geoMap.showSite = async function (map, layer, id, cause) {
    await store.setOn(layer, true);
    if (!store.layers.get(layer).isLoaded) await store.load(layer);
    const feature = store.find(layer, id);
    const where = feature && geoMap.popup.place(feature);
    if (!where) return false;
    // At once: a popup that opens while the map still flies would measure the wrong place.
    map.setView(where, Math.max(map.getZoom(), layer === "industrial-complexes" ? 14 : 16), { animate: false });
    geoMap.popup.show(map, layer, id, cause);
    return true;
  };
}());
