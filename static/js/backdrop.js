/* The streets behind the marks, from our own bytes: whole levels of the district, so that no address tells what is looked at.
   Asked for only where streets were imported. Drawn on canvas tiles; without them the map is as it was. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const BIN_ZOOM = 14;
  const WIDTHS_PX = [3.4, 2.4, 1.7, 1.1, 0.7];
  const HALF_DEG = 180;

  /** Mercator units of the whole world, 0 to 1. */
  function unit(lon, lat) {
    const sine = Math.sin((lat * Math.PI) / HALF_DEG);
    return [lon / (2 * HALF_DEG) + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  /** [{ width, points: [x, y, …] in units, box }] of a level. */
  function unpack(level) {
    return level.lines.map((steps) => {
      const points = [];
      const box = [1, 1, 0, 0];
      let x = 0;
      let y = 0;
      for (let at = 1; at < steps.length; at += 2) {
        x += steps[at];
        y += steps[at + 1];
        const [east, south] = unit(x / level.steps, y / level.steps);
        points.push(east, south);
        box[0] = Math.min(box[0], east);
        box[1] = Math.min(box[1], south);
        box[2] = Math.max(box[2], east);
        box[3] = Math.max(box[3], south);
      }
      return { width: steps[0], points, box };
    });
  }

  /** Lines by the square of `BIN_ZOOM` that their box touches. */
  function sort(lines) {
    const bins = new Map();
    const scale = 2 ** BIN_ZOOM;
    lines.forEach((line) => {
      const [west, north, east, south] = line.box.map((value) => Math.floor(value * scale));
      for (let column = west; column <= east; column += 1) {
        for (let row = north; row <= south; row += 1) {
          const key = `${column}/${row}`;
          if (!bins.has(key)) bins.set(key, []);
          bins.get(key).push(line);
        }
      }
    });
    return bins;
  }

  /** The lines of a level that may touch a tile, each once, in their order. */
  function touching(bins, coords) {
    const found = new Set();
    const factor = 2 ** (BIN_ZOOM - coords.z);
    const span = Math.max(1, factor);
    const column = Math.floor(coords.x * factor);
    const row = Math.floor(coords.y * factor);
    if (span * span > bins.size) {
      bins.forEach((lines, key) => {
        const [x, y] = key.split("/").map(Number);
        if (x >= column && x < column + span && y >= row && y < row + span) lines.forEach((line) => found.add(line));
      });
      return found;
    }
    for (let x = column; x < column + span; x += 1) {
      for (let y = row; y < row + span; y += 1) (bins.get(`${x}/${y}`) || []).forEach((line) => found.add(line));
    }
    return found;
  }

  function draw(context, lines, coords, size, colours) {
    const scale = 2 ** coords.z * size;
    const grow = Math.max(0.6, Math.min(2.2, (coords.z - 9) / 4));
    context.lineCap = "round";
    context.lineJoin = "round";
    [...lines].sort((one, other) => other.width - one.width).forEach((line) => {
      context.lineWidth = WIDTHS_PX[line.width] * grow;
      context.strokeStyle = colours[line.width < 2 ? 0 : 1];
      context.beginPath();
      for (let at = 0; at < line.points.length; at += 2) {
        const x = line.points[at] * scale - coords.x * size;
        const y = line.points[at + 1] * scale - coords.y * size;
        if (at) context.lineTo(x, y);
        else context.moveTo(x, y);
      }
      context.stroke();
    });
  }

  const Backdrop = L.GridLayer.extend({
    createTile(coords) {
      const size = this.getTileSize().x;
      const tile = document.createElement("canvas");
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      tile.width = size * ratio;
      tile.height = size * ratio;
      const context = tile.getContext("2d");
      context.scale(ratio, ratio);
      // A map that is painted gives its streets a colour of their own.
      const style = getComputedStyle(this._map.getContainer());
      const colours = [style.getPropertyValue("--street-major").trim(), style.getPropertyValue("--street-minor").trim()];
      this.levels.forEach((level) => {
        if (level.bins && coords.z >= level.minZoom) draw(context, touching(level.bins, coords), coords, size, colours);
      });
      return tile;
    },
  });

  /** @param {L.Map} map */
  geoMap.start.backdrop = function (map) {
    const offer = geoMap.constants.backdrop;
    const pane = map.createPane("backdrop");
    pane.style.zIndex = 150;
    const layer = new Backdrop({ pane: "backdrop", className: "street-lines", maxZoom: map.getMaxZoom() });
    // Drawn from the finest to the coarsest, so that wide streets lie on top.
    layer.levels = offer.levels.map(([name, minZoom]) => ({ name, minZoom, bins: null, isAsked: false })).reverse();

    function load() {
      layer.levels.filter((level) => !level.isAsked && map.getZoom() >= level.minZoom).forEach((level) => {
        level.isAsked = true;
        fetch(offer.url.replace("{level}", level.name))
          .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
          .then((found) => {
            level.bins = sort(unpack(found));
            layer.redraw();
          })
          .catch(() => { level.isAsked = false; });
      });
    }

    map.on("zoomend", load);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.redraw());
    new MutationObserver(() => layer.redraw()).observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    layer.addTo(map);
    map.getContainer().classList.add("has-backdrop");
    map.whenReady(load);
  };
})();
