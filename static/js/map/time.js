/* Times, doors and checks as the map tells them: the shared sentences (static/js/shared) with what the machine doors answer. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const say = geoMap.say;
  const time = window.geoClock(say);
  const door = window.geoDoor(say, time);
  const checks = window.geoChecks(say, time);
  const UNKNOWN = ["unknown", null, null, null];

  /**
   * @typedef {[string, string|null, string|null, number|string|null]} SiteState of /api/states: "open", "2026-11-21T04:00" or null, what
   * follows, and of an open door that may not be promised the days since its hours were checked, or "never".
   */

  /** A site's state as a sentence and a class. @param {SiteState|undefined} state @param {Object} at Local @returns {{kind: string, text: string}} */
  function sentence(state, at) {
    const [kind, changes, then, doubt] = state || UNKNOWN;
    const until = time.read(changes);
    if (doubt === null) return door.sentence(kind, until, then, at);
    return { kind: "doubtful", text: checks.doubtful(until, at, doubt === "never" ? null : doubt) };
  }

  /** The state that is certain, for marks and counts: whoever is in doubt is unknown. @param {SiteState|undefined} state */
  function certain(state) {
    const [kind, , , doubt] = state || UNKNOWN;
    return doubt === null ? kind : "unknown";
  }

  /** "확인 12일 전", "확인 5달 전". @param {string} day ISO date */
  function checked(day) {
    const told = time.read(day + "T00:00");
    const days = told ? time.dayNumber(time.now()) - time.dayNumber(told) : NaN;
    return days >= 0 ? say("checked {ago}", { ago: checks.daysAgo(days) }) : say("Checked on {date}", { date: day });
  }

  geoMap.time = { ...time, sentence, certain, checked };
}());
