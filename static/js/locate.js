/* Fetched with Leaflet's locate control by who presses "where am I". The position stays on this page: it is in no address and is not kept. */
(function () {
  "use strict";
  const { geoMap, L } = window;
  const { button, tellFault, hideNote } = geoMap.locate;

  const OPTIONS = {
    position: "bottomright", showPopup: false, showCompass: false, drawCircle: true, markerClass: L.CircleMarker,
    createButtonCallback: button, icon: "is-idle", iconLoading: "is-looking", cacheLocation: false,
    markerStyle: { className: "located-dot", radius: 8 }, circleStyle: { className: "located-range", interactive: false },
    locateOptions: { maxZoom: 16, enableHighAccuracy: true, watch: true, timeout: 15000 },
    strings: { title: geoMap.say("Show where I am") },
    onLocationError: tellFault,
    onLocationOutsideMapBounds: () => {},
  };

  /** Keeps what the position tells out of the address, from the press on. @param {L.Map} map */
  function listen(map) {
    let isActive = false;
    let isFound = false;
    let wasLocated = false;
    map.on("locateactivate", () => {
      map.closePopup();
      hideNote();
      geoMap.events.fire("locating");
      if (!isActive) wasLocated = geoMap.isLocated;
      geoMap.isLocated = true;
      isActive = true;
      isFound = false;
      geoMap.events.fire("located");
    });
    map.on("locatedeactivate", () => {
      isActive = false;
      // Refused or not found: the map never went there, and its view tells nothing.
      if (!isFound) geoMap.isLocated = wasLocated;
      geoMap.events.fire("located");
    });
    map.on("locationfound", (event) => {
      if (isFound) return;
      isFound = true;
      geoMap.focus.set(event.latlng, geoMap.say("Where you are"), "locate");
    });
    geoMap.events.on("focus", hideNote);
    // A place chosen from the search says nothing about the reader, once the position is no longer followed.
    geoMap.events.on("choose", () => { if (!isActive) geoMap.isLocated = false; });
  }

  /** Puts the control in the place of the first button, and starts it. @param {L.Map} map @param {boolean} hadFocus was the reader on that button? */
  geoMap.locate.follow = function (map, hadFocus) {
    listen(map);
    const control = L.control.locate(OPTIONS).addTo(map);
    if (hadFocus) control.getContainer().querySelector("a").focus();
    control.start();
  };
}());
