/* The time shown: now, a quick pick, or any date and time; another time than now says so across the map. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, make, time, store } = geoMap;
  const DAY_MIN = 1440;
  const SATURDAY = 6;

  /** The next moment with that hour, on that weekday where one is given. @param {number} hour @param {number} [weekday] */
  function next(hour, weekday) {
    const now = time.now();
    let minutes = now.minutes - (now.hour * 60 + now.minute) + hour * 60;
    while (minutes <= now.minutes || (weekday !== undefined && time.ofMinutes(minutes).weekday !== weekday)) minutes += DAY_MIN;
    return time.write(time.ofMinutes(minutes));
  }

  const PICKS = [
    ["now", () => null],
    ["at 10 tonight", () => next(22)],
    ["at 2 before dawn", () => next(2)],
    ["at 6 in the morning", () => next(6)],
    ["Saturday afternoon", () => next(15, SATURDAY)],
  ];

  /** @param {L.Map} _map */
  geoMap.start.clock = function (_map) {
    const form = document.getElementById("map-clock");
    const field = document.getElementById("clock-at");
    const band = document.getElementById("map-time-band");
    const buttons = PICKS.map(([word, pick]) => make("button", { type: "button", class: "button button-quiet", click: () => store.setAt(pick()) }, say(word)));
    document.getElementById("clock-picks").append(...buttons);

    function show() {
      const shown = store.shownTime();
      const told = say("{date} {clock}", { date: time.date(shown), clock: time.figures(shown) });
      document.getElementById("clock-now").textContent = store.at ? told : say("Now · {time}", { time: told });
      band.hidden = !store.at;
      if (store.at) {
        band.replaceChildren(say("Time shown: {time} — this is not now", { time: told }), " ",
          make("button", { type: "button", class: "band-button", click: () => store.setAt(null) }, say("back to now")));
      }
      field.value = time.write(shown);
      buttons.forEach((button, index) => button.setAttribute("aria-pressed", String(PICKS[index][1]() === store.at)));
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (time.read(field.value)) store.setAt(field.value.slice(0, 16));
    });
    geoMap.events.on("at", show);
    show();

    // Doors open and close while the page is looked at: ask again as each minute begins.
    setInterval(() => {
      if (store.at || document.hidden || time.now().minutes === asked) return;
      asked = time.now().minutes;
      if (document.activeElement !== field) show();
      for (const layer of store.layers.values()) if (layer.isLoaded && layer.isOn) store.loadStates(layer.name);
    }, 1000);
    let asked = time.now().minutes;
  };
}());
