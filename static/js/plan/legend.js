/* What the colours of the picture mean, and how many cells or dongs have each. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;
  const TITLES = { minutes: "Minutes to the nearest usable place", unserved: "Demand not served", dongs: "Covered share by dong" };

  /** Words of the classes between breaks, the last of which has no end. @param {number[]} breaks @param {Function} within @param {Function} beyond */
  function spans(breaks, within, beyond) {
    return [0, ...breaks].map((from, place) => (place < breaks.length ? within(from, breaks[place]) : beyond(from)));
  }

  function minuteRows() {
    const words = spans(plan.setup.breaks_min, (from, to) => say("{from}–{to} min", { from, to }), (from) => say("more than {from} min", { from }));
    return [...words.map((text, place) => ["m" + place, text]), ["mnone", say("nothing usable can be reached")]];
  }

  function unservedRows() {
    const { figure } = plan;
    const words = spans(plan.setup.breaks_weight, (from, to) => say("{from}–{to}", { from: figure(from), to: figure(to) }), (from) => say("more than {from}", { from: figure(from) }));
    return [...words.map((text, place) => ["w" + place, text]), ["wblank", say("served, or no demand")]];
  }

  function dongRows() {
    const breaks = [...plan.setup.breaks_share, 1];
    const words = breaks.map((end, place) => say("{from}–{to}", { from: plan.percent(place ? breaks[place - 1] : 0), to: plan.percent(end) }));
    return [...words.map((text, place) => ["s" + place, text]), ["snone", say("no demand")]];
  }

  const ROWS = { minutes: minuteRows, unserved: unservedRows, dongs: dongRows };

  function row([name, text], counts) {
    return make("li", {}, make("span", { class: "plan-key plan-key-" + name }), make("span", {}, text), make("span", { class: "quiet" }, say.number(counts.get(name) || 0)));
  }

  /** What lies over the picture, as it is drawn. */
  function overRows() {
    const form = plan.find("plan-pictures");
    const told = { gaps: say("Gap: nobody served at this hour or at others, numbered by rank"), reach: plan.reckoned(say("What usable places reach in {minutes} min", { minutes: say.number(plan.minutes()) })) };
    return [...form.elements.over].filter((box) => box.checked).map((box) => make("li", {}, make("span", { class: "plan-key plan-key-" + box.value }), make("span", {}, told[box.value])));
  }

  function show() {
    const box = plan.find("plan-legend");
    if (!plan.answer) return;
    const counts = plan.picture === "dongs" ? plan.dongCounts() : plan.cells.counts();
    const unit = plan.picture === "dongs" ? say("number of dongs") : say("number of cells");
    const rows = ROWS[plan.picture]().map((told) => row(told, counts));
    box.hidden = false;
    box.replaceChildren(make("p", { class: "plan-legend-title" }, plan.reckoned(say(TITLES[plan.picture])), " ", make("span", { class: "quiet" }, say("({what} beside it)", { what: unit }))),
      make("ul", { class: "plan-legend-list" }, ...rows, ...overRows()));
  }

  geoMap.start.legend = function () {
    events.on("painted picture over", show);
  };
}());
