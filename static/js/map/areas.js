/* Areas: dong borders with quiet names, industrial complexes as dashed outlines. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store } = geoMap;
  const COMPLEXES = "industrial-complexes";

  /** Radius of a circle of that area. @param {number} areaM2 @returns {number} metres */
  const radius = (areaM2) => Math.sqrt(areaM2 / Math.PI);

  /** Is the point inside the polygon or multipolygon? Even-odd rule; holes count. @param {number} lon @param {number} lat @param {Object} geometry */
  function holds(geometry, lon, lat) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    let isInside = false;
    for (const ring of polygons.flat()) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
        const [xi, yi] = ring[i];
        const [xj, yj] = ring[j];
        if (yi > lat !== yj > lat && lon < (xj - xi) * (lat - yi) / (yj - yi) + xi) isInside = !isInside;
      }
    }
    return isInside;
  }

  geoMap.holds = holds;

  /** The dong that a point lies in, or null. */
  geoMap.dongAt = function (lon, lat) {
    for (const feature of store.layers.get("dongs").features.values()) {
      if (feature.geometry && holds(feature.geometry, lon, lat)) return feature;
    }
    return null;
  };

  function dongLabel(feature) {
    const text = make("span", { class: "dong-name", "aria-hidden": "true" }, geoMap.nameOf(feature));
    return geoMap.labels.label(L.geoJSON(feature.geometry).getBounds().getCenter(), text, { kind: "dong" });
  }

  function complexLabel(map, feature) {
    const told = feature.properties;
    const aged = told.aged === true ? say("Built {count} years ago or more", { count: geoMap.constants.aged_after_years }) : null;
    const isRough = feature.geometry.type === "Point";
    const text = make("span", { class: "complex-name" }, make("span", {}, geoMap.nameOf(feature)),
      aged ? make("small", {}, aged) : null, isRough ? make("small", { class: "complex-rough" }, say("Rough extent, not the legal boundary")) : null);
    const spread = isRough ? radius(told.area_m2 || 0) : 0;
    const marker = geoMap.labels.label(geoMap.popup.place(feature), text, { kind: "complex", spread, interactive: true, keyboard: true, zIndexOffset: 500 });
    const id = String(feature.id);
    marker.on("click", (event) => geoMap.popup.show(map, COMPLEXES, id, event.originalEvent && event.originalEvent.detail === 0));
    marker.on("keypress", (event) => { if (event.originalEvent.key === "Enter") geoMap.popup.show(map, COMPLEXES, id, "keyboard"); });
    return marker;
  }

  function complexArea(feature) {
    const style = { className: "complex-area", interactive: false, pane: "complexes" };
    const told = feature.properties;
    if (feature.geometry.type !== "Point") return L.geoJSON(feature.geometry, { style: () => style, interactive: false, pane: "complexes" });
    return told.area_m2 ? L.circle(geoMap.popup.place(feature), { radius: radius(told.area_m2), ...style }) : null;
  }

  /** @param {L.Map} map */
  geoMap.start.areas = function (map) {
    for (const [name, level] of [["dongs", 350], ["complexes", 360]]) map.createPane(name).style.zIndex = String(level);
    const drawn = { [COMPLEXES]: L.layerGroup(), dongs: L.layerGroup() };
    const labels = {};
    let borders = null;
    let chosenDong = null;

    function drawDongs() {
      const features = [...store.layers.get("dongs").features.values()].filter((feature) => feature.geometry);
      const box = (feature) => L.geoJSON(feature.geometry).getBounds();
      const size = (feature) => (box(feature).getEast() - box(feature).getWest());
      features.sort((a, b) => size(b) - size(a));
      borders = L.geoJSON({ type: "FeatureCollection", features }, {
        interactive: false, pane: "dongs", style: (feature) => ({ className: "dong-area" + (feature.id === chosenDong ? " is-chosen" : ""), interactive: false }),
      });
      drawn.dongs.clearLayers().addLayer(borders);
      labels.dongs = features.map(dongLabel);
      labels.dongs.forEach((marker) => drawn.dongs.addLayer(marker));
    }

    function drawComplexes() {
      const features = [...store.layers.get(COMPLEXES).features.values()].filter((feature) => feature.geometry && feature.properties.precision !== "none");
      drawn[COMPLEXES].clearLayers();
      labels[COMPLEXES] = features.map((feature) => complexLabel(map, feature));
      for (const part of [...features.map(complexArea), ...labels[COMPLEXES]]) if (part) drawn[COMPLEXES].addLayer(part);
    }

    function show(name) {
      if (store.layers.get(name).isOn) map.addLayer(drawn[name]); else map.removeLayer(drawn[name]);
      geoMap.labels.set(name, labels[name] || []);
    }

    geoMap.events.on("layer", (event) => {
      if (!event.isNew || !(event.name in drawn)) return;
      if (event.name === "dongs") drawDongs(); else drawComplexes();
      show(event.name);
    });
    geoMap.events.on("visible", (event) => { if (event.name in drawn) show(event.name); });
    geoMap.events.on("focus", (event) => {
      chosenDong = event.dong ? event.dong.id : null;
      if (borders) borders.eachLayer((path) => {
        const isChosen = path.feature.id === chosenDong;
        if (path.getElement()) path.getElement().classList.toggle("is-chosen", isChosen);
        if (isChosen && path._map) path.bringToFront();
      });
    });
  };
}());
