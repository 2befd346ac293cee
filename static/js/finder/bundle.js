/* The bundle and the words: fetched when the page has come to rest or at the first need, kept in memory, and how old they are. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time } = geoFinder;
  const FORMAT = 1;
  const PATIENCE_MS = 15000;
  const FRESH_MS = 300000;
  const RETRY_MS = 20000;
  const HOUR_MIN = 60;
  const DAY_MIN = 1440;
  const TOLD_IN_DAYS_MIN = 2880;
  const held = { bundle: null, isSpeaking: false, isOffline: false, askedMs: 0 };
  let coming = null;

  /** An answer of our own server or of what the service worker has kept. Rejects on no answer within 15 s and on any fault. */
  async function fetchKept(address) {
    const stop = new AbortController();
    const clock = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-cache", signal: stop.signal });
      if (!answer.ok) throw new Error("status " + answer.status);
      return { told: await answer.json(), isKept: answer.headers.has("X-Kept") };
    } finally {
      clearTimeout(clock);
    }
  }

  async function fetchWords() {
    if (held.isSpeaking) return;
    geoFinder.speak((await fetchKept(setup.words_url)).told);
    held.isSpeaking = true;
  }

  async function fetchBundle() {
    held.askedMs = Date.now();
    const { told, isKept } = await fetchKept(setup.bundle_url);
    // A bundle of another form belongs to a script that comes with the next visit.
    if (told.format !== FORMAT) throw new Error("format " + told.format);
    if (!held.bundle || told.made_at >= held.bundle.made_at) held.bundle = told;
    held.isOffline = isKept;
  }

  async function load() {
    try {
      await Promise.all([fetchWords(), fetchBundle()]);
    } catch (fault) {
      held.isOffline = true;
    }
    return held.isSpeaking ? held.bundle : null;
  }

  /** True where it is time to look for a newer bundle: soon again while nothing answers, else now and then. */
  geoFinder.isRefreshDue = () => Math.abs(Date.now() - held.askedMs) > (held.isOffline ? RETRY_MS : FRESH_MS);

  /** The bundle, fetched anew where it is not of the last minutes; null while there is none. @returns {Promise<Object|null>} */
  geoFinder.loadBundle = function () {
    const isFresh = held.bundle && held.isSpeaking && !held.isOffline && !geoFinder.isRefreshDue();
    if (isFresh) return Promise.resolve(held.bundle);
    if (!coming) coming = load().finally(() => { coming = null; });
    return coming;
  };

  /** Only the words, for who must be told something at once. */
  geoFinder.loadWords = () => fetchWords().catch(() => {});

  /** What is in memory now: null or the bundle that this page can speak of. */
  geoFinder.heldBundle = () => (held.isSpeaking ? held.bundle : null);

  /** True where the bundle knows the doors of that time, and of the day after it. @param {Object} bundle @param {Object} at Local */
  geoFinder.isKnown = function (bundle, at) {
    const minute = at.minutes - time.read(bundle.first_day + "T00:00").minutes;
    return minute >= 0 && minute < (bundle.day_count - 1) * DAY_MIN;
  };

  const ageOf = (minutes) => (minutes < TOLD_IN_DAYS_MIN
    ? say("{duration} old", { duration: time.duration(Math.floor(minutes / HOUR_MIN) * HOUR_MIN) })
    : say.plural("{count} day old", "{count} days old", Math.floor(minutes / DAY_MIN)));

  /** How far what is shown can be trusted: "오프라인 · 12시간 전 자료"; "" where it is fresh. @returns {string} */
  geoFinder.ageSentence = function () {
    const { bundle, isOffline } = held;
    if (!bundle) return "";
    const madeAt = time.read(bundle.made_at);
    const minutes = time.now().minutes - madeAt.minutes;
    if (!geoFinder.isKnown(bundle, time.now())) return say("The data is {age}: we no longer know who is open. Listed by distance only.", { age: ageOf(minutes) });
    if (minutes < HOUR_MIN) return isOffline ? say("Offline · data of {time}", { time: time.figures(madeAt) }) : "";
    return isOffline ? say("Offline · data {age}", { age: ageOf(minutes) }) : say("Data {age}", { age: ageOf(minutes) });
  };
}());
