/* The map's stage: zoom buttons, no wheel that would take the page away from its reader, what is painted, what went wrong. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, say, events, constants } = geoMap;

  /** What is painted: "minutes", "unserved" or "dongs". */
  plan.picture = "minutes";

  /** Says over the map that an hour could not be asked for; what is painted stays. @param {boolean} isTrouble */
  plan.setTrouble = function (isTrouble) {
    const note = plan.find("plan-map-note");
    note.hidden = !isTrouble;
    note.classList.toggle("is-trouble", isTrouble);
    note.textContent = isTrouble ? say("This hour could not be fetched. What is shown is the hour before. Choose it again to try once more.") : "";
    if (isTrouble) geoMap.announce(note.textContent);
  };

  /** The whole district, as large as it fits. @param {L.Map} map */
  function showDistrict(map) {
    const [west, south, east, north] = constants.bounds;
    map.options.zoomSnap = 0.25;
    map.fitBounds([[south, west], [north, east]], { animate: false, padding: [6, 6] });
    map.options.zoomSnap = 1;
  }

  /** Until somebody moves it, the map shows the whole district however its place grows and shrinks. @param {L.Map} map */
  function keepDistrict(map) {
    const box = map.getContainer();
    let isTouched = false;
    for (const name of ["pointerdown", "keydown", "wheel"]) box.addEventListener(name, () => { isTouched = true; }, { passive: true });
    new ResizeObserver(() => {
      map.invalidateSize({ pan: false });
      if (!isTouched) showDistrict(map);
    }).observe(box);
  }

  /** @param {L.Map} map */
  geoMap.start.stage = function (map) {
    map.attributionControl.setPrefix(false);
    L.control.zoom({ position: "bottomright", zoomInTitle: say("Zoom in"), zoomOutTitle: say("Zoom out") }).addTo(map);
    L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
    // The wheel moves the page until the reader has pressed on the map.
    map.scrollWheelZoom.disable();
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    showDistrict(map);
    keepDistrict(map);
    const choices = plan.find("plan-pictures");
    choices.hidden = false;
    choices.addEventListener("submit", (event) => event.preventDefault());
    choices.addEventListener("change", (event) => {
      if (event.target.name !== "picture") return;
      plan.picture = event.target.value;
      events.fire("picture");
    });
    plan.picture = choices.elements.picture.value;
  };
}());
