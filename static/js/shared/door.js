/* The state of a door as one sentence (the same as wording/door_state.py). */
(function () {
  "use strict";
  const SOON_MIN = 15;
  const LONGEST_REST_MIN = 360;

  /** @param {Function} say of words.js @param {Object} time of clock.js */
  self.geoDoor = function (say, time) {
    function open(until, then, at) {
      if (!until) return { kind: "open", text: say("Open 24 hours") };
      const moment = time.moment(until, at);
      const left = until.minutes - at.minutes;
      if (then === "unknown") return { kind: "open", text: say("Open · known until {moment}", { moment }) };
      if (left <= SOON_MIN) return { kind: "soon", text: say("Closing soon · in {duration}", { duration: time.duration(Math.max(left, 0)) }) };
      if (left > LONGEST_REST_MIN) return { kind: "open", text: say("Open · until {moment}", { moment }) };
      return { kind: "open", text: say("Open · until {moment} ({duration} to rest)", { moment, duration: time.duration(left) }) };
    }

    /**
     * What to tell somebody at `at`, with the class of the sentence.
     * @param {string} state "open", "closed", "unknown" @param {Object|null} until Local @param {string|null} then what follows @param {Object} at Local
     * @returns {{kind: string, text: string}}
     */
    function sentence(state, until, then, at) {
      if (state === "open") return open(until, then, at);
      if (state !== "closed") return { kind: "unknown", text: say("Opening hours not known") };
      const opens = until && then !== "unknown";
      return { kind: state, text: opens ? say("Closed · opens at {moment}", { moment: time.moment(until, at) }) : say("Closed now") };
    }

    return { sentence, SOON_MIN, LONGEST_REST_MIN };
  };
}());
