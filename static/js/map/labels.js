/* Names on the map that give way: to pins, and to the names placed before them. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const PAUSE_MS = 120;
  const GAP_PX = 3;
  /** Only the drawn part of a pin's touch target is in the way. */
  const PIN_INSET_PX = 7;

  const LabelIcon = L.Icon.extend({
    options: { iconSize: null },
    createIcon() {
      const element = geoMap.make("div", {}, this.options.content);
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  /** @type {Map<string, L.Marker[]>} */
  const groups = new Map();
  const ORDER = ["edits", "focus", "gaps", "industrial-complexes", "dongs"];

  /**
   * A name on the map. `spread` is how far, in metres, it may move up or down from its place (a circle's radius), 0 for just above or below a dot,
   * or `reachPx` pixels where something larger lies there.
   * @param {L.LatLng} place @param {HTMLElement} content @param {Object} options of the marker, with `kind` and `spread`
   */
  function label(place, content, options) {
    const icon = new LabelIcon({ content, className: "label-icon label-" + options.kind });
    const marker = L.marker(place, { interactive: false, keyboard: false, pane: "labels", ...options, icon });
    marker.spread = options.spread;
    return marker;
  }

  const touches = (a, b) => a.left < b.right + GAP_PX && b.left < a.right + GAP_PX && a.top < b.bottom + GAP_PX && b.top < a.bottom + GAP_PX;
  const moved = (box, [x, y]) => ({ left: box.left + x, right: box.right + x, top: box.top + y, bottom: box.bottom + y });
  const isWithin = (box, frame) => box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

  /** Where the label may go, in pixels from its place, the best first: below, above, beside, and on a wide area also in its middle. */
  function offsets(map, marker, box) {
    if (marker.spread === undefined) return [[0, 0]];
    const metresPerPixel = 40075016.686 * Math.cos(marker.getLatLng().lat * Math.PI / 180) / Math.pow(2, map.getZoom() + 8);
    const reach = Math.max(marker.spread / metresPerPixel, marker.options.reachPx || 6);
    const y = reach + (box.bottom - box.top) / 2 + 4;
    const x = reach + (box.right - box.left) / 2 + 4;
    return [[0, y], [0, -y], [x, 0], [-x, 0], [x * 0.8, -y * 0.8], [-x * 0.8, -y * 0.8], ...(marker.spread ? [[0, 0]] : [])];
  }

  /** The boxes of the pins, as far as they are drawn. */
  function pinBoxes(map) {
    const pins = map.getPanes().markerPane.querySelectorAll(".mark-icon, .cluster-icon, .rough-name");
    return [...pins].map((pin) => {
      const box = pin.getBoundingClientRect();
      return { left: box.left + PIN_INSET_PX, right: box.right - PIN_INSET_PX, top: box.top + PIN_INSET_PX, bottom: box.bottom - PIN_INSET_PX };
    });
  }

  function settle(map) {
    const taken = pinBoxes(map);
    const frame = map.getContainer().getBoundingClientRect();
    for (const marker of ORDER.flatMap((name) => groups.get(name) || [])) {
      const element = marker.getElement();
      if (!element) continue;
      const content = element.firstElementChild;
      content.style.margin = "0";
      const box = content.getBoundingClientRect();
      const found = offsets(map, marker, box).find((step) => isWithin(moved(box, step), frame) && !taken.some((other) => touches(moved(box, step), other)));
      element.classList.toggle("is-crowded", !found);
      if (!found) continue;
      content.style.margin = found[1] + "px 0 0 " + found[0] + "px";
      taken.push(moved(box, found));
    }
  }

  geoMap.labels = {
    label,
    /** Says which names a part has on the map now. @param {string} name @param {L.Marker[]} markers */
    set(name, markers) { groups.set(name, markers); geoMap.labels.tidy(); },
    tidy: () => {},
  };

  /** @param {L.Map} map */
  geoMap.start.labels = function (map) {
    map.createPane("labels").style.zIndex = "590";
    const showZoom = () => {
      map.getContainer().classList.toggle("is-far", map.getZoom() < 10.5);
      map.getContainer().classList.toggle("is-near", map.getZoom() >= 13);
    };
    geoMap.labels.tidy = geoMap.afterPause(() => settle(map), PAUSE_MS);
    map.on("zoomend", showZoom);
    map.on("zoomend moveend resize", geoMap.labels.tidy);
    geoMap.events.on("layer visible states", geoMap.labels.tidy);
    showZoom();
  };
}());
