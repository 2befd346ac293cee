/* Sentences above the answer: how old the data is, that another time is shown, how rough the position is, that one stands outside. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time, make, sentences } = geoFinder;
  const ROUGH_FROM_M = 100;

  function notes() {
    const results = document.getElementById("results");
    return document.getElementById("notes") || results.parentNode.insertBefore(make("div", { id: "notes" }), results);
  }

  /** One note; without a sentence it is not there. */
  function put(id, sentence, className) {
    const old = document.getElementById(id);
    if (!sentence) { if (old) old.remove(); return; }
    const note = old || notes().appendChild(make("p", { id, class: className }));
    if (!note.textContent.startsWith(sentence)) note.textContent = sentence;
  }

  /** The dongs to look from instead, as buttons. @param {Object[]} dongs @param {function(string): void} choose */
  function putOutside(dongs, choose) {
    const box = document.getElementById("outside");
    box.hidden = dongs.length === 0;
    if (box.hidden) return;
    const label = (dong) => [make("span", { lang: "ko" }, dong.name), setup.lang === "ko" ? "" : " " + dong.latin];
    const buttons = dongs.map((dong) => [" ", make("button", { type: "button", class: "chip", click: () => choose(dong.id) }, ...label(dong))]);
    box.replaceChildren(say("This is outside the district. Choose a dong near you:"), ...[].concat(...buttons));
  }

  geoFinder.notes = {
    putOutside,
    putAge: () => put("data-age", geoFinder.ageSentence(), "notice"),
    /** @param {number|null} accuracyM how rough a position is; null where none is used */
    putAccuracy(accuracyM) {
      const isRough = accuracyM !== null && accuracyM > ROUGH_FROM_M;
      put("accuracy", isRough ? say("The position is rough: about {distance} either way", { distance: say.distance(accuracyM) }) : "", "quiet");
    },
    /** @param {Object|null} at Local, or null for now @param {function(): void} backToNow */
    putTime(at, backToNow) {
      const isTold = Boolean(at && setup.at && setup.at.startsWith(time.write(at)));
      for (const told of document.querySelectorAll(".band-time, .where a")) told.hidden = !isTold;
      put("time-shown", at && !isTold ? say("Time shown: {time} — this is not now", { time: sentences.dated(at, time.now()) }) + " " : "", "notice");
      const note = document.getElementById("time-shown");
      if (note && !note.querySelector("button")) note.append(make("button", { type: "button", class: "chip", click: backToNow }, say("Back to now")));
    },
    putLimit: (isBeyond) => put("limit", isBeyond ? say("The phone knows the doors of the next two weeks only.") : "", "notice"),
  };
}());
