/* Answers for an hour: kept, asked for ahead, and the former question given up when another comes. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events } = geoMap;
  const KEPT = 400;
  /** Hours around the one that is shown, in the order in which somebody is likely to want them. */
  const AHEAD = [1, -1, 24, -24, 2];

  const kept = new Map();
  let flight = null;
  let ahead = null;

  function keep(address, answer) {
    kept.set(address, answer);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value);
    return answer;
  }

  const addressOf = (hour) => plan.address("values", plan.query({ hour }));

  async function ask(address, stop) {
    const found = kept.get(address);
    return found || keep(address, await geoMap.fetchJson(address, { signal: stop.signal }));
  }

  /** Fetches what will be wanted next, one after the other, until something else is asked. */
  async function askAhead() {
    const stop = ahead = new AbortController();
    try {
      for (const step of AHEAD) {
        if (stop.signal.aborted) return;
        await ask(addressOf(plan.week.moved(plan.question.hour, step)), stop);
      }
    } catch (fault) {
      // Whoever moves there will ask again.
    }
  }

  function tell(answer) {
    plan.answer = answer;
    events.fire("values");
    askAhead();
  }

  function give() {
    if (flight) flight.abort();
    if (ahead) ahead.abort();
    flight = ahead = null;
  }

  /** Answers the question as it stands: at once where the answer is kept. */
  plan.load = async function () {
    give();
    const address = addressOf(plan.question.hour);
    if (kept.has(address)) {
      tell(kept.get(address));
      return;
    }
    const stop = flight = new AbortController();
    try {
      const answer = await ask(address, stop);
      if (flight !== stop) return;
      plan.setTrouble(false);
      tell(answer);
    } catch (fault) {
      if (flight === stop) plan.setTrouble(true);
    }
  };

  /** Is the answer of that hour here already? @param {number} hour */
  plan.isKept = (hour) => kept.has(addressOf(hour));

  /** @type {?Object} the answer that is shown */
  plan.answer = null;
}());
