/* The frame's own ground: constants, sentences, elements built without markup. It keeps nothing in the browser and tells nobody anything
   of its reader; in a sandboxed frame both would be refused anyhow. */
(function () {
  "use strict";
  // Style sheets hide what does nothing without a script.
  document.documentElement.setAttribute("data-script", "on");

  /** Everything the frame's scripts share. `here`: [longitude, latitude] of who pressed for it, or null; it never leaves the frame.
   *  `isBoxed`: the page around gave the frame a sandbox without an origin: no position is told there, and links may open nothing. */
  const geoEmbed = { constants: JSON.parse(document.getElementById("embed-constants").textContent), here: null, isBoxed: self.origin === "null" };
  window.geoEmbed = geoEmbed;
  geoEmbed.say = window.geoWords(geoEmbed.constants.words);

  /** What parts tell each other: "places" (the list was made anew), "here". */
  const listeners = { places: [], here: [] };
  geoEmbed.on = (name, act) => listeners[name].push(act);
  geoEmbed.tell = (name, value) => listeners[name].forEach((act) => act(value));

  /** An element; strings become text, never markup. @param {string} tag @param {Object<string, *>} properties @param {...(Node|string)} children */
  geoEmbed.make = function (tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, String(value));
    }
    element.append(...children);
    return element;
  };

  const PATIENCE_MS = 15000;

  /** A JSON answer of one of our doors, asked without cookies. Rejects after 15 s and on a status that is not 2xx. @param {string} address */
  geoEmbed.fetchJson = async function (address) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(address, { cache: "no-cache", credentials: "omit", signal: stop.signal });
      if (!answer.ok) throw new Error("status " + answer.status);
      return await answer.json();
    } finally {
      clearTimeout(clock);
    }
  };
}());
