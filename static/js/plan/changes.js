/* The changes that are tried out: as a list to take back from, and on the map. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make, store } = geoMap;
  const SIGNS = { open: "+", close: "×", move: "→", hours: "◷" };

  /** Name of the place a change is about. @param {Object} edit @param {number} number of the opened place */
  function nameOf(edit, number) {
    if (edit.kind === "open") return edit.name || say("Opened place {number}", { number });
    const opened = /^new-(\d+)$/.exec(edit.id);
    if (opened) return say("Opened place {number}", { number: opened[1] });
    const feature = featureOf(edit);
    return feature ? geoMap.nameOf(feature) : edit.id;
  }

  const featureOf = (edit) => store.find(plan.layer, edit.id);

  const whereOf = (edit) => edit.lat.toFixed(5) + ", " + edit.lon.toFixed(5);
  const TELL = {
    open: (name, edit) => say("Open “{name}” at {place}, {hours}", { name, place: whereOf(edit), hours: edit.hours }),
    close: (name) => say("Close “{name}”", { name }),
    move: (name, edit) => say("Move “{name}” to {place}", { name, place: whereOf(edit) }),
    hours: (name, edit) => say("“{name}” with the hours {hours}", { name, hours: edit.hours }),
  };

  /** Each change with its name. */
  function named(edits) {
    let opened = 0;
    return edits.map((edit) => {
      if (edit.kind === "open") opened += 1;
      return { edit, name: nameOf(edit, opened), id: edit.kind === "open" ? "new-" + opened : edit.id };
    });
  }

  function place(edit) {
    if (edit.lat !== null) return L.latLng(edit.lat, edit.lon);
    const feature = featureOf(edit);
    return feature ? geoMap.popup.place(feature) : null;
  }

  /** Does nobody in the district reach the place, as the last answer has it? @param {string} id */
  const isUnreached = (id) => Boolean(plan.answer) && plan.answer.unreached_sites.includes(id);

  /** What must be said beside a change: that its place is made up, and that it has no part in the figure whatever is changed. */
  function remarks(edit, id) {
    const feature = edit.id && featureOf(edit);
    const why = isUnreached(id) ? plan.setup.words.unreached : plan.setup.places[id];
    return [feature && feature.properties.status === "sample" ? make("span", { class: "badge badge-sample" }, say("Sample")) : null,
      why ? make("span", { class: "plan-edit-why" }, why) : null].filter(Boolean).flatMap((remark) => [" ", remark]);
  }

  /** @param {L.Map} map */
  geoMap.start.changes = function (map) {
    if (!plan.editorBox) return;
    const list = make("ol", { class: "plan-edits" });
    const buttons = make("p", { class: "plan-edit-buttons no-print" },
      make("button", { type: "button", class: "button button-quiet", click: () => plan.setEdits(plan.question.edits.slice(0, -1)) }, say("Undo the last")),
      make("button", { type: "button", class: "button button-quiet", click: () => plan.setEdits([]) }, say("Take all back")));
    const part = make("div", { class: "plan-tried", hidden: true }, make("h3", { tabindex: "-1" }, say("What is tried out")), list, buttons);
    const marks = L.layerGroup().addTo(map);
    plan.editorBox.append(part);

    function remove(index) {
      plan.setEdits(plan.question.edits.filter((_, place) => place !== index));
      const next = list.querySelector("button") || document.getElementById("try-kind");
      next.focus();
    }

    function row({ edit, name, id }, index) {
      const text = TELL[edit.kind](name, edit);
      return make("li", {}, make("span", {}, text), ...remarks(edit, id), " ", make("button", { type: "button", class: "button button-quiet", "aria-label": say("Take back: {change}", { change: text }), click: () => remove(index) }, say("Take back")));
    }

    function mark({ edit, name }) {
      const where = place(edit);
      if (!where) return [];
      const text = make("span", { class: "plan-edit-mark" }, SIGNS[edit.kind] + " " + name);
      return [geoMap.labels.label(where, text, { kind: "edit", spread: 0, reachPx: 20, zIndexOffset: 3000 })];
    }

    const unreachedOf = (told) => told.filter(({ id }) => isUnreached(id)).map(({ id }) => id).join();
    let shownUnreached = "";

    function show() {
      const told = named(plan.question.edits);
      shownUnreached = unreachedOf(told);
      part.hidden = !told.length;
      list.replaceChildren(...told.map(row));
      marks.clearLayers();
      const labels = told.flatMap(mark);
      labels.forEach((label) => marks.addLayer(label));
      geoMap.labels.set("edits", labels);
    }

    events.on("edits", show);
    events.on("values", () => { if (unreachedOf(named(plan.question.edits)) !== shownUnreached) show(); });
    events.on("layer", (event) => { if (event.isNew) show(); });
    show();
  };
}());
