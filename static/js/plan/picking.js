/* Choosing a place on the map: by a press, or by Enter for the middle of the map. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say } = geoMap;

  plan.isPicking = false;

  /** @param {L.Map} map */
  geoMap.start.picking = function (map) {
    const box = map.getContainer();
    let before = null;

    /** Starts or ends choosing; who gives up finds herself where she was. @param {boolean} isOn */
    plan.setPicking = function (isOn) {
      if (plan.isPicking === isOn) return;
      plan.isPicking = isOn;
      box.parentElement.classList.toggle("is-picking", isOn);
      const note = plan.find("plan-map-note");
      note.hidden = !isOn;
      note.textContent = isOn ? say("Press on the map, or move it with the arrow keys and press Enter for its middle. Escape gives up.") : "";
      if (!isOn) {
        if (before && before.isConnected) before.focus();
        return;
      }
      before = document.activeElement;
      map.closePopup();
      box.scrollIntoView({ block: "center" });
      box.focus({ preventScroll: true });
      geoMap.announce(note.textContent);
    };

    box.addEventListener("keydown", (event) => {
      if (!plan.isPicking) return;
      if (event.key === "Escape") { event.stopPropagation(); plan.setPicking(false); }
      if (event.key !== "Enter") return;
      event.preventDefault();
      const middle = map.getCenter();
      events.fire("picked", { lon: middle.lng, lat: middle.lat });
    });
    events.on("picked", () => plan.setPicking(false));
  };
}());
