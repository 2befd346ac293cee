/* The panel: layers with their counts, what is missing, what went wrong; a sheet on small screens. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, constants } = geoMap;
  const REFERENCE = "dongs";

  /** How many of a layer are real, made up, without a place. @param {Object} layer a LayerState */
  function count(layer) {
    const features = [...layer.features.values()];
    const sample = features.filter((feature) => feature.properties.status === "sample").length;
    const unlocated = features.filter((feature) => !feature.geometry).length;
    return { all: features.length, sample, real: features.length - sample, unlocated };
  }

  function countText(layer) {
    if (!layer.isLoaded) return layer.isLoading ? say("loading …") : "";
    const { all, sample, real } = count(layer);
    return sample ? say("{all} (real {real} · samples {sample})", { all, real, sample }) : String(all);
  }

  function note(layer) {
    if (layer.isTrouble) {
      const retry = make("button", { type: "button", class: "button button-quiet", click: () => store.load(layer.name) }, say("Try again"));
      return [make("span", { role: "alert" }, say("This layer could not be loaded. What is on the map stays.")), " ", retry];
    }
    const { unlocated } = count(layer);
    if (!unlocated || layer.name === REFERENCE) return [];
    return [say("Place unknown: {count}", { count: unlocated }) + " — ", make("a", { href: geoMap.address("list", { layer: layer.name }) }, say("see the list"))];
  }

  function showRow(row) {
    const layer = store.layers.get(row.dataset.layer);
    row.querySelector("input").checked = layer.isOn;
    row.querySelector(".layer-count").textContent = countText(layer);
    const line = row.querySelector(".layer-note");
    const parts = note(layer);
    line.replaceChildren(...parts);
    line.hidden = !parts.length;
    line.classList.toggle("is-trouble", layer.isTrouble);
  }

  /** The band for made-up data, over the layers that are on. */
  function showSamples() {
    const counts = [...store.layers.values()].filter((layer) => layer.isOn && layer.isLoaded && layer.name !== REFERENCE).map(count);
    const sum = (name) => counts.reduce((total, one) => total + one[name], 0);
    const band = document.getElementById("map-sample-band");
    band.hidden = !sum("sample");
    band.textContent = say("Sample data is mixed in: real {real}, samples {sample}", { real: sum("real"), sample: sum("sample") });
  }

  /** The line that stays visible when the sheet is down: how many shelters are open for certain. */
  function showSummary() {
    const shelters = store.layers.get("shelters");
    if (!shelters.isLoaded) return;
    const open = [...shelters.states.values()].filter((state) => geoMap.time.certain(state) === "open").length;
    const told = store.at ? say("Shelters: {open} of {all} open at the time shown") : say("Shelters: {open} of {all} open now");
    const sentence = shelters.missedAt ? say("Shelters: {all} · opening hours not known") : told;
    // Between two times the old count holds no longer.
    document.getElementById("map-summary").textContent = shelters.statesAt === store.at ? say(sentence, { open, all: shelters.features.size }) : say("loading …");
  }

  /** The sheet takes its place from the map, so that nothing on the map lies behind it. */
  function showSheet(isOpen) {
    const panel = document.getElementById("map-panel");
    if (panel.dataset.open === String(isOpen)) return;
    panel.dataset.open = String(isOpen);
    document.getElementById("map-handle").setAttribute("aria-expanded", String(isOpen));
    geoMap.events.fire("sheet");
  }

  /** @param {L.Map} map */
  geoMap.start.panel = function (map) {
    const form = document.getElementById("map-layers");
    const handle = document.getElementById("map-handle");
    form.addEventListener("change", (event) => store.setOn(event.target.value, event.target.checked));
    form.addEventListener("submit", (event) => event.preventDefault());
    handle.addEventListener("click", () => showSheet(handle.getAttribute("aria-expanded") !== "true"));
    document.getElementById("map-panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && handle.getAttribute("aria-expanded") === "true") { showSheet(false); handle.focus(); }
    });
    const show = () => {
      form.querySelectorAll("[data-layer]").forEach(showRow);
      showSamples();
      showSummary();
    };
    geoMap.events.on("layer visible states at", show);
    geoMap.events.on("sheet", () => map.invalidateSize({ pan: false }));
    map.attributionControl.setPrefix(false);
    L.control.zoom({ position: "bottomright", zoomInTitle: say("Zoom in"), zoomOutTitle: say("Zoom out") }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
    show();
  };

  geoMap.panel = { showSheet };
}());
