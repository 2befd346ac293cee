/* A street map in the background: another host, so only when the reader presses the button that names it.
   Its tiles are asked for around what is looked at: once the map shows where somebody is, that is said first, and a second press is needed. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, constants } = geoMap;
  const FAULTS_UNTIL_TOLD = 3;

  /** Leaflet takes an attribution as markup: made here from text, so that a setting can never be markup. */
  function attribution(tiles) {
    const href = geoMap.popup.webAddress(tiles.attribution_url);
    return (href ? make("a", { href, target: "_blank", rel: "noopener" }, tiles.attribution) : make("span", {}, tiles.attribution)).outerHTML;
  }

  /** @param {L.Map} map */
  geoMap.start.streets = function (map) {
    const button = document.getElementById("streets-button");
    const note = document.getElementById("streets-note");
    const tiles = constants.tiles;
    if (!tiles || !button) return;
    let layer = null;
    let isAsked = false;
    button.hidden = false;

    function hide(sentence) {
      map.removeLayer(layer);
      layer = null;
      isAsked = false;
      map.getContainer().classList.remove("has-streets");
      button.textContent = say("Street map: loads from {host}", { host: tiles.name });
      note.textContent = sentence;
    }

    function show() {
      let faults = 0;
      isAsked = false;
      let loaded = 0;
      layer = L.tileLayer(tiles.url, {
        maxNativeZoom: tiles.max_zoom, maxZoom: map.getMaxZoom(), attribution: attribution(tiles), className: "street-tiles",
        // Tile hosts ask who is asking: the origin alone is told.
        referrerPolicy: "strict-origin-when-cross-origin",
      });
      layer.on("tileload", () => { loaded += 1; });
      layer.on("tileerror", () => {
        faults += 1;
        if (faults >= FAULTS_UNTIL_TOLD && !loaded && layer) hide(say("The street map did not come. Everything else is here."));
      });
      layer.addTo(map);
      map.getContainer().classList.add("has-streets");
      button.textContent = say("Hide the street map");
      note.textContent = say("Street background: {host}", { host: tiles.name });
    }

    function ask() {
      isAsked = true;
      button.textContent = say("{host} will learn about where you are. Press again to load it.", { host: tiles.name });
      geoMap.announce(button.textContent);
    }

    button.addEventListener("click", () => {
      if (layer) hide(constants.backdrop ? "" : say("No street background is loaded."));
      else if (geoMap.isLocated && !isAsked) ask();
      else show();
    });
    geoMap.events.on("locating", () => {
      if (!layer) return;
      hide(say("The street map is off again: with it, {host} would learn about where you are.", { host: tiles.name }));
      geoMap.announce(note.textContent);
    });
  };
}());
