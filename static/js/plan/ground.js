/* The planner's ground: what the page was asked, where its doors are, and what the map's shared parts expect to find. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const setup = JSON.parse(document.getElementById("plan-setup").textContent);
  const find = (id) => document.getElementById(id);

  // The map page has a sheet that makes way for a popup; here nothing lies over the map.
  geoMap.panel = { showSheet() {} };

  /** What the planner's scripts share. Parts tell each other "hour", "edits", "values", "week", "picture", "answered" (geoMap.events). */
  const plan = { setup };
  geoMap.plan = plan;
  plan.find = find;
  /** The layer whose places are asked about. */
  plan.layer = setup.parameters.layer || "shelters";

  /** A section of the page by its id, or null where this page has none. @param {string} id */
  plan.section = (id) => {
    const found = find(id);
    return found && (found.closest("section") || found);
  };

  /** The address of one of the plan's doors with a question. @param {string} name of `setup.urls` @param {Object<string, *>} [query] */
  plan.address = function (name, query) {
    const pairs = Object.entries(query || {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
    const text = pairs.map(([key, value]) => key + "=" + encodeURIComponent(value)).join("&");
    const path = setup.urls[name];
    return text ? path + (path.includes("?") ? "&" : "?") + text : path;
  };

  const NO_FIGURE = "–";
  const TENTHS_BELOW = 10;
  const isKnown = (value) => value !== null && value !== undefined;

  /** Whole per cent; only nothing is 0 and only everything is 100 (wording/plan_terms.py). @param {number} share 0 to 1 */
  function wholePercent(share) {
    const whole = geoMap.say.round(share * 100);
    return share > 0 && share < 1 ? Math.min(Math.max(whole, 1), 99) : whole;
  }

  /** The same to a tenth, as a number: 0 and 100 are nothing and everything here too. @param {number} share 0 to 1 */
  plan.tenthPercent = function (share) {
    const tenths = geoMap.say.toTenth(share * 100);
    return share > 0 && share < 1 ? Math.min(Math.max(tenths, 0.1), 99.9) : tenths;
  };

  /** What is reckoned from straight lines says so. @param {string} what */
  plan.reckoned = (what) => (setup.is_estimate ? geoMap.say("{what} (estimate)", { what }) : what);

  /** A share as the page tells it; a dash where there is none. @param {?number} share 0 to 1 */
  plan.percent = (share) => (isKnown(share) ? geoMap.say("{percent}%", { percent: wholePercent(share) }) : NO_FIGURE);

  /** An amount of demand: whole, below ten with a tenth. @param {?number} value */
  plan.figure = (value) => (isKnown(value) ? geoMap.say.number(Math.abs(value) < TENTHS_BELOW ? value : geoMap.say.round(value)) : NO_FIGURE);

  /** The same with its unit. @param {?number} value @param {string} unit of the demand */
  plan.demand = function (value, unit) {
    const figure = plan.figure(value);
    if (figure === NO_FIGURE) return figure;
    if (unit === "people") return geoMap.say("{figure} people", { figure });
    return unit === "establishments" ? geoMap.say("{figure} establishments", { figure }) : geoMap.say("index {figure}", { figure });
  };

  /** Which class a value is in: class i holds what is above break i − 1, up to and with break i (cartography/classes.py). */
  plan.classOf = function (value, breaks) {
    let place = 0;
    while (place < breaks.length && value > breaks[place]) place += 1;
    return place;
  };
}());
