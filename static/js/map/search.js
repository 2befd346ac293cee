/* Search by name, address or dong: a list that the arrow keys walk through. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, marks } = geoMap;
  const LIMIT = 12;
  const PAUSE_MS = 250;

  /** @param {L.Map} map */
  geoMap.start.search = function (map) {
    const field = document.getElementById("map-search");
    const answer = document.getElementById("map-search-answer");
    const list = document.getElementById("map-search-list");
    const line = document.getElementById("map-search-note");
    let found = [];
    let chosen = -1;
    let running = null;

    function close() {
      answer.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
      chosen = -1;
    }

    function tell(sentence) {
      line.textContent = sentence;
      line.hidden = !sentence;
      answer.hidden = false;
    }

    function mark(index) {
      chosen = index;
      [...list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
      if (index < 0) { field.removeAttribute("aria-activedescendant"); return; }
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    }

    function row(feature, index) {
      const told = feature.properties;
      const layer = told.layer;
      const drawing = document.getElementById("mark-" + layer) ? marks.draw(layer, told.status === "sample" ? "is-sample" : "") : make("span", { class: "search-blank" });
      const where = feature.geometry ? told.address || told.dong || "" : say("Place: not known");
      return make("li", { role: "option", id: "search-" + index, "aria-selected": "false", click: () => choose(feature), mousedown: (event) => event.preventDefault() },
        drawing, make("span", { class: "search-name" }, String(told.name), make("small", {}, [marks.word(layer), where].filter(Boolean).join(" · "))));
    }

    async function choose(feature) {
      const layer = feature.properties.layer;
      const id = String(feature.id);
      close();
      geoMap.panel.showSheet(false);
      if (!feature.geometry) { window.location.assign(geoMap.address("site", { layer, id })); return; }
      geoMap.events.fire("choose");
      if (layer === "dongs" || layer === "legal-dongs") {
        const bounds = L.geoJSON(feature.geometry).getBounds();
        map.fitBounds(bounds, { animate: false });
        geoMap.focus.set(bounds.getCenter(), String(feature.properties.name), "search", { dong: feature });
        return;
      }
      // A layer this page does not draw, or one that could not be loaded, still has its page.
      if (!store.layers.has(layer) || !(await geoMap.showSite(map, layer, id, "search"))) window.location.assign(geoMap.address("site", { layer, id }));
      else geoMap.focus.set(geoMap.popup.place(feature), String(feature.properties.name), "search", { layer, id });
    }

    async function ask() {
      const text = field.value.normalize("NFC").trim();
      if (running) running.abort();
      if (!text) { close(); return; }
      running = new AbortController();
      const mine = running;
      try {
        const got = await geoMap.fetchJson(geoMap.address("sites", {}, { q: text, limit: LIMIT }), { signal: mine.signal });
        if (mine !== running) return;
        found = got.features.filter((feature) => feature.properties.layer !== "legal-dongs");
        list.replaceChildren(...found.map(row));
        tell(found.length ? "" : say("Nothing found for “{text}”. A shorter word may help.", { text }));
        field.setAttribute("aria-expanded", String(found.length > 0));
        chosen = -1;
      } catch (fault) {
        if (mine !== running) return;
        list.replaceChildren();
        tell(say("The search did not answer. Please try again."));
      }
    }

    field.addEventListener("input", geoMap.afterPause(ask, PAUSE_MS));
    field.addEventListener("focus", () => { if (field.value && list.childElementCount) { answer.hidden = false; field.setAttribute("aria-expanded", "true"); } });
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { close(); return; }
      if (answer.hidden || !list.childElementCount || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const step = event.key === "ArrowDown" ? 1 : -1;
        mark((chosen + step + list.childElementCount + (chosen < 0 && step < 0 ? 1 : 0)) % list.childElementCount);
      } else if (event.key === "Enter") {
        event.preventDefault();
        choose(found[Math.max(chosen, 0)]);
      }
    });
  };
}());
