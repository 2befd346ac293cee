/* The answer on the page, in the sections that the server made: drawn anew only where something changed, with the focus kept. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time, cards, sentences } = geoFinder;
  const FULL_CARDS = 10;
  const NEAR = {
    walk: "Within {minutes} minutes on foot",
    bicycle: "Within {minutes} minutes by bicycle",
    motorbike: "Within {minutes} minutes by motorbike",
  };
  const EMPTY = {
    walk: "There is no open shelter within walking distance",
    bicycle: "There is no open shelter within reach by bicycle",
    motorbike: "There is no open shelter within reach by motorbike",
    short: "No shelter within reach stays open that long",
  };

  const section = (id) => document.getElementById(id);

  function setText(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  /** Where the focus is: the card's id and the slot, so that a card drawn anew can be given it back. */
  function focused() {
    const card = section("results").contains(document.activeElement) && document.activeElement.closest("[data-id]");
    return card ? [card.getAttribute("data-id"), document.activeElement.closest("[data-slot]")] : null;
  }

  function refocus([id, slot]) {
    const card = [...section("results").querySelectorAll("[data-id]")].find((one) => one.getAttribute("data-id") === id && one.offsetParent);
    const same = card && slot && card.querySelector("[data-slot=" + slot.getAttribute("data-slot") + "]");
    const target = same || (card && card.querySelector("a"));
    if (target) (target.querySelector("summary") || target).focus({ preventScroll: true });
  }

  /** Puts cards into a list. A card that says the same as before stays as it is; an opened fold stays open. */
  function putCards(list, fresh) {
    const before = new Map([...list.children].map((card) => [card.getAttribute("data-id"), card]));
    const kept = fresh.map((card) => {
      const old = before.get(card.getAttribute("data-id"));
      if (old && old.querySelector("details[open]") && card.querySelector("details")) card.querySelector("details").open = true;
      return old && old.isEqualNode(card) ? old : card;
    });
    if (kept.length !== list.children.length || kept.some((card, place) => card !== list.children[place])) list.replaceChildren(...kept);
  }

  function putGroup(id, list) {
    section(id).hidden = list.length === 0;
    putCards(section(id).querySelector("ol"), list);
  }

  /** A door that is open for a while is open: then the rest is what there is none of. */
  function emptyHeading(answer, question) {
    const hasShort = answer.near.some((item) => item.standing === geoFinder.STANDING.SHORT);
    return say(EMPTY[hasShort ? "short" : question.mode]);
  }

  /** Draws the whole answer. @param {Object} answer of rank.js @param {Object} question @param {Object} bundle @param {string} start where it is measured from */
  function show(answer, question, bundle, start) {
    const { maybe = [], usable = [], nextOpen = [], warm = [] } = answer.empty || {};
    const offered = [...maybe, ...usable, ...nextOpen];
    const { near, rough } = answer;
    const far = answer.far.filter((item) => !offered.includes(item));
    const ranked = [...near, ...far, ...rough];
    const full = [...offered, ...ranked.slice(0, FULL_CARDS)];
    const groups = { maybe, usable, "next-open": nextOpen, near, far, rough };
    const focus = focused();
    section("empty").hidden = !answer.empty;
    setText(section("empty").querySelector("h2"), emptyHeading(answer, question));
    for (const [id, items] of Object.entries(groups)) putGroup(id, items.map((item) => cards.shelter(item, question, full.includes(item))));
    putGroup("warm", warm.map((item) => cards.warm(item, question)));
    setText(section("near").querySelector("h2"), say(NEAR[question.mode], { minutes: bundle.reach_min }));
    setText(section("asof"), say("As of {time}", { time: time.figures(question.at) }));
    if (section("where").textContent !== start) section("where").replaceChildren(...geoFinder.marked(start));
    if (focus && !document.contains(focus[1])) refocus(focus);
    const nothing = document.querySelector("#results > .empty");
    if (nothing) nothing.hidden = full.length > 0 || answer.isOutside;
  }

  /** The answer in one sentence, for the live region: "열린 쉼터 5곳 · 가장 가까운 곳 …". */
  function summary(answer, question) {
    if (answer.empty) return emptyHeading(answer, question);
    const open = answer.near.filter((item) => item.standing <= geoFinder.STANDING.SHORT);
    const told = say.plural("{count} open shelter", "{count} open shelters", open.length);
    const { name, latin } = open[0].site;
    return told + " · " + say("the nearest: {name}, {way}", { name: setup.lang === "ko" ? name : latin, way: sentences.way(open[0], question.mode) });
  }

  geoFinder.answer = { show, summary };
}());
