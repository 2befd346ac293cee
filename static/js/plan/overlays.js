/* What lies over the picture: the layers of places as on the map page, gaps and reach. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, store, time } = geoMap;
  const PAUSE_MS = 250;

  const form = () => plan.find("plan-pictures");

  /** Is that overlay wanted? @param {string} name "gaps" or "reach" */
  plan.isOver = (name) => [...form().elements.over].some((box) => box.value === name && box.checked);

  /** @param {L.Map} _map */
  geoMap.start.overlays = function (_map) {
    form().addEventListener("change", (event) => {
      if (event.target.name === "over") events.fire("over");
      if (event.target.name === "layer") store.setOn(event.target.value, event.target.checked);
    });
    // A browser that was left and came back to keeps what was checked.
    for (const box of form().elements.layer) store.layers.get(box.value).isOn = box.checked;
    // Doors as of the hour shown; while somebody plays through the week, the marks come after her.
    const showHour = () => store.setAt(time.write(plan.question.at));
    events.on("hour", geoMap.afterPause(showHour, PAUSE_MS));
    store.at = time.write(plan.question.at);
    for (const layer of store.layers.values()) if (layer.isOn) store.load(layer.name);
    events.fire("over");
  };
}());
