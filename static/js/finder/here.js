/* Where somebody is. It is asked for only when pressed, lives in one variable of this file, and goes nowhere but into the ranking. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { say, make } = geoFinder;
  const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 };
  const WORDS_PATIENCE_MS = 2000;
  const DENIED = 1;
  const TIMED_OUT = 3;
  let position = null;
  let asking = 0;

  /** The option of the list of places that stands for it. */
  function showChosen(isHere) {
    const list = document.getElementById("from");
    const old = list.querySelector("[data-here]");
    if (isHere && !old) list.prepend(make("option", { value: "", "data-here": "" }, say("My position")));
    if (isHere) list.selectedIndex = 0;
    else if (old) old.remove();
  }

  function faultSentence(code) {
    if (code === DENIED) return say("We may not ask for your position. Choose a place from the list instead.");
    if (code === TIMED_OUT) return say("Your position takes too long to find. Choose a place from the list, or try again.");
    return say("Your position cannot be found here. Choose a place from the list instead.");
  }

  /** In KakaoTalk's own browser the position is often refused; the phone's browser may be allowed to. */
  function offerBrowser() {
    if (!/KAKAOTALK/i.test(navigator.userAgent)) return;
    const href = "kakaotalk://web/openExternal?url=" + encodeURIComponent(location.href);
    document.getElementById("status").append(" ", make("a", { href }, say("Open in another browser")));
  }

  function forget() {
    asking += 1;
    position = null;
    showChosen(false);
  }

  /** Asks the device. `found()` when it has answered; a fault is told. @param {function(): void} found */
  async function ask(found) {
    const own = asking += 1;
    await Promise.race([geoFinder.loadWords(), new Promise((resolve) => setTimeout(resolve, WORDS_PATIENCE_MS))]);
    const fail = ({ code }) => {
      if (own !== asking) return;
      geoFinder.tell(faultSentence(code));
      offerBrowser();
    };
    if (!navigator.geolocation) { fail({ code: 0 }); return; }
    geoFinder.tell(say("Looking for your position … You may also choose a place from the list."));
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      // Who has chosen a place meanwhile wants that place.
      if (own !== asking) return;
      position = { lon: coords.longitude, lat: coords.latitude, accuracyM: coords.accuracy };
      showChosen(true);
      found();
    }, fail, OPTIONS);
  }

  /** `point()`: {lon, lat, accuracyM}, or null where no position is used. */
  geoFinder.here = { ask, forget, point: () => position };
}());
