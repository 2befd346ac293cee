/* Puts the parts together: what is asked, answered on the device as soon as the bundle is there, and again as minutes pass. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time, form, here, notes, answer } = geoFinder;
  let shownMinute = 0;

  /** Where the question starts from: the position, the chosen place, or the district's own middle; and how that is told. */
  function startPoint(bundle) {
    const list = form.field("from");
    if (here.point()) return { ...here.point(), told: say("From my position") };
    const place = bundle.places.find((item) => item.id === list.value) || { ...setup.focus, name: list.options[0].text };
    return { lon: place.lon, lat: place.lat, told: say("From {place}", { place: geoFinder.sentences.named(place.name, place.latin) }) };
  }

  function question(bundle) {
    const asked = form.read();
    const { lon, lat } = startPoint(bundle);
    return { ...asked, lon, lat, at: asked.at || time.now(), isNow: !asked.at };
  }

  /** Days that the bundle does not know cannot be called closed: what is left is the distance. */
  function honest(bundle, asked, isKnown) {
    return isKnown ? geoFinder.rank(bundle, asked) : { ...geoFinder.rank({ ...bundle, day_count: 0 }, asked), empty: null };
  }

  /** True where the server knows better: another time than the bundle's days, asked for a place of the list. */
  function isServersOwn(bundle, asked) {
    return !here.point() && !asked.isNow && !geoFinder.isKnown(bundle, asked.at) && geoFinder.isKnown(bundle, time.now());
  }

  /** Answers from memory. @returns {string} the answer in one sentence; "" where the phone has none */
  function draw() {
    const bundle = geoFinder.heldBundle();
    const asked = bundle && question(bundle);
    if (!bundle || isServersOwn(bundle, asked)) return "";
    const point = here.point();
    const isKnown = geoFinder.isKnown(bundle, asked.at);
    const found = honest(bundle, asked, isKnown);
    shownMinute = time.now().minutes;
    notes.putAge();
    notes.putLimit(!isKnown && !asked.isNow);
    notes.putTime(asked.isNow ? null : asked.at, () => { form.field("at").value = ""; ask(); });
    notes.putAccuracy(point ? point.accuracyM : null);
    notes.putOutside(point && found.isOutside ? found.nearestDongs : [], choose);
    answer.show(found, asked, bundle, startPoint(bundle).told);
    return isKnown ? answer.summary(found, asked) : geoFinder.ageSentence();
  }

  /** Answers a question just asked, with what is held at once and again with what comes. */
  async function ask() {
    form.remember();
    form.show(here.point() ? "" : form.field("from").value);
    geoFinder.attempt(draw);
    const bundle = await geoFinder.loadBundle();
    const told = geoFinder.attempt(draw);
    if (told) geoFinder.tell(told);
    // Nothing is held, or not for that time: the server can answer for a place of the list, as it does without a script.
    if (!here.point() && (!bundle || isServersOwn(bundle, question(bundle)))) await askServer();
  }

  /** Loads the page anew where the server answers; a page that is there is better than the browser's own about a dead network. */
  async function askServer() {
    try {
      const answered = await fetch(location.href, { credentials: "same-origin" });
      if (answered.ok) { location.reload(); return; }
    } catch (fault) {
      // Told below.
    }
    geoFinder.tell(say("There is no network. What stands here is of an earlier time."));
  }

  function choose(place) {
    here.forget();
    form.field("from").value = place;
    ask();
  }

  async function refresh() {
    await geoFinder.loadBundle();
    geoFinder.attempt(draw);
  }

  /** Doors open and close while the page is looked at: answer again as each minute begins, and look for newer data now and then. */
  function tick() {
    if (document.hidden || !geoFinder.heldBundle()) return;
    if (time.now().minutes !== shownMinute) geoFinder.attempt(draw);
    if (geoFinder.isRefreshDue()) refresh();
  }

  function listen() {
    form.element.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    form.element.addEventListener("change", ({ target }) => {
      if (target.id === "from") here.forget();
      // A time is typed piece by piece; half of one is no question.
      if (target.id !== "at" || !target.value || time.read(target.value)) ask();
    });
    form.field("near-me").addEventListener("click", () => here.ask(ask));
    for (const id of ["near-me", "registered-label", "registered"]) if (form.field(id)) form.field(id).hidden = false;
    window.addEventListener("online", refresh);
    document.addEventListener("visibilitychange", tick);
    setInterval(tick, 1000);
  }

  /** Once the first view stands: keep what a night without a network needs, then answer on the device. */
  async function settle() {
    await geoFinder.keepForOffline();
    await refresh();
  }

  function whenIdle(act) {
    if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 3000 });
    else setTimeout(act, 1000);
  }

  geoFinder.draw = draw;
  geoFinder.attempt(geoFinder.parts.share);
  geoFinder.attempt(() => {
    form.fill(new URLSearchParams(location.search));
    listen();
  });
  if (document.readyState === "complete") whenIdle(settle);
  else window.addEventListener("load", () => whenIdle(settle));
}());
