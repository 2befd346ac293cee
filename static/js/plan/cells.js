/* The grid, painted by minutes to the nearest usable place or by the demand that is not served: one path a class, not one a cell. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;
  const BLANK = "blank";
  const OUT_OF_REACH = "none";

  /** @type {Array<{rings: Array, bounds: L.LatLngBounds, geometry: Object, told: Object}>} in the order in which doors list the cells */
  let cells = [];

  /** The outline of each cell on the drawing, made anew only when the map's scale or its origin changes. */
  const outlines = { key: "", texts: [] };

  function outlinesOn(map) {
    const origin = map.getPixelOrigin();
    const key = [map.getZoom(), origin.x, origin.y, cells.length].join();
    if (key !== outlines.key) {
      outlines.key = key;
      outlines.texts = cells.map((cell) => cell.rings.flat().map((ring) => "M" + ring.map((corner) => pointText(map, corner)).join("L") + "z").join(""));
    }
    return outlines.texts;
  }

  function pointText(map, corner) {
    const { x, y } = map.latLngToLayerPoint(corner);
    return x + " " + y;
  }

  /** All cells of one class as one path. Leaflet's own polygons would project every corner anew for each hour. */
  const ClassPath = L.Path.extend({
    options: { pane: "cells", interactive: false, stroke: false },
    initialize(name) {
      L.Util.setOptions(this, { className: "plan-cell plan-" + name });
      this.places = [];
    },
    show(places) {
      this.places = places;
      this.redraw();
    },
    _project() {},
    _update() {
      const texts = outlinesOn(this._map);
      this._path.setAttribute("d", this.places.map((place) => texts[place]).join("") || "M0 0");
    },
  });

  /** Corner points of a feature as Leaflet's polygons nest them. @param {Object} geometry */
  function rings(geometry) {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.map((polygon) => polygon.map((ring) => ring.map(([lon, lat]) => L.latLng(lat, lon))));
  }

  function readCell(feature) {
    const corners = rings(feature.geometry);
    return { rings: corners, bounds: L.latLngBounds(corners.flat(2)), geometry: feature.geometry, told: feature.properties };
  }

  /** Minutes of a cell at the hour shown, null where nothing usable can be reached. @param {number} place */
  const minutesOf = (place) => plan.answer.travel_min[place];
  const isCovered = (place) => plan.answer.covered[place] === "1";

  /** Demand of a cell at the hour shown. @param {number} place */
  const weightOf = (place) => plan.answer.weight[place];

  function minutesClass(place) {
    const minutes = minutesOf(place);
    return minutes === null ? OUT_OF_REACH : String(plan.classOf(minutes, plan.setup.breaks_min));
  }

  function unservedClass(place) {
    const weight = weightOf(place);
    return isCovered(place) || !weight ? BLANK : String(plan.classOf(weight, plan.setup.breaks_weight));
  }

  /** Paths by class name ("m0" … "m5", "mnone", "w0" … "w4"), made when first needed, and which cells each shows. */
  const paths = new Map();
  const shown = new Map();
  const pathOf = (map, name) => paths.get(name) || paths.set(name, new ClassPath(name).addTo(map)).get(name);

  const isSame = (one, other) => one.length === other.length && one.every((value, index) => value === other[index]);

  /** Paints each class anew whose cells are others than before. @param {L.Map} map @param {Map<string, number[]>} wanted */
  function paint(map, wanted) {
    for (const name of new Set([...shown.keys(), ...wanted.keys()])) {
      const places = wanted.get(name) || [];
      if (isSame(places, shown.get(name) || [])) continue;
      shown.set(name, places);
      pathOf(map, name).show(places);
    }
  }

  /** The cells by class. @param {string} prefix @param {Function} classOf */
  function sorted(prefix, classOf) {
    const found = new Map();
    for (let place = 0; place < cells.length; place += 1) {
      const name = prefix + classOf(place);
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(place);
    }
    return found;
  }

  function classes() {
    if (!plan.answer || !cells.length || plan.picture === "dongs") return new Map();
    return plan.picture === "minutes" ? sorted("m", minutesClass) : sorted("w", unservedClass);
  }

  /** What is told of the cell that was pressed. @param {number} place */
  function content(place) {
    const { told } = cells[place];
    const minutes = minutesOf(place);
    const reach = minutes === null ? say("Nothing usable can be reached from here.") : plan.reckoned(say("{minutes} min to the nearest usable place", { minutes: say.number(minutes) }));
    const lonlat = { lon: told.lon, lat: told.lat };
    return make("article", { class: "popup" },
      make("h2", { tabindex: "-1" }, String(told.dong_name || told.dong || told.code)),
      make("p", { class: "state " + (isCovered(place) ? "state-open" : "state-closed") }, isCovered(place) ? say("Served") : say("Not served")),
      make("p", {}, reach), make("p", {}, say("Demand here: {count}", { count: plan.figure(weightOf(place)) })),
      make("p", { class: "popup-small" }, String(told.code)),
      make("div", { class: "popup-actions" }, make("button", { type: "button", class: "button", click: () => events.fire("open-here", lonlat) }, say("Open a place here"))));
  }

  /** The cell that holds a point, or −1. @param {L.LatLng} point */
  const placeAt = (point) => cells.findIndex((cell) => cell.bounds.contains(point) && geoMap.holds(cell.geometry, point.lng, point.lat));

  plan.cells = {
    /** How many cells are in each class of the picture now. @returns {Map<string, number>} */
    counts: () => new Map([...shown].map(([name, places]) => [name, places.length])),
  };

  /** @param {L.Map} map */
  geoMap.start.cells = function (map) {
    map.createPane("cells").style.zIndex = "140";
    const show = () => { paint(map, classes()); events.fire("painted"); };
    events.on("values picture", show);
    plan.loadCells = async function () {
      const answer = await geoMap.fetchJson(plan.address("cells", plan.query()));
      cells = answer.features.map(readCell);
      show();
    };
    map.on("click", (event) => {
      if (plan.isPicking) { events.fire("picked", { lon: event.latlng.lng, lat: event.latlng.lat }); return; }
      const place = plan.answer ? placeAt(event.latlng) : -1;
      if (place >= 0) L.popup({ maxWidth: 260, minWidth: 200 }).setLatLng(event.latlng).setContent(content(place)).openOn(map);
    });
  };
}());
