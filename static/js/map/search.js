/* Search by name, address or dong: a list that the arrow keys walk through. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, store, marks, constants } = geoMap;
  const LIMIT = 20;
  const DONGS = "dongs";
  const PAUSE_MS = 250;
  const LAYERS = constants.layers.filter((name) => name !== DONGS).join();
  const fold = (text) => text.toLowerCase().replace(/\s/g, "");

  /** The dongs are on the page already, with their names in both letters. Who types a dong's name wants the dong: they stand first.
   *  Features of a layer's own file do not name it; an answer over several layers does. */
  async function findDongs(text) {
    const layer = store.layers.get(DONGS);
    if (!layer.isLoaded) await store.load(DONGS);
    return [...layer.features.values()].filter(({ properties: { name, name_en: english } }) => fold(name + " " + (english || "")).includes(fold(text)));
  }

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
      const layer = told.layer || DONGS;
      const drawing = layer === DONGS ? make("span", { class: "search-blank" }) : marks.draw(layer, told.status === "sample" ? "is-sample" : "");
      const where = feature.geometry ? told.address || told.dong || "" : say("Location not known yet");
      return make("li", { role: "option", id: "search-" + index, "aria-selected": "false", click: () => choose(feature), mousedown: (event) => event.preventDefault() },
        drawing, make("span", { class: "search-name" }, make("span", {}, geoMap.nameOf(feature)), make("small", {}, marks.word(layer), where ? make("span", {}, " · " + where) : null)));
    }

    async function choose(feature) {
      const layer = feature.properties.layer || DONGS;
      const id = String(feature.id);
      close();
      geoMap.panel.showSheet(false);
      if (!feature.geometry) { window.location.assign(geoMap.address("site", { layer, id })); return; }
      geoMap.events.fire("choose");
      if (layer === DONGS) {
        await showDong(feature);
        return;
      }
      // A layer this page does not draw, or one that could not be loaded, still has its page.
      if (!store.layers.has(layer) || !(await geoMap.showSite(map, layer, id, "search"))) window.location.assign(geoMap.address("site", { layer, id }));
      else geoMap.focus.set(geoMap.popup.place(feature), geoMap.nameOf(feature), "search", { layer, id, isRough: marks.isRough(layer, feature) });
    }

    /** A dong fills the map, outlined. */
    async function showDong(feature) {
      const bounds = L.geoJSON(feature.geometry).getBounds();
      await store.setOn(DONGS, true);
      map.closePopup();
      geoMap.showBounds(map, bounds);
      geoMap.focus.set(bounds.getCenter(), geoMap.nameOf(feature), "search", { dong: feature, isRough: true });
      geoMap.announce(geoMap.nameOf(feature));
    }

    geoMap.showDong = showDong;

    async function ask() {
      const text = field.value.normalize("NFC").trim();
      if (running) running.abort();
      if (!text) { close(); return; }
      running = new AbortController();
      const mine = running;
      try {
        const places = geoMap.fetchJson(geoMap.address("sites", {}, { q: text, limit: LIMIT, layer: LAYERS }), { signal: mine.signal });
        const [dongs, got] = await Promise.all([findDongs(text), places]);
        if (mine !== running) return;
        found = [...dongs, ...got.features];
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
