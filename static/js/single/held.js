/* The data that the file holds, in the place of the doors that a page of the service asks. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say, time } = geoMap;
  const held = JSON.parse(document.getElementById("map-held").textContent);
  const DAY_MIN = 1440;
  const firstMin = time.read(held.first_day + "T00:00").minutes;
  const endMin = held.day_count * DAY_MIN;

  /** Does the file know the doors of that time? @param {Object} at Local */
  const isKnown = (at) => at.minutes >= firstMin && at.minutes < firstMin + endMin;

  /** The days since anybody checked an open door's hours, "never", or null where it may be promised (the same as finder/vouching.py). */
  function doubt([, checkedOn, isPromised], at) {
    if (checkedOn === null) return "never";
    const days = time.dayNumber(at) - time.dayNumber(time.read(checkedOn + "T00:00"));
    return isPromised && days <= held.stale_days ? null : days;
  }

  /** The state of a door in the form of /api/states. */
  function stateOf(door, at) {
    const { state, changeMin, then } = window.geoFinder.glance(held.schedules[door[0]], at.minutes - firstMin, endMin);
    const until = changeMin === null ? null : time.write(time.ofMinutes(firstMin + changeMin));
    return [state, until, then, state === "open" ? doubt(door, at) : null];
  }

  function states(name, asked) {
    const at = asked === "now" ? time.now() : time.read(asked);
    // No answer, and not one that says that nothing is open.
    if (!isKnown(at)) throw new RangeError("past what the file knows");
    return { states: Object.fromEntries(Object.entries(held.doors[name] || {}).map(([id, door]) => [id, stateOf(door, at)])) };
  }

  const ANSWERS = {
    layer: ({ layer }) => ({ features: held.layers[layer], revision: held.revision }),
    latin: (_places, { layer }) => ({ names: held.latin[layer] || {} }),
    states: (_places, { layer, at }) => states(layer, at),
  };

  geoMap.ask = async (name, places, query) => ANSWERS[name](places || {}, query || {});
  geoMap.held = { isKnown, madeAt: time.read(held.made_at) };

  // Beyond the days it knows, the file says so, and never "open".
  const sentence = time.sentence;
  time.sentence = (state, at) => (isKnown(at) ? sentence(state, at) : { kind: "unknown", text: say("Past the times this file knows") });
}());
