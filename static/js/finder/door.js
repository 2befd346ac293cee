/* What the bundle's ready intervals say of a door at a minute, and how good that makes a place (the same as finder/judging.py). */
(function () {
  "use strict";
  const { geoFinder } = window;
  const STATES = { o: "open", c: "closed", u: "unknown" };
  const UNKNOWN = { state: "unknown", changeMin: null, then: null };
  // A state that reaches to the end of what is known lasts at least so long where it is told without an end.
  const KNOWN_AHEAD_MIN = 720;
  const LOOKAHEAD_MIN = 20160;
  const REPORTS_TO_CHECK = 2;
  const REPORT_FADES_MIN = 1440;
  const OPEN_TO_ALL = ["open-door", "ask-staff", "purchase-expected"];
  const REGISTERED_ONLY = ["registration", "card"];

  geoFinder.STANDING = { USABLE: 0, SHORT: 1, DOUBTFUL: 2, UNKNOWN: 3, CLOSED: 4, REGISTERED: 5 };

  /** How many starts lie at or before the minute. @param {number[]} starts ascending @param {number} minute */
  function countStarted(starts, minute) {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= minute) low = middle + 1; else high = middle;
    }
    return low;
  }

  /**
   * The state at a minute after the bundle's first midnight, when it changes and to what; beyond the bundle's days nobody knows.
   * @param {[string, number[]]|undefined} schedule @param {number} minute @param {number} endMin
   */
  geoFinder.glance = function (schedule, minute, endMin) {
    if (!schedule || minute < 0 || minute >= endMin) return UNKNOWN;
    const [letters, starts] = schedule;
    const place = countStarted(starts, minute);
    const state = STATES[letters[place - 1]];
    const isToTheEnd = place === starts.length || starts[place] >= endMin;
    const changeMin = isToTheEnd ? endMin : starts[place];
    if (changeMin - minute > LOOKAHEAD_MIN || (isToTheEnd && changeMin - minute >= KNOWN_AHEAD_MIN)) return { state, changeMin: null, then: null };
    return { state, changeMin, then: isToTheEnd ? "unknown" : STATES[letters[place]] };
  };

  /** The first minute after `minute` at which the door opens, or null. */
  geoFinder.nextOpening = function (schedule, minute, endMin) {
    if (!schedule) return null;
    const [letters, starts] = schedule;
    for (let place = countStarted(starts, minute); place < starts.length; place += 1) {
      if (letters[place] === "o") return starts[place] < endMin ? starts[place] : null;
    }
    return null;
  };

  geoFinder.isEnterable = (entry, isRegistered) => OPEN_TO_ALL.includes(entry) || (isRegistered && REGISTERED_ONLY.includes(entry));

  /** All that is wanted is there; who is expected to buy something is not promised that she need not. @param {Object} site @param {string[]} wanted */
  geoFinder.offers = ({ entry, amenities = [] }, wanted) => wanted.every((code) => amenities.includes(code)
    && !(code === "no-purchase" && entry === "purchase-expected"));

  /** The last day on which anybody vouched for the hours, as an ISO day; "" if nobody did. @param {Object} site @param {boolean} isToBeChecked riders found it closed */
  geoFinder.checkedOn = function ({ checked_on: checked = "", reports }, isToBeChecked) {
    const byRiders = reports && reports.checked_at && !isToBeChecked ? reports.checked_at.slice(0, 10) : "";
    return checked > byRiders ? checked : byRiders;
  };

  /** True a day after a report, in whole minutes; never where its time is not known. @param {Object|null} seenAt Local @param {Object} at Local */
  geoFinder.hasFaded = (seenAt, at) => Boolean(seenAt) && at.minutes - seenAt.minutes >= REPORT_FADES_MIN;

  /** True where enough riders found it closed within a day before `at`: a bundle kept offline forgets too. @param {Object} site @param {Object} at Local */
  geoFinder.needsCheck = function ({ reports }, at) {
    if (!reports || !(reports.closed >= REPORTS_TO_CHECK)) return false;
    return !geoFinder.hasFaded(geoFinder.time.read(reports.closed_at), at);
  };

  /** @param {{entry: string, arrival: Object, leftMin: number|null, stayMin: number, isRegistered: boolean, isInDoubt: boolean}} door */
  geoFinder.judge = function ({ entry, arrival, leftMin, stayMin, isRegistered, isInDoubt }) {
    const { STANDING } = geoFinder;
    if (REGISTERED_ONLY.includes(entry) && !isRegistered) return STANDING.REGISTERED;
    if (arrival.state !== "open") return arrival.state === "closed" ? STANDING.CLOSED : STANDING.UNKNOWN;
    if (isInDoubt || !geoFinder.isEnterable(entry, isRegistered)) return STANDING.DOUBTFUL;
    return leftMin !== null && leftMin < stayMin ? STANDING.SHORT : STANDING.USABLE;
  };
}());
