/* The finder on the phone: what the page tells its script, a voice that speaks once the words have come, and parts that may fail alone. */
(function () {
  "use strict";
  const block = document.getElementById("finder-setup");
  let voice = self.geoWords({});

  /** Everything the finder's scripts share. Nothing in here, in the page, in an address or in a store ever holds a position but `here.js`. */
  const geoFinder = { setup: block ? JSON.parse(block.textContent) : {}, parts: {} };
  window.geoFinder = geoFinder;

  /** A sentence in the page's language (shared/words.js); English until `speak` has been given the words. */
  const say = (...values) => voice(...values);
  for (const name of ["plural", "number", "distance", "names"]) say[name] = (...values) => voice[name](...values);
  geoFinder.say = say;
  geoFinder.speak = (messages) => { voice = self.geoWords(messages); };
  geoFinder.time = self.geoClock(say);
  geoFinder.doorWords = self.geoDoor(say, geoFinder.time);

  /** Runs one part; if it fails, the others go on and the page stays what the server made it. @param {Function} act */
  geoFinder.attempt = function (act) {
    try {
      return act();
    } catch (fault) {
      console.error(fault);
      return undefined;
    }
  };

  /** An element; strings become text, never markup. @param {string} tag @param {Object<string, *>} properties @param {...(Node|string)} children */
  geoFinder.make = function (tag, properties, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== undefined) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  const HANGUL = /[\uac00-\ud7a3]/;
  const RUN = /([\uac00-\ud7a3](?:[^<>&"'\n.!?;:|]*[\uac00-\ud7a3])?)/;

  /** The text as nodes; Hangul on a page in another language says that it is Korean, for voices and fonts. @param {string} text */
  geoFinder.marked = function (text) {
    if (geoFinder.setup.lang === "ko") return [text];
    return text.split(RUN).filter(Boolean).map((piece) => (HANGUL.test(piece) ? geoFinder.make("span", { lang: "ko" }, piece) : piece));
  };

  /** Tells quietly what has just happened; the same sentence twice is told once. @param {string} sentence */
  geoFinder.tell = function (sentence) {
    const line = document.getElementById("status");
    if (line && line.textContent !== sentence) line.replaceChildren(...geoFinder.marked(sentence));
  };
}());
