/* The changes of a scenario and the text that carries them in an address (the same as planning/edits.py). */
(function () {
  "use strict";
  const { plan } = window.geoMap;
  const MOST = 20;
  const DECIMALS = 6;

  /** @typedef {{kind: string, id: ?string, lon: ?number, lat: ?number, hours: ?string, name: ?string}} Edit */

  const encode = (part) => part.replace(/%/g, "%25").replace(/;/g, "%3B").replace(/,/g, "%2C");
  const degrees = (value) => String(Number(value.toFixed(DECIMALS)));

  function decode(part) {
    try {
      return decodeURIComponent(part).trim();
    } catch (fault) {
      return part;
    }
  }

  /** @param {Edit} edit */
  function parts(edit) {
    if (edit.kind === "open") return [degrees(edit.lon), degrees(edit.lat), edit.hours, ...(edit.name ? [edit.name] : [])];
    if (edit.kind === "move") return [edit.id, degrees(edit.lon), degrees(edit.lat)];
    return edit.kind === "hours" ? [edit.id, edit.hours] : [edit.id];
  }

  /** @param {string} item @returns {Edit} */
  function readOne(item) {
    const cut = item.indexOf(":");
    const kind = item.slice(0, cut);
    const told = item.slice(cut + 1).split(",").map(decode);
    const edit = { kind, id: null, lon: null, lat: null, hours: null, name: null };
    if (kind === "open") return { ...edit, lon: Number(told[0]), lat: Number(told[1]), hours: told[2], name: told[3] || "" };
    if (kind === "move") return { ...edit, id: told[0], lon: Number(told[1]), lat: Number(told[2]) };
    return { ...edit, id: told[0], hours: kind === "hours" ? told[1] : null };
  }

  plan.edits = {
    MOST,
    /** @param {Edit[]} edits @returns {string} */
    write: (edits) => edits.map((edit) => edit.kind + ":" + parts(edit).map((part) => encode(String(part))).join(",")).join(";"),
    /** The changes of a text that our own door has accepted. @param {string} text @returns {Edit[]} */
    read: (text) => (text || "").split(";").filter((item) => item.trim()).map((item) => readOne(item.trim())),
  };
}());
