/* The frame's map: quiet motion where it is asked for, the view it begins with, its buttons. */
(function () {
  "use strict";
  const { say, constants } = window.geoEmbed;

  /** Parts put their start function into `start`; the page calls them with the Leaflet map. */
  const geoMap = { start: {}, constants: JSON.parse(document.getElementById("map-constants").textContent) };
  window.geoMap = geoMap;
  geoMap.isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (geoMap.isCalm) L.Map.mergeOptions({ zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false });

  // Beside a list every place is reached by its row; a map alone must let the keyboard reach its marks.
  L.Marker.mergeOptions({ keyboard: !constants.has_list });

  const [minLon, minLat, maxLon, maxLat] = constants.bounds;
  /** What the frame is about: the dong asked for, or the district. */
  geoMap.bounds = L.latLngBounds([minLat, minLon], [maxLat, maxLon]);

  /** @param {L.Map} map */
  geoMap.start.frame = function (map) {
    // No picture tiles lie here, so that the view may fit between two whole levels.
    map.options.zoomSnap = 0.25;
    map.fitBounds(geoMap.bounds, { animate: false, padding: [8, 8] });
    L.control.zoom({ position: "bottomright", zoomInTitle: say("Zoom in"), zoomOutTitle: say("Zoom out") }).addTo(map);
    map.attributionControl.setPrefix("");
    const box = map.getContainer();
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", document.querySelector(".embed-map").getAttribute("aria-label"));
    box.setAttribute("aria-describedby", "embed-map-help");
    let isMoved = false;
    map.on("dragstart zoomstart", () => { isMoved = true; });
    // A frame is given its size late, and again when its page is turned: until somebody moved the map it shows all it is about.
    map.on("resize", () => { if (!isMoved) { map.fitBounds(geoMap.bounds, { animate: false, padding: [8, 8] }); isMoved = false; } });
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(box);
  };
}());
