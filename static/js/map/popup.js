/* What is said of one place: built from elements and text, so that a name can never be more than a name. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, time, store, marks } = geoMap;

  const ENTRY = {
    "open-door": "Open door: just walk in", "ask-staff": "Please tell the staff", "purchase-expected": "A purchase is expected",
    "registration": "For registered people only", "card": "Opens with a card",
  };
  const KIND = { general: "General industrial complex", "agro-industrial": "Agro-industrial complex", national: "National industrial complex" };
  const LEAST_HEIGHT_PX = 200;
  const number = (value) => Number(value).toLocaleString(geoMap.constants.lang);

  /** The address if it is a plain web address, else null: nothing else may become a link. @param {*} address */
  function webAddress(address) {
    try {
      const url = new URL(String(address));
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch (fault) {
      return null;
    }
  }

  /** A source, linked where it has an address on the web. @param {*} name @param {*} address */
  function source(name, address) {
    const href = webAddress(address);
    const text = String(name || address || "");
    return href ? make("a", { href, rel: "noopener noreferrer", target: "_blank" }, text) : text;
  }

  /** What each source says, as it says it; that they disagree only where that is why the state is unknown. @param {string} page the site's */
  function hoursRows(told, state, page) {
    const statements = told.hours || [];
    const conflict = state && state[0] === "unknown" && new Set(statements.map((item) => item.opening_hours || item.text)).size > 1;
    const rows = statements.map((item) => make("dd", {}, make("span", {}, String(item.text)), statements.length > 1 && item.source ? make("span", { class: "quiet" }, " (", source(item.source, item.source_url), ")") : null));
    if (rows.length && geoMap.constants.lang !== "ko") rows.push(make("dd", {}, make("a", { href: page }, say("Read the hours in your language"))));
    if (conflict) rows.push(make("dd", { class: "popup-warn" }, say("The sources do not agree, so we do not know.")));
    return rows;
  }

  function figureRows(told) {
    const rows = [];
    const add = (word, text) => { if (text) rows.push([word, [make("dd", {}, String(text))]]); };
    const people = (count) => count && say("{count} people", { count: number(count) });
    add(say("Area"), told.area_m2 && say("{count} m²", { count: number(told.area_m2) }));
    add(say("Tenants"), told.tenants && say("{count} companies", { count: number(told.tenants) }));
    add(say("Employees"), people(told.employees));
    add(say("Completed"), told.completed || told.completed_year);
    add(say("People placed"), people(told.people_placed));
    if (told.recruiting_from || told.recruiting_until) add(say("Recruiting"), (told.recruiting_from || "") + " ~ " + (told.recruiting_until || ""));
    add(say("Working hours"), told.work_hours);
    add(say("Allowance"), told.allowance);
    add(say("Year"), told.year);
    add(say("Effect"), told.effect);
    return rows;
  }

  /** Word and contents of each fact that the feature has. @returns {Array<[string, Node[]]>} */
  function facts(layer, told, state, page) {
    const rows = [];
    const hours = hoursRows(told, state, page);
    if (hours.length) rows.push([say("Hours"), hours]);
    if (told.entry) rows.push([say("How to get in"), [make("dd", {}, say(ENTRY[told.entry] || told.entry), told.entry_note ? make("span", {}, " · " + told.entry_note) : null)]]);
    rows.push(...figureRows(told));
    if (told.address) rows.push([say("Address"), [make("dd", {}, String(told.address))]]);
    if (layer !== "industrial-complexes" && marks.precision(told)) rows.push([say("Location"), [make("dd", {}, marks.precision(told))]]);
    return rows;
  }

  function badges(told) {
    const list = [];
    if (told.status === "sample") list.push(make("span", { class: "badge badge-sample" }, say("Sample")));
    if (told.status === "planned") list.push(make("span", { class: "badge" }, say("Planned")));
    if (told.status === "closed") list.push(make("span", { class: "badge" }, say("Closed for good")));
    if (told.aged === true) list.push(make("span", { class: "badge" }, say("Built {count} years ago or more", { count: geoMap.constants.aged_after_years })));
    if (marks.isRecruiting(told)) list.push(make("span", { class: "badge badge-good" }, say("Recruiting now")));
    return list;
  }

  /** Who says so: the host of the page where there is one, for the code of a source is for the office. */
  function sourceName(told) {
    if (told.status === "sample") return say("Sample data");
    const href = webAddress(told.source_url);
    return href ? new URL(href).hostname.replace(/^www\./, "") : told.source;
  }

  function smallPrint(told) {
    const parts = [];
    if (told.source) parts.push(make("span", {}, say("Source:") + " ", source(sourceName(told), told.source_url)));
    if (told.as_of) parts.push(say("as of {date}", { date: told.as_of }));
    if (told.checked_on) parts.push(time.checked(told.checked_on));
    const line = make("p", { class: "popup-small" });
    parts.forEach((part, index) => line.append(index ? " · " : "", part));
    return parts.length ? line : null;
  }

  /** Everything said of one feature. @param {string} layer @param {Object} feature @returns {HTMLElement} */
  function content(layer, feature) {
    const told = feature.properties;
    const id = String(feature.id);
    const page = geoMap.address("site", { layer, id });
    const box = make("article", { class: "popup", "data-site": id });
    const kind = layer === "industrial-complexes" && KIND[told.kind] ? say(KIND[told.kind]) : marks.word(layer);
    box.append(make("p", { class: "popup-kind" }, marks.draw(layer, marks.classes(layer, feature)), kind, ...badges(told)));
    box.append(make("h2", { tabindex: "-1" }, geoMap.nameOf(feature)));
    const latin = store.layers.get(layer).latin[id];
    if (latin) box.append(make("p", { class: "popup-latin" }, latin));
    const state = store.layers.get(layer).states.get(id);
    if (geoMap.constants.with_hours.includes(layer)) {
      const shown = time.sentence(state, store.shownTime());
      box.append(make("p", { class: "state state-" + shown.kind }, shown.text));
    }
    const list = make("dl", { class: "popup-facts" });
    for (const [word, values] of facts(layer, told, state, page)) list.append(make("div", {}, make("dt", {}, word), ...values));
    if (list.childElementCount) box.append(list);
    if (layer === "industrial-complexes" && told.area_m2 && feature.geometry && feature.geometry.type === "Point") {
      box.append(make("p", { class: "popup-small" }, say("Rough extent, not the legal boundary")));
    }
    const small = smallPrint(told);
    if (small) box.append(small);
    const call = /^[0-9+\-() ]{7,20}$/.test(told.phone || "") ? make("a", { class: "button button-quiet", href: "tel:" + told.phone.replace(/[^0-9+]/g, "") }, say("Call")) : null;
    box.append(make("div", { class: "popup-actions" }, make("a", { class: "button", href: page }, say("Details")), call));
    return box;
  }

  /** Where a feature's popup points: its point, or the middle of its box. @param {Object} feature @returns {L.LatLng|null} */
  function place(feature) {
    if (!feature.geometry) return null;
    if (feature.geometry.type === "Point") return L.latLng(feature.geometry.coordinates[1], feature.geometry.coordinates[0]);
    return L.geoJSON(feature.geometry).getBounds().getCenter();
  }

  /** Where a popup has room: the bands, the search field, the notes and the buttons lie over the map. Pixels. @param {L.Map} map */
  function room(map) {
    const size = map.getSize();
    const frame = map.getContainer().getBoundingClientRect();
    const reach = (selector, measure) => Math.max(0, ...[...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
      .filter((box) => box.height && box.right > frame.left).map(measure));
    let top = 8 + reach(".map-search, .map-bands .band", (box) => box.bottom - frame.top);
    let bottom = 8 + reach(".map-note > *, .map-handle", (box) => frame.bottom - box.top);
    const right = size.x < 500 ? 8 + reach(".leaflet-right .leaflet-bar", (box) => frame.right - box.left) : 10;
    // On a map that is hardly higher than what lies over it, a popup may cover that.
    if (size.y - top - bottom < LEAST_HEIGHT_PX) top = bottom = 8;
    const maxWidth = Math.min(300, size.x - right - 48);
    return {
      maxWidth, minWidth: Math.min(240, maxWidth), maxHeight: Math.max(120, size.y - top - bottom - 68),
      autoPanPaddingTopLeft: [8, top], autoPanPaddingBottomRight: [right, bottom],
    };
  }

  let open = null;

  /** Opens the popup of a feature. `source` "keyboard" or "search" moves the reader into it. */
  function show(map, layer, id, cause) {
    const feature = store.find(layer, id);
    const where = feature && place(feature);
    if (!where) return;
    const before = document.activeElement;
    geoMap.panel.showSheet(false);
    const popup = L.popup({ ...room(map), offset: [0, -10] });
    popup.setLatLng(where).setContent(content(layer, feature)).openOn(map);
    open = { layer, id, popup, before };
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", say("Close"));
    if (cause) popup.getElement().querySelector("h2").focus({ preventScroll: true });
    // Drawn anew each minute, it must not pull the map back to itself.
    popup.options.autoPan = false;
  }

  /** Another time puts a band over the map: the popup makes way once more. @param {L.Map} map */
  function makeWay(map) {
    if (!open) return;
    Object.assign(open.popup.options, room(map), { autoPan: true });
    open.popup.update();
    open.popup.options.autoPan = false;
  }

  /** Draws the open popup anew after its layer or its states have changed. @param {string} layer */
  function refresh(layer) {
    if (!open || open.layer !== layer || !open.popup.isOpen()) return;
    const feature = store.find(layer, open.id);
    if (feature) open.popup.setContent(content(layer, feature)); else open.popup.close();
  }

  geoMap.events.on("layer states", (event) => refresh(event.name));
  geoMap.popup = {
    show, place, webAddress,
    /** Gives the focus back to where the reader came from. @param {L.Map} map */
    watch(map) {
      // Leaflet hears Escape only while the map itself has the focus.
      map.getContainer().addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
      // After the band has come.
      geoMap.events.on("at", geoMap.afterPause(() => makeWay(map), 0));
      map.on("popupclose", (event) => {
        if (!open || event.popup !== open.popup) return;
        const wasInside = event.popup.getElement() && event.popup.getElement().contains(document.activeElement);
        if (wasInside && open.before && open.before.isConnected) open.before.focus();
        open = null;
      });
    },
  };
}());
