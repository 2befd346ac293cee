/* Marks: the drawings of the list's rows, put on the map; many in one place are a number with a ring, thick as far as doors are open. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, constants } = window.geoEmbed;
  const SVG = "http://www.w3.org/2000/svg";
  const RADIUS = 18;
  const ROUND = 2 * Math.PI * RADIUS;

  /** What a voice reads; beside a list, where the row says it, the mark is a picture only. @param {string} label */
  const named = (label) => (constants.has_list ? { "aria-hidden": "true" } : { "aria-label": label });

  /** A Leaflet icon that builds its element itself: no name is ever read as markup. */
  const MarkIcon = L.Icon.extend({
    options: { iconSize: [44, 44], iconAnchor: [22, 22], className: "mark-icon" },
    createIcon() {
      const element = make("div", named(this.options.label), this.options.drawing.cloneNode(true));
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  function arc(names, length, start) {
    const circle = document.createElementNS(SVG, "circle");
    const values = { "class": "arc " + names, cx: 22, cy: 22, r: RADIUS, "stroke-dasharray": length + " " + ROUND, "stroke-dashoffset": -start };
    Object.entries(values).forEach(([name, value]) => circle.setAttribute(name, value));
    return circle;
  }

  function ring(layer, openShare) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", "0 0 44 44");
    drawing.setAttribute("aria-hidden", "true");
    const open = ROUND * openShare;
    if (openShare) drawing.append(arc("arc-" + layer, open, 0));
    if (openShare < 1) drawing.append(arc("arc-closed arc-" + layer, ROUND - open, open));
    return drawing;
  }

  const ClusterIcon = L.Icon.extend({
    options: { iconSize: [44, 44], iconAnchor: [22, 22], className: "cluster-icon" },
    createIcon() {
      const { rows } = this.options;
      const open = rows.filter((row) => row.dataset.rank === "0").length;
      const together = say("{count} places together", { count: rows.length });
      const label = open ? together + " · " + say("{count} open", { count: open }) : together;
      const element = make("div", named(label), ring(rows[0].dataset.layer, open / rows.length), make("span", { "aria-hidden": "true" }, String(rows.length)));
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  /** @param {HTMLElement} row of the list */
  function icon(row) {
    const state = row.querySelector(".state");
    const label = state ? row.dataset.name + ", " + state.textContent : row.dataset.name;
    return new MarkIcon({ label, drawing: row.querySelector(".embed-mark svg") });
  }

  geoMap.marks = { icon, clusterIcon: (cluster) => new ClusterIcon({ rows: cluster.getAllChildMarkers().map((marker) => marker.row) }) };
}());
