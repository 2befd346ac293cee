/* What is asked now: the parameters the page was made for, the hour and the changes tried out. It stands in the address. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, time, events } = geoMap;
  const { week, edits } = plan;
  const { parameters } = plan.setup;
  // In their place the hour stands as `at`, the changes as `edits`.
  const REPLACED = ["at", "edits", "scenario"];
  const fixed = Object.fromEntries(Object.entries(parameters).filter(([name]) => !REPLACED.includes(name)));

  const first = time.read(parameters.at) || time.now();
  const startMin = week.startOf(first);
  const question = {
    /** Local time asked for: exactly as the page was asked until somebody moves. */
    at: first,
    hour: week.hourOf(first),
    /** @type {Array} of Edit (edits.js) */
    edits: edits.read(plan.setup.edits),
    /** Key of a saved scenario, as long as nothing was changed in it. */
    scenario: parameters.scenario || null,
  };
  plan.question = question;
  /** Minutes within which one is served. */
  plan.minutes = () => Number(parameters.minutes);

  /** The time at which an hour of the shown week begins. @param {number} hour */
  plan.timeAt = (hour) => (hour === question.hour ? question.at : week.timeOf(startMin, hour));

  /** The question to put to a door. @param {{hour?: number, isBase?: boolean}} [wanted] `isBase`: as things are, without the changes */
  plan.query = function ({ hour = question.hour, isBase = false } = {}) {
    const changed = isBase ? {} : question.scenario ? { scenario: question.scenario } : { edits: edits.write(question.edits) };
    return { ...fixed, at: time.write(plan.timeAt(hour)), ...changed };
  };

  /** The page's own address for what is asked. */
  plan.pageAddress = function () {
    const told = new URLSearchParams(window.location.search);
    const asked = plan.query();
    // The link of a scenario alone stands for the whole question it was kept with; with an hour beside it, it no longer does.
    if (parameters.scenario) for (const [name, value] of Object.entries(fixed)) told.set(name, value);
    for (const name of REPLACED) if (asked[name]) told.set(name, asked[name]); else told.delete(name);
    return window.location.pathname + "?" + told.toString();
  };

  /** How a table is sorted stands in the address too, so that it comes back sorted so. @param {string} sort "by-dong.-share" */
  plan.setSort = function (sort) {
    const told = new URLSearchParams(window.location.search);
    told.set("sort", sort);
    window.history.replaceState(null, "", window.location.pathname + "?" + told.toString() + window.location.hash);
  };

  const keepAddress = () => window.history.replaceState(null, "", plan.pageAddress() + window.location.hash);

  /** Asks about another hour of the week. @param {number} hour */
  plan.moveTo = function (hour) {
    if (hour === question.hour) return;
    question.at = week.timeOf(startMin, hour);
    question.hour = hour;
    keepAddress();
    events.fire("hour");
  };

  /** Tries out other changes. @param {Array} list of Edit */
  plan.setEdits = function (list) {
    question.edits = list;
    question.scenario = null;
    keepAddress();
    events.fire("edits");
  };
}());
