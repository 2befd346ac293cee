/* What is asked now: the parameters the page was made for, the hour and the changes tried out. It stands in the address. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, time, events } = geoMap;
  const { week, edits } = plan;
  const { parameters } = plan.setup;
  // In their place the hour stands as `at`, the changes as `edits`, beside the link of the scenario that was opened.
  const REPLACED = ["at", "edits", "scenario"];
  const fixed = Object.fromEntries(Object.entries(parameters).filter(([name]) => !REPLACED.includes(name)));

  const { saved } = plan.setup;
  const plain = (text) => edits.write(edits.read(text));

  const first = time.read(parameters.at) || time.now();
  const startMin = week.startOf(first);
  const question = {
    /** Local time asked for: exactly as the page was asked until somebody moves. */
    at: first,
    hour: week.hourOf(first),
    /** @type {Array} of Edit (edits.js) */
    edits: edits.read(plan.setup.edits),
    /** @type {?{token: string, url: string, edits: string}} the saved scenario that is open, with its own changes */
    saved: saved && { ...saved, edits: plain(saved.edits) },
  };
  plan.question = question;
  /** Minutes within which one is served. */
  plan.minutes = () => Number(parameters.minutes);

  /** The time at which an hour of the shown week begins. @param {number} hour */
  plan.timeAt = (hour) => (hour === question.hour ? question.at : week.timeOf(startMin, hour));

  /** The question to put to a door. @param {{hour?: number, isBase?: boolean}} [wanted] `isBase`: as things are, without the changes */
  plan.query = function ({ hour = question.hour, isBase = false } = {}) {
    // The changes themselves, never the link: what stands under that may be another thing a moment later.
    return { ...fixed, at: time.write(plan.timeAt(hour)), ...(isBase ? {} : { edits: edits.write(question.edits) }) };
  };

  /** Are other changes tried out than those that are kept under a link? */
  plan.isChanged = () => !question.saved || edits.write(question.edits) !== question.saved.edits;

  /** What names the changes in an address of the page: the link that is open, and the changes where they are not its own. */
  plan.named = function () {
    const text = edits.write(question.edits);
    // Without any the saved ones would come back.
    if (!text || !question.saved) return { edits: text };
    return plan.isChanged() ? { scenario: question.saved.token, edits: text } : { scenario: question.saved.token };
  };

  /** The page's own address for what is asked. */
  plan.pageAddress = function () {
    const told = new URLSearchParams(window.location.search);
    const asked = { at: time.write(question.at), ...plan.named() };
    // The link of a scenario alone stands for the whole question it was kept with; with an hour beside it, it no longer does.
    if (question.saved) for (const [name, value] of Object.entries(fixed)) told.set(name, value);
    for (const name of REPLACED) if (asked[name]) told.set(name, asked[name]); else told.delete(name);
    return window.location.pathname + "?" + told.toString();
  };

  /** How a table is sorted stands in the address too, so that it comes back sorted so. @param {string} sort "by-dong.-share" */
  plan.setSort = function (sort) {
    // The whole question beside it: a scenario's link with anything else stands no longer for its own.
    const told = new URLSearchParams(plan.pageAddress().split("?")[1]);
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
    keepAddress();
    events.fire("edits");
  };

  /** What is tried out is kept under a link now: the address is that link. @param {string} token @param {string} url where it is changed */
  plan.setSaved = function (token, url) {
    question.saved = { token, url, edits: edits.write(question.edits) };
    const told = new URLSearchParams(window.location.search);
    const link = new URLSearchParams([["scenario", token]]);
    for (const name of ["lang", "revision"]) if (told.has(name)) link.set(name, told.get(name));
    window.history.replaceState(null, "", window.location.pathname + "?" + link.toString() + window.location.hash);
    events.fire("saved");
  };
}());
