/* Where am I: only when pressed. The position stays on this page: it is in no address and is not kept. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make } = geoMap;
  const SVG = "http://www.w3.org/2000/svg";
  const ARROW = "M12 2v3M12 19v3M2 12h3M19 12h3M12 7a5 5 0 1 0 0 10a5 5 0 1 0 0-10z";

  function button(container, options) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", "0 0 24 24");
    drawing.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", ARROW);
    drawing.append(path);
    const icon = make("span", { class: "locate-icon" }, drawing);
    const link = make("a", { href: "#", role: "button", title: options.strings.title, "aria-label": options.strings.title, class: "locate-button" }, icon);
    container.append(link);
    return { link, icon };
  }

  function tell(sentence) {
    const note = document.getElementById("streets-note");
    note.textContent = sentence;
    geoMap.announce(sentence);
  }

  /** Leaflet's locate control comes over the line only when somebody presses. @returns {Promise<void>} */
  function fetchControl() {
    return new Promise((resolve, reject) => {
      document.head.append(make("script", { src: geoMap.constants.locate_script, load: () => resolve(), error: () => reject(new Error("no script")) }));
    });
  }

  const OPTIONS = {
    position: "bottomright", showPopup: false, showCompass: false, drawCircle: true, markerClass: L.CircleMarker,
    createButtonCallback: button, icon: "is-idle", iconLoading: "is-looking", cacheLocation: false,
    markerStyle: { className: "located-dot", radius: 8 }, circleStyle: { className: "located-range", interactive: false },
    locateOptions: { maxZoom: 16, enableHighAccuracy: true, watch: true, timeout: 15000 },
    strings: { title: say("Show where I am") },
    onLocationError: () => tell(say("Your position could not be found. Press and hold on the map to choose a place instead.")),
    onLocationOutsideMapBounds: () => {},
  };

  /** The button as it stands before the first press. */
  const FirstButton = L.Control.extend({
    options: { position: "bottomright", strings: OPTIONS.strings },
    onAdd() {
      const box = make("div", { class: "leaflet-control-locate leaflet-bar" });
      const { link } = button(box, this.options);
      L.DomEvent.disableClickPropagation(box);
      link.addEventListener("click", (event) => { event.preventDefault(); this.options.press(); });
      return box;
    },
  });

  /** Follows the position, and keeps what it tells out of the address (see fragment.js). @param {L.Map} map */
  function follow(map) {
    let isActive = false;
    let hasFocus = false;
    map.on("locateactivate", () => { geoMap.isLocated = true; isActive = true; hasFocus = false; geoMap.events.fire("located"); });
    map.on("locatedeactivate", () => { isActive = false; });
    map.on("locationfound", (event) => {
      if (hasFocus) return;
      hasFocus = true;
      geoMap.focus.set(event.latlng, say("Where you are"), "locate");
    });
    // A place chosen from the search says nothing about the reader, once the position is no longer followed.
    geoMap.events.on("choose", () => { if (!isActive) geoMap.isLocated = false; });
  }

  /** @param {L.Map} map */
  geoMap.start.locate = function (map) {
    /** True from the first press on: from then on the view tells where somebody is. */
    geoMap.isLocated = false;
    let isComing = false;
    const first = new FirstButton({ press });
    first.addTo(map);
    follow(map);

    async function press() {
      if (isComing) return;
      isComing = true;
      try {
        await fetchControl();
        const hadFocus = first.getContainer().contains(document.activeElement);
        first.remove();
        const control = L.control.locate(OPTIONS).addTo(map);
        if (hadFocus) control.getContainer().querySelector("a").focus();
        control.start();
      } catch (fault) {
        tell(say("Your position could not be found. Press and hold on the map to choose a place instead."));
      }
      isComing = false;
    }
  };
}());
