/* Where am I: only when pressed. What follows the position (js/locate.js) comes over the line only then. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, draw } = geoMap;
  const ARROW = "M12 2v3M12 19v3M2 12h3M19 12h3M12 7a5 5 0 1 0 0 10a5 5 0 1 0 0-10z";
  const TOLD_MS = 20000;

  /** The button's link, before and after the first press. @param {HTMLElement} container */
  function button(container) {
    const title = say("Show where I am");
    const icon = make("span", { class: "locate-icon" }, draw("svg", { viewBox: "0 0 24 24", "aria-hidden": true }, draw("path", { d: ARROW })));
    const link = make("a", { href: "#", role: "button", title, "aria-label": title, class: "locate-button" }, icon);
    container.append(link);
    return { link, icon };
  }

  const note = document.getElementById("locate-note");
  const hideNote = () => { note.hidden = true; };
  const hideLater = geoMap.afterPause(hideNote, TOLD_MS);

  function tellFault() {
    note.textContent = say("Your position could not be found. Press and hold on the map to choose a place instead.");
    note.hidden = false;
    geoMap.announce(note.textContent);
    hideLater();
  }

  function fetchScript(src) {
    return new Promise((load, error) => { document.head.append(make("script", { src, load, error })); });
  }

  const FirstButton = L.Control.extend({
    options: { position: "bottomright" },
    onAdd() {
      const box = make("div", { class: "leaflet-control-locate leaflet-bar" });
      L.DomEvent.disableClickPropagation(box);
      button(box).link.addEventListener("click", (event) => { event.preventDefault(); this.options.press(); });
      return box;
    },
  });

  /** @param {L.Map} map */
  geoMap.start.locate = function (map) {
    let isComing = false;
    const first = new FirstButton({ press });
    first.addTo(map);

    async function press() {
      if (isComing) return;
      isComing = true;
      try {
        for (const src of geoMap.constants.locate_scripts) await fetchScript(src);
        const hadFocus = first.getContainer().contains(document.activeElement);
        first.remove();
        geoMap.locate.follow(map, hadFocus);
      } catch (fault) {
        tellFault();
      }
      isComing = false;
    }
  };

  /** `isLocated` is true from the first press on: from then on the view tells where somebody is, and stays out of the address (fragment.js). */
  geoMap.isLocated = false;
  geoMap.locate = { button, tellFault, hideNote };
}());
