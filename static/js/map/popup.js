/* What is said of one place: built from elements and text, so that a name can never be more than a name. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, time, store, marks } = geoMap;

  const ENTRY = {
    "open-door": "Open door: just walk in", "ask-staff": "Please tell the staff", "purchase-expected": "A purchase is expected",
    "registration": "For registered people only", "card": "Opens with a card",
  };
  const PLACE = {
    street: "Place: known to the street only", dong: "Place: known to the dong only",
    complex: "Place: known to the industrial complex only", none: "Place: not known",
  };
  const KIND = { general: "General industrial complex", "agro-industrial": "Agro-industrial complex", national: "National industrial complex" };
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

  function hoursRows(told) {
    const statements = told.hours || [];
    const conflict = statements.length > 1 && new Set(statements.map((item) => item.opening_hours || item.text)).size > 1;
    const rows = statements.map((item) => make("dd", {}, String(item.text), statements.length > 1 && item.source ? make("span", { class: "quiet" }, " (", source(item.source, item.source_url), ")") : null));
    if (conflict) rows.push(make("dd", { class: "popup-warn" }, say("The sources do not agree, so we do not know.")));
    return rows;
  }

  function complexRows(told) {
    const rows = [];
    const add = (word, text) => { if (text) rows.push([word, [make("dd", {}, text)]]); };
    add(say("Area"), told.area_m2 && say("{count} m²", { count: number(told.area_m2) }));
    add(say("Tenants"), told.tenants && say("{count} companies", { count: number(told.tenants) }));
    add(say("Employees"), told.employees && say("{count} people", { count: number(told.employees) }));
    add(say("Completed"), told.completed || told.completed_year);
    return rows;
  }

  function jobRows(told) {
    const rows = [];
    const add = (word, text) => { if (text) rows.push([word, [make("dd", {}, String(text))]]); };
    add(say("People placed"), told.people_placed && say("{count} people", { count: number(told.people_placed) }));
    if (told.recruiting_from || told.recruiting_until) add(say("Recruiting"), (told.recruiting_from || "") + " ~ " + (told.recruiting_until || ""));
    add(say("Working hours"), told.work_hours);
    add(say("Allowance"), told.allowance);
    add(say("Year"), told.year);
    add(say("Effect"), told.effect);
    return rows;
  }

  /** Word and contents of each fact that the feature has. @returns {Array<[string, Node[]]>} */
  function facts(layer, told) {
    const rows = [];
    const hours = hoursRows(told);
    if (hours.length) rows.push([say("Hours"), hours]);
    if (told.entry) rows.push([say("How to get in"), [make("dd", {}, say(ENTRY[told.entry] || told.entry), told.entry_note ? " · " + told.entry_note : "")]]);
    if (layer === "industrial-complexes") rows.push(...complexRows(told)); else rows.push(...jobRows(told));
    const place = [told.address, told.precision === "address" || layer === "industrial-complexes" ? null : PLACE[told.precision] && say(PLACE[told.precision])].filter(Boolean);
    if (place.length) rows.push([say("Address"), place.map((text, index) => make("dd", { class: index ? "quiet" : null }, String(text)))]);
    return rows;
  }

  function badges(layer, told) {
    const list = [];
    if (told.status === "sample") list.push(make("span", { class: "badge badge-sample" }, say("Sample")));
    if (told.status === "planned") list.push(make("span", { class: "badge" }, say("Planned")));
    if (told.status === "closed") list.push(make("span", { class: "badge" }, say("Closed for good")));
    if (told.aged === true) list.push(make("span", { class: "badge" }, say("Built {count} years ago or more", { count: geoMap.constants.aged_after_years })));
    if (marks.isRecruiting(told)) list.push(make("span", { class: "badge badge-good" }, say("Recruiting now")));
    return list;
  }

  function smallPrint(told) {
    const parts = [];
    if (told.source) parts.push(make("span", {}, say("Source:") + " ", source(told.source, told.source_url)));
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
    const box = make("article", { class: "popup", "data-site": id });
    const kind = layer === "industrial-complexes" && KIND[told.kind] ? say(KIND[told.kind]) : marks.word(layer);
    box.append(make("p", { class: "popup-kind" }, marks.draw(layer, marks.classes(layer, feature)), kind, ...badges(layer, told)));
    box.append(make("h2", { tabindex: "-1" }, String(told.name)));
    if (geoMap.constants.with_hours.includes(layer)) {
      const state = time.sentence(store.layers.get(layer).states.get(id), store.shownTime());
      box.append(make("p", { class: "state state-" + state.kind }, state.text));
    }
    const list = make("dl", { class: "popup-facts" });
    for (const [word, values] of facts(layer, told)) list.append(make("div", {}, make("dt", {}, word), ...values));
    if (list.childElementCount) box.append(list);
    if (layer === "industrial-complexes" && told.area_m2 && feature.geometry && feature.geometry.type === "Point") {
      box.append(make("p", { class: "popup-small" }, say("Rough extent, not the legal boundary")));
    }
    const small = smallPrint(told);
    if (small) box.append(small);
    const call = /^[0-9+\-() ]{7,20}$/.test(told.phone || "") ? make("a", { class: "button button-quiet", href: "tel:" + told.phone.replace(/[^0-9+]/g, "") }, say("Call")) : null;
    box.append(make("div", { class: "popup-actions" }, make("a", { class: "button", href: geoMap.address("site", { layer, id }) }, say("Details")), call));
    return box;
  }

  /** Where a feature's popup points: its point, or the middle of its box. @param {Object} feature @returns {L.LatLng|null} */
  function place(feature) {
    if (!feature.geometry) return null;
    if (feature.geometry.type === "Point") return L.latLng(feature.geometry.coordinates[1], feature.geometry.coordinates[0]);
    return L.geoJSON(feature.geometry).getBounds().getCenter();
  }

  let open = null;

  /** Opens the popup of a feature. `source` "keyboard" or "search" moves the reader into it. */
  function show(map, layer, id, cause) {
    const feature = store.find(layer, id);
    const where = feature && place(feature);
    if (!where) return;
    const popup = L.popup({ maxWidth: 300, minWidth: 240, maxHeight: Math.max(200, map.getSize().y - 190), offset: [0, -10], autoPanPaddingTopLeft: [10, map.getSize().x < 500 ? 104 : 76], autoPanPaddingBottomRight: [10, 76] });
    const before = document.activeElement;
    popup.setLatLng(where).setContent(content(layer, feature)).openOn(map);
    open = { layer, id, popup, before };
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", say("Close"));
    if (cause) popup.getElement().querySelector("h2").focus({ preventScroll: true });
    geoMap.events.fire("open", { layer, id });
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
      map.on("popupclose", (event) => {
        if (!open || event.popup !== open.popup) return;
        const wasInside = event.popup.getElement() && event.popup.getElement().contains(document.activeElement);
        if (wasInside && open.before && open.before.isConnected) open.before.focus();
        open = null;
      });
    },
  };
}());
