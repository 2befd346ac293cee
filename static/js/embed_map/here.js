/* The dot of who pressed "around me". */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const geoEmbed = window.geoEmbed;
  const NEAR_ZOOM = 14;

  /** @param {L.Map} map */
  geoMap.start.here = function (map) {
    let dot = null;
    geoEmbed.on("here", () => {
      const where = [geoEmbed.here[1], geoEmbed.here[0]];
      if (dot) dot.setLatLng(where);
      else dot = L.circleMarker(where, { radius: 8, className: "located-dot", interactive: false }).addTo(map);
      // Who is elsewhere sees what the frame is about all the same.
      if (geoMap.bounds.pad(0.2).contains(where)) map.setView(where, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
    });
  };
}());
