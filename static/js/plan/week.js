/* The hours of a week, 0 (Monday 00:00) to 167 (Sunday 23:00), in Seoul. */
(function () {
  "use strict";
  const { plan, time, say } = window.geoMap;
  const DAY_MIN = 1440;
  const HOURS = 168;

  /** Minutes (as of clock.js) at which the week of a time begins. @param {Object} at Local */
  const startOf = (at) => (Math.floor(at.minutes / DAY_MIN) - (at.weekday + 6) % 7) * DAY_MIN;

  plan.week = {
    HOURS,
    startOf,
    /** @param {Object} at Local @returns {number} 0 to 167 */
    hourOf: (at) => (at.weekday + 6) % 7 * 24 + at.hour,
    /** The Local time at which that hour begins in a week. @param {number} startMin @param {number} hour */
    timeOf: (startMin, hour) => time.ofMinutes(startMin + hour * 60),
    /** The next hour, the week being a ring. @param {number} hour @param {number} step */
    moved: (hour, step) => (hour + step + HOURS) % HOURS,
    /** "1월 13일(화) 02:00" @param {Object} at Local */
    told: (at) => say("{date} {clock}", { date: time.date(at), clock: time.figures(at) }),
  };
}());
