/* The form as a question, and the address as the form: neither ever holds a position. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { store, time } = geoFinder;
  const DEFAULTS = { mode: "walk", stay: "20" };
  const form = document.getElementById("finder");
  const field = (name) => document.getElementById(name);
  const boxes = (name) => [...form.querySelectorAll("input[name=" + name + "]")];

  /** What is asked but for the place. @returns {{at: Object|null, mode: string, stayMin: number, amenities: string[], isRegistered: boolean}} */
  function read() {
    const mode = boxes("mode").find((radio) => radio.checked);
    return {
      at: time.read(field("at").value),
      mode: mode ? mode.value : DEFAULTS.mode,
      stayMin: Number(field("stay").value || DEFAULTS.stay),
      amenities: boxes("has").filter((box) => box.checked).map((box) => box.value),
      isRegistered: Boolean(store.get("registered")),
    };
  }

  /** Puts what the address asks into the fields: a page kept for another question is the same page. @param {URLSearchParams} asked */
  function fill(asked) {
    const place = asked.get("from") || "";
    const at = time.read(asked.get("at"));
    const mode = asked.get("mode") || store.get("mode") || DEFAULTS.mode;
    const stay = asked.get("stay") || store.get("stay") || DEFAULTS.stay;
    const wanted = asked.getAll("has").join(",").split(",");
    if ([...field("from").options].some((option) => option.value === place)) field("from").value = place;
    field("at").value = at ? time.write(at) : "";
    for (const radio of boxes("mode")) radio.checked = radio.value === mode;
    if ([...field("stay").options].some((option) => option.value === String(stay))) field("stay").value = stay;
    for (const box of boxes("has")) box.checked = wanted.includes(box.value);
    field("registered").checked = Boolean(store.get("registered"));
  }

  /** The address of this question, without the place where somebody is. @param {string} place id or "" */
  function query(place) {
    const { at, mode, stayMin, amenities } = read();
    const pairs = new URLSearchParams();
    if (place) pairs.set("from", place);
    if (at) pairs.set("at", time.write(at));
    if (mode !== DEFAULTS.mode) pairs.set("mode", mode);
    if (String(stayMin) !== DEFAULTS.stay) pairs.set("stay", stayMin);
    if (amenities.length) pairs.set("has", amenities.join(","));
    return pairs;
  }

  /** Shows the question in the address and in the links to other languages, so that both may be passed on. @param {string} place id or "" */
  function show(place) {
    const own = new URLSearchParams(location.search).get("lang");
    const address = (lang) => {
      const pairs = query(place);
      if (lang) pairs.set("lang", lang);
      const text = String(pairs);
      return location.pathname + (text ? "?" + text : "");
    };
    history.replaceState(null, "", address(own));
    for (const link of document.querySelectorAll("a[hreflang]")) {
      const lang = new URL(link.href).searchParams.get("lang");
      link.setAttribute("href", address(lang));
    }
  }

  /** Remembers how she travels, how long she rests, and that she has registered. */
  function remember() {
    const { mode, stayMin } = read();
    store.set("mode", mode);
    store.set("stay", String(stayMin));
    store.set("registered", field("registered").checked);
  }

  geoFinder.form = { element: form, field, read, fill, show, remember };
}());
