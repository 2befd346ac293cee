/* The list, as the server wrote it: taken over anew whole, kept in order, each row with the mark that shows it on the map. */
(function () {
  "use strict";
  const geoEmbed = window.geoEmbed;
  const { say, make, constants } = geoEmbed;
  const box = document.getElementById("embed-places");
  const parts = { head: document.getElementById("embed-head"), places: box };
  const told = {};
  const UNKNOWN_RANK = 2;

  /** Every row, in the order shown. @returns {HTMLElement[]} */
  geoEmbed.rows = () => [...box.querySelectorAll(".embed-place")];

  /** Where a row lies, as [latitude, longitude]; null where nobody knows. @param {HTMLElement} row */
  geoEmbed.placeOf = (row) => (row.dataset.lat ? [Number(row.dataset.lat), Number(row.dataset.lon)] : null);

  const metresTo = (row) => (geoEmbed.here && row.dataset.lat ? window.geoDistanceM(...geoEmbed.here, Number(row.dataset.lon), Number(row.dataset.lat)) : Infinity);

  /** The mark becomes a button where there is a map to show it on. */
  function addButton(row) {
    const mark = row.querySelector(".embed-mark");
    if (!geoEmbed.showOnMap || !row.dataset.lat || mark.tagName === "BUTTON") return;
    const label = say("Show on the map: {name}", { name: row.dataset.name });
    mark.replaceWith(make("button", { "class": "embed-mark", type: "button", "aria-label": label, click: () => geoEmbed.showOnMap(row) }, ...mark.childNodes));
  }

  /** Known open doors stay first; among equal ones the near ones lead. */
  function sortRows() {
    const rows = geoEmbed.rows();
    const ways = new Map(rows.map((row) => [row, metresTo(row)]));
    rows.sort((one, other) => one.dataset.rank - other.dataset.rank || ways.get(one) - ways.get(other) || 0);
    const lists = [...box.querySelectorAll(".embed-places")];
    const first = lists[0].children.length;
    rows.forEach((row, place) => {
      lists[place < first ? 0 : 1].append(row);
      row.querySelectorAll(".embed-way").forEach((way) => way.remove());
      if (ways.get(row) < Infinity) {
        const way = say("{distance} in a straight line", { distance: say.distance(ways.get(row)) });
        row.querySelector(".embed-told").append(make("p", { "class": "embed-way" }, way));
      }
    });
  }

  function dress() {
    geoEmbed.rows().forEach(addButton);
    if (geoEmbed.here && geoEmbed.rows().length) sortRows();
  }

  /** What has the focus, to find it again in what takes its place. */
  function focusedIn(part) {
    const held = document.activeElement;
    const row = part.contains(held) ? held.closest(".embed-place") : null;
    return row ? { id: row.dataset.id, tag: held.tagName } : null;
  }

  function giveFocus({ id, tag }) {
    const row = geoEmbed.rows().find((item) => item.dataset.id === id);
    const wanted = row && (tag === "BUTTON" ? row.querySelector("button") : null) || row && row.querySelector("a");
    if (wanted) wanted.focus({ preventScroll: true });
  }

  /** What the server wrote takes the place of what stood there; nothing moves where nothing changed. @returns {boolean} did anything? */
  function replace(name, text) {
    if (told[name] === text) return false;
    told[name] = text;
    const part = parts[name];
    const wasUnfolded = Boolean(part.querySelector("details[open]"));
    const focused = focusedIn(part);
    part.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    if (wasUnfolded) part.querySelectorAll("details").forEach((fold) => { fold.open = true; });
    if (name === "places") dress();
    if (focused) giveFocus(focused);
    return true;
  }

  /** @param {{head: string, places: string}} answer of /embed/places.json */
  geoEmbed.takeOver = function (answer) {
    replace("head", answer.head);
    if (replace("places", answer.places)) geoEmbed.tell("places");
  };

  /** What a row says of its door held until now: nobody here knows what came after. */
  function forget(row) {
    delete row.dataset.until;
    row.dataset.rank = UNKNOWN_RANK;
    const state = row.querySelector(".state");
    state.className = "state state-unknown";
    state.textContent = say("Past the time shown · checked again once connected");
    const drawing = row.querySelector(".embed-mark svg");
    drawing.classList.remove("is-open", "is-closed");
    drawing.classList.add("is-unknown");
  }

  /** Doors that were to change meanwhile are no longer known, nor how many are open. @param {number} nowMs as `Date.now()` */
  geoEmbed.age = function (nowMs) {
    const past = geoEmbed.rows().filter((row) => row.dataset.until && Date.parse(row.dataset.until) <= nowMs);
    if (!past.length) return;
    // What the server says next takes its place, be it the same as before.
    Object.keys(parts).forEach((name) => { told[name] = null; });
    const focused = focusedIn(box);
    past.forEach(forget);
    parts.head.querySelectorAll(".embed-open").forEach((count) => count.remove());
    sortRows();
    if (focused) giveFocus(focused);
    geoEmbed.tell("places");
  };

  box.addEventListener("click", (event) => {
    const opened = event.target.closest(".embed-name");
    if (opened) geoEmbed.select(opened.closest(".embed-place"));
  });
  geoEmbed.on("here", dress);

  /** The map, where there is one, says how a row is shown on it. @param {function(HTMLElement): void} show */
  geoEmbed.joinMap = function (show) {
    if (constants.has_list) geoEmbed.showOnMap = show;
    dress();
  };
}());
