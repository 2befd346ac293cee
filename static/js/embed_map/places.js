/* The list's rows on the map: drawn anew when the list is, each with a popup that says what its row says. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const geoEmbed = window.geoEmbed;
  const { say, make } = geoEmbed;
  const NEAR_ZOOM = 16;
  const keyOf = (row) => row.dataset.layer + " " + row.dataset.id;

  /** @param {L.Map} map */
  geoMap.start.places = function (map) {
    const group = L.markerClusterGroup({
      maxClusterRadius: 46, showCoverageOnHover: false, animate: !geoMap.isCalm, iconCreateFunction: geoMap.marks.clusterIcon,
      spiderLegPolylineOptions: { className: "spider-leg", weight: 1.5 },
    });
    const popup = L.popup({ maxWidth: 280, minWidth: 180, closeButton: true, autoPanPadding: [12, 12] });
    let shown = "";
    let markers = new Map();
    let from = null;

    function content(row) {
      const told = make("div", { "class": "popup embed-popup", role: "group", "aria-label": row.dataset.name });
      told.append(...row.querySelector(".embed-told").cloneNode(true).childNodes);
      told.addEventListener("click", (event) => { if (event.target.closest(".embed-name")) geoEmbed.select(row); });
      return told;
    }

    /** @param {HTMLElement} row @param {boolean} [byKeyboard] then the popup takes the focus */
    function open(row, byKeyboard) {
      from = document.activeElement;
      shown = keyOf(row);
      popup.setLatLng(geoEmbed.placeOf(row)).setContent(content(row)).openOn(map);
      const close = popup.getElement().querySelector(".leaflet-popup-close-button");
      close.setAttribute("aria-label", say("Close"));
      close.removeAttribute("title");
      if (byKeyboard) popup.getElement().querySelector(".embed-name").focus();
      geoEmbed.select(row);
    }

    function marker(row) {
      const made = L.marker(geoEmbed.placeOf(row), { icon: geoMap.marks.icon(row), riseOnHover: true });
      made.row = row;
      made.on("click", (event) => open(row, event.originalEvent && event.originalEvent.detail === 0));
      made.on("keypress", (event) => { if (event.originalEvent.key === "Enter" || event.originalEvent.key === " ") open(row, true); });
      return made;
    }

    function draw() {
      group.clearLayers();
      const rows = geoEmbed.rows().filter(geoEmbed.placeOf);
      markers = new Map(rows.map((row) => [keyOf(row), marker(row)]));
      group.addLayers([...markers.values()]);
      if (!shown) return;
      const still = markers.get(shown);
      if (still) popup.setContent(content(still.row)); else map.closePopup(popup);
    }

    map.addLayer(group);
    map.on("popupclose", () => {
      shown = "";
      const held = popup.getElement();
      if (from && document.contains(from) && held && held.contains(document.activeElement)) from.focus();
    });
    map.getContainer().addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    geoEmbed.on("places", draw);
    geoEmbed.joinMap((row) => {
      const where = geoEmbed.placeOf(row);
      document.querySelector(".embed-map").scrollIntoView({ block: "nearest" });
      map.setView(where, Math.max(map.getZoom(), NEAR_ZOOM), { animate: false });
      open(row, true);
    });
    draw();
    document.body.classList.add("is-embed-drawn");
  };
}());
