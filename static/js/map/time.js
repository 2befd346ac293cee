/* Times, doors and checks as the map tells them: the shared sentences (static/js/shared) with what the machine doors answer. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const say = geoMap.say;
  const time = window.geoClock(say);
  const door = window.geoDoor(say, time);

  /**
   * A site's state as a sentence and a class. `state` is ["open", "2026-11-21T04:00" or null, what follows] of /api/states, or undefined.
   * @param {[string, string|null, string|null]|undefined} state @param {Object} at Local @returns {{kind: string, text: string}}
   */
  function sentence(state, at) {
    const [kind, changes, then] = state || ["unknown", null, null];
    return door.sentence(kind, time.read(changes), then, at);
  }

  /** "확인 12일 전". @param {string} day ISO date */
  function checked(day) {
    const told = time.read(day + "T00:00");
    const days = told ? time.dayNumber(time.now()) - time.dayNumber(told) : NaN;
    if (!(days >= 0)) return say("Checked on {date}", { date: day });
    return days === 0 ? say("Checked today") : say("Checked {count} days ago", { count: days });
  }

  geoMap.time = { ...time, sentence, checked };
}());
