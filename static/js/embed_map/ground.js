/* What the marks lie on: the dongs with their names, the one asked for more clearly, and complexes where these are shown. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { constants, fetchJson, make } = window.geoEmbed;
  const NAMES_FROM_ZOOM = 12;

  const NameIcon = L.Icon.extend({
    options: { iconSize: [0, 0], className: "label-icon" },
    createIcon() {
      const element = make("div", { "aria-hidden": "true" }, make("span", { "class": "dong-name" }, this.options.name));
      if (constants.lang !== "ko" && this.options.isKorean) element.setAttribute("lang", "ko");
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  function named(feature) {
    const latin = constants.lang !== "ko" && feature.properties.name_en;
    const icon = new NameIcon({ name: latin || feature.properties.name, isKorean: !latin });
    return L.marker(L.geoJSON(feature.geometry).getBounds().getCenter(), { icon, interactive: false, keyboard: false, pane: "names" });
  }

  function drawDongs(map, features) {
    const isChosen = (feature) => String(feature.id) === constants.area;
    const style = (feature) => ({ className: "dong-area" + (isChosen(feature) ? " is-chosen" : "") });
    const ordered = [...features].sort((one, other) => isChosen(one) - isChosen(other));
    L.geoJSON(ordered, { style, interactive: false, pane: "ground" }).addTo(map);
    const names = L.layerGroup(features.filter((feature) => feature.geometry).map(named));
    const show = () => { if (map.getZoom() >= NAMES_FROM_ZOOM) names.addTo(map); else names.remove(); };
    map.on("zoomend", show);
    show();
  }

  function drawComplexes(map, features) {
    const style = { className: "complex-area", interactive: false, pane: "ground" };
    for (const { geometry, properties } of features) {
      if (!geometry) continue;
      if (geometry.type !== "Point") L.geoJSON(geometry, { style: () => style, interactive: false, pane: "ground" }).addTo(map);
      else if (properties.area_m2) L.circle([geometry.coordinates[1], geometry.coordinates[0]], { radius: Math.sqrt(properties.area_m2 / Math.PI), ...style }).addTo(map);
    }
  }

  /** @param {L.Map} map */
  geoMap.start.ground = async function (map) {
    map.createPane("ground").style.zIndex = 200;
    map.createPane("names").style.zIndex = 590;
    const wanted = [[constants.urls.dongs, drawDongs], [constants.urls.complexes, drawComplexes]].filter(([address]) => address);
    for (const [address, draw] of wanted) {
      try {
        draw(map, (await fetchJson(address)).features);
      } catch (fault) {
        // Without borders the marks are where they are.
      }
    }
    document.body.classList.add("is-ground-drawn");
  };
}());
