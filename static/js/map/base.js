/* The page's own ground: constants, sentences, elements built without markup, answers fetched with a time limit. */
(function () {
  "use strict";

  /** Everything the map page's scripts share. Parts put their start function into `start`; the page calls them with the Leaflet map. */
  const geoMap = { start: {}, constants: JSON.parse(document.getElementById("map-constants").textContent) };
  window.geoMap = geoMap;

  /** What parts tell each other: "layer", "states", "visible", "at", "focus", "choose", "sheet", "locating" (the device is being asked), "located". */
  geoMap.events = new L.Evented();

  geoMap.isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (geoMap.isCalm) {
    L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });
  }

  // Leaflet moves a map for a quarter of a second where nobody says otherwise, also for a reader who wants no motion.
  const panBy = L.Map.prototype.panBy;
  L.Map.include({ panBy(offset, options) { return panBy.call(this, offset, { duration: 0.15, animate: !geoMap.isCalm, ...options }); } });

  /** A sentence in the page's language: say(msgid, values). A value is never read as a sentence itself. */
  geoMap.say = window.geoWords(geoMap.constants.words);

  /**
   * An element; strings become text, never markup. A property that is a function listens, `null` and `false` are left out.
   * @param {string} tag @param {Object<string, *>} [properties] @param {...(Node|string|null)} children @returns {HTMLElement}
   */
  geoMap.make = function (tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties || {})) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
    }
    const shown = children.filter((child) => child !== null && child !== undefined && child !== "");
    element.append(...shown);
    if (geoMap.constants.lang !== "ko" && shown.length && shown.every((child) => HANGUL.test(child))) element.setAttribute("lang", "ko");
    return element;
  };

  /** An element of a drawing. @param {string} tag @param {Object<string, *>} attributes @param {...Node} children @returns {SVGElement} */
  geoMap.draw = function (tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // A Korean name on a page in another language says so, for who has it read aloud. (An element's text is "[object …]" here.)
  const HANGUL = /[\uac00-\ud7a3]/;

  /** A feature's name, in the page's letters where the data has it. @param {Object} feature @returns {string} */
  geoMap.nameOf = ({ properties }) => String((geoMap.constants.lang !== "ko" && properties.name_en) || properties.name);

  /** The address of a template of the constants. @param {string} name @param {Object<string, string>} [places] @param {Object<string, *>} [query] */
  geoMap.address = function (name, places, query) {
    const path = geoMap.constants.urls[name].replace(/\{(\w+)\}/g, (place, key) => (places && key in places ? encodeURIComponent(places[key]) : place));
    const pairs = Object.entries(query || {}).filter(([, value]) => value !== null && value !== undefined);
    const text = pairs.map(([key, value]) => key + "=" + encodeURIComponent(value)).join("&");
    return text ? path + (path.includes("?") ? "&" : "?") + text : path;
  };

  const PATIENCE_MS = 15000;

  /**
   * A JSON answer. Rejects with an Error on no answer within 15 s, on a status that is not 2xx, and on anything that is not JSON.
   * @param {string} address @param {RequestInit} [options] @returns {Promise<*>}
   */
  geoMap.fetchJson = async function (address, options) {
    const stop = new AbortController();
    const outer = options && options.signal;
    if (outer) outer.addEventListener("abort", () => stop.abort());
    const clock = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(address, { cache: "no-cache", credentials: "same-origin", ...options, signal: stop.signal });
      if (!answer.ok) throw new Error("status " + answer.status);
      return await answer.json();
    } finally {
      clearTimeout(clock);
    }
  };

  /** What a door of the constants answers; a page that holds its data itself puts its own in this place. */
  geoMap.ask = (name, places, query) => geoMap.fetchJson(geoMap.address(name, places, query));

  /** Tells a reader who cannot see the map what has just happened. @param {string} sentence */
  geoMap.announce = function (sentence) {
    document.getElementById("map-live").textContent = sentence;
  };

  /** A function that waits until calls have stopped for so long. @param {Function} act @param {number} pauseMs */
  geoMap.afterPause = function (act, pauseMs) {
    let clock = 0;
    return function (...values) {
      clearTimeout(clock);
      clock = setTimeout(() => act(...values), pauseMs);
    };
  };
}());
