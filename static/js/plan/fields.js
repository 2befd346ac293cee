/* The fields of a change: what, which place, where, when, and its name; each shown only where the change needs it. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, say, make, store } = geoMap;
  const KINDS = { open: "Open a place", close: "Close a place", move: "Move a place", hours: "Change the hours of a place" };
  const NEEDS = { open: ["where", "hours", "name"], close: ["site"], move: ["site", "where"], hours: ["site", "hours"] };
  /** Layers that places to start from are chosen from: whoever cannot press on a map names a dong or a complex. */
  const NAMED = ["dongs", "industrial-complexes", "improved-companies", "village-jobs", "public-facilities"];
  const PRESETS = ["24/7", "Mo-Su 18:00-04:00", "Mo-Su 21:00-07:00", "Mo-Fr 09:00-18:00", "Mo-Su 11:00-22:00"];

  function field(id, text, input, hint) {
    input.id = id;
    if (hint) input.setAttribute("aria-describedby", id + "-hint");
    return make("p", { class: "plan-field" }, make("label", { for: id }, text), input, hint ? make("span", { class: "small quiet", id: id + "-hint" }, hint) : null);
  }

  const option = (value, text) => make("option", { value }, text);

  /** The middle of a feature. @returns {?{lon: number, lat: number}} */
  function middle(feature) {
    const place = geoMap.popup.place(feature);
    return place && feature.properties.precision !== "none" ? { lon: place.lng, lat: place.lat } : null;
  }

  const byName = (one, other) => geoMap.nameOf(one).localeCompare(geoMap.nameOf(other), geoMap.constants.lang);
  const featuresOf = (layer) => [...store.layers.get(layer).features.values()].filter(middle).sort(byName);

  /** Fills the list of places one may start from, as far as they are here. */
  function fillPlaces(select) {
    const groups = NAMED.map((layer) => make("optgroup", { label: geoMap.marks.word(layer) }, ...featuresOf(layer).map((feature) => option(layer + "/" + feature.id, geoMap.nameOf(feature)))));
    select.replaceChildren(option("", say("choose a place")), ...groups.filter((group) => group.childElementCount));
  }

  /** The places that may be closed, moved or given other hours: those of the layer asked about, and the opened ones. */
  function fillSites(select) {
    const held = select.value;
    const { places } = plan.setup;
    const opened = plan.question.edits.filter((edit) => edit.kind === "open").map((edit, place) => option("new-" + (place + 1), edit.name || say("Opened place {number}", { number: place + 1 })));
    // Only those that count at all can be changed.
    const sites = featuresOf(plan.layer).filter((feature) => feature.id in places).map((feature) => option(String(feature.id), geoMap.nameOf(feature)));
    select.replaceChildren(option("", say("choose a place")), ...opened, ...sites);
    select.value = held;
  }

  /** Builds the fields. @param {Function} submit called with the form's values once they hold what the change needs */
  plan.makeFields = function (submit) {
    const kind = make("select", {}, ...Object.entries(KINDS).map(([value, text]) => option(value, say(text))));
    const site = make("select", {});
    const place = make("select", {});
    const lon = make("input", { type: "number", step: "any", min: "124", max: "132", inputmode: "decimal" });
    const lat = make("input", { type: "number", step: "any", min: "33", max: "39", inputmode: "decimal" });
    const hours = make("input", { type: "text", list: "try-hours-list", maxlength: "120", autocomplete: "off" });
    const name = make("input", { type: "text", maxlength: "60", autocomplete: "off" });
    const pick = make("button", { type: "button", class: "button button-quiet", click: () => plan.setPicking(true) }, say("Choose on the map"));
    const fault = make("p", { class: "plan-fault", role: "alert", hidden: true });
    const parts = {
      site: [field("try-site", say("Which place"), site)],
      where: [field("try-place", say("At"), place), field("try-lon", say("Longitude"), lon), field("try-lat", say("Latitude"), lat), make("p", { class: "plan-field" }, pick)],
      hours: [field("try-hours", say("Opening hours"), hours, say("In Korean words or as in “Mo-Su 18:00-04:00”")), make("datalist", { id: "try-hours-list" }, ...PRESETS.map((text) => option(text, "")))],
      name: [field("try-name", say("Name (if you like)"), name)],
    };
    const form = make("form", { class: "plan-edit-form", novalidate: true }, field("try-kind", say("What to try"), kind),
      ...Object.entries(parts).map(([need, nodes]) => make("div", { class: "plan-edit-part", "data-need": need }, ...nodes)),
      fault, make("button", { type: "submit", class: "button" }, say("Try it")));

    function showNeeded() {
      for (const part of form.querySelectorAll("[data-need]")) part.hidden = !NEEDS[kind.value].includes(part.dataset.need);
      if (NEEDS[kind.value].includes("where")) NAMED.forEach((layer) => { if (!store.layers.get(layer).isLoaded) store.load(layer); });
    }

    // The name of the place that was chosen is that of what opens there, unless somebody gives it another.
    let given = "";

    function setName(text) {
      if (name.value && name.value !== given) return;
      name.value = given = text.slice(0, name.maxLength);
    }

    function setPlace({ lon: x, lat: y }, text) {
      lon.value = x.toFixed(6);
      lat.value = y.toFixed(6);
      setName(text || "");
      if (!text) place.value = "";
    }

    /** What is missing, as a sentence with its field, or null. */
    function missing() {
      const needs = NEEDS[kind.value];
      if (needs.includes("site") && !site.value) return [site, say("Choose the place to change.")];
      if (needs.includes("where") && !(lon.value && lat.value && lon.checkValidity() && lat.checkValidity())) return [lon, say("Choose where: on the map, by a place's name, or by longitude and latitude.")];
      return needs.includes("hours") && !hours.value.trim() ? [hours, say("Say when it is open.")] : null;
    }

    function tellFault(text, input) {
      fault.textContent = text;
      fault.hidden = !text;
      for (const element of form.querySelectorAll("[aria-invalid]")) element.removeAttribute("aria-invalid");
      if (text && input) { input.setAttribute("aria-invalid", "true"); input.focus(); }
    }

    kind.addEventListener("change", showNeeded);
    place.addEventListener("change", () => {
      const [layer, id] = place.value.split("/");
      const feature = place.value && store.find(layer, id);
      if (feature) setPlace(middle(feature), geoMap.nameOf(feature));
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const fails = missing();
      tellFault(fails ? fails[1] : "", fails && fails[0]);
      if (!fails) submit({ kind: kind.value, id: site.value || null, lon: Number(lon.value), lat: Number(lat.value), hours: hours.value.trim(), name: name.value.trim() });
    });
    hours.value = PRESETS[0];
    showNeeded();
    return {
      form, setPlace, tellFault,
      /** Fills in an opening at a place, and leads to its hours. */
      openAt(lonlat) { kind.value = "open"; showNeeded(); setPlace(lonlat); hours.focus(); },
      refill() { const held = place.value; fillPlaces(place); place.value = held; fillSites(site); },
      clear() { name.value = given = ""; place.value = ""; lon.value = ""; lat.value = ""; site.value = ""; },
    };
  };
}());
