/* A card as the server's template has it, filled by text and by addresses of known forms; a name can never be more than a name. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time, sentences, marked } = geoFinder;
  const CLASSES = ["state-open", "state-soon", "state-doubtful", "state-unknown", "state-closed", "state-registered"];
  const KIND = {
    "dong-office": "Dong office",
    laundry: "Workwear laundry",
    "support-centre": "Support centre",
    other: "Other",
  };

  /** Encodes as Python's `quote(safe="")` does. */
  const quote = (text) => encodeURIComponent(text).replace(/[!'()*]/g, (mark) => "%" + mark.charCodeAt(0).toString(16).toUpperCase());

  /** The page of a place. @param {string} layer @param {string} id @param {string} [ending] "/show" @param {Object|null} [at] Local */
  function pageOf(layer, id, ending, at) {
    const [path, query = ""] = setup.site_url.split("?");
    const pairs = [at ? "at=" + time.write(at) : "", ...query.split("&").filter((pair) => !pair.startsWith("at="))].filter(Boolean);
    const own = path.replace("/shelters/", "/" + layer + "/").replace("ID", encodeURIComponent(id)) + (ending || "");
    return pairs.length ? own + "?" + pairs.join("&") : own;
  }

  /** The public address of a shelter's page, the same for everybody. @param {string} id */
  function publicPage(id) {
    const origin = setup.public_url ? new URL(setup.public_url).origin : location.origin;
    return origin + pageOf("shelters", id).split("?")[0];
  }

  /** Links of map applications (the same as finder/directions.py). */
  function ways({ name, lon, lat, id }) {
    const label = quote(name.replace(/[,/\\()\s\x00-\x1f]+/g, " ").trim());
    const x = lon.toFixed(6);
    const y = lat.toFixed(6);
    return {
      kakao: "https://map.kakao.com/link/to/" + label + "," + y + "," + x,
      naver: "nmap://route/walk?dlat=" + y + "&dlng=" + x + "&dname=" + label + "&appname=" + quote(publicPage(id)),
      tmap: "tmap://route?goalname=" + label + "&goalx=" + x + "&goaly=" + y,
      geo: "geo:" + y + "," + x + "?q=" + y + "," + x + "(" + label + ")",
    };
  }

  /** Takes a slot away, with the space that stood after it. */
  function drop(slot) {
    const next = slot.nextSibling;
    if (next && next.nodeType === Node.TEXT_NODE && !next.textContent.trim()) next.remove();
    slot.remove();
  }

  /** Shows a slot with its text, or as it stands where `text` is true. An absent fact leaves no trace. */
  function tell(card, name, text) {
    const slot = card.querySelector("[data-slot=" + name + "]");
    if (!slot) return;
    if (!text) { drop(slot); return; }
    slot.hidden = false;
    if (text !== true) slot.replaceChildren(...(slot.hasAttribute("lang") ? [text] : marked(text)));
  }

  function lead(card, name, href) {
    const slot = card.querySelector("[data-slot=" + name + "]");
    if (!slot) return;
    if (!href) { drop(slot); return; }
    slot.hidden = false;
    slot.setAttribute("href", href);
  }

  /** What the door does, in Local times. */
  function told(glance, firstMin) {
    return { state: glance.state, until: glance.changeMin === null ? null : time.ofMinutes(firstMin + glance.changeMin), then: glance.then };
  }

  function doorOf(item, question, isDoubtful) {
    return sentences.door({
      now: told(item.now, item.firstMin), arrival: told(item.arrival, item.firstMin), at: question.at,
      arrivesAt: time.ofMinutes(item.firstMin + item.arrivalMin), isDoubtful, checkedDays: item.checkedDays,
    });
  }

  function fillFacts(card, item, question, { layer, state, stateClass, entry }) {
    const { site } = item;
    card.setAttribute("data-id", item.id);
    card.classList.toggle("card-sample", Boolean(site.is_sample));
    tell(card, "name", site.name);
    lead(card, "name", pageOf(layer, item.id, "", question.isNow ? null : question.at));
    tell(card, "latin", setup.lang === "ko" ? "" : site.latin);
    tell(card, "sample", Boolean(site.is_sample));
    tell(card, "neighbour", Boolean(site.is_neighbour));
    tell(card, "state", state);
    card.querySelector("[data-slot=state]").className = "state " + stateClass;
    tell(card, "way", sentences.way(item, question.mode));
    tell(card, "entry", entry);
    tell(card, "report", sentences.report(site.reports, question.at, time.now()));
  }

  function fillActions(card, item, isFull) {
    const { site } = item;
    const links = ways(site);
    lead(card, "kakao", links.kakao);
    for (const name of ["naver", "tmap", "geo"]) lead(card, name, isFull ? links[name] : "");
    lead(card, "call", isFull && site.phone ? "tel:" + site.phone.replace(/[^\d+-]/g, "") : "");
    lead(card, "show", isFull ? pageOf("shelters", item.id, "/show") : "");
    tell(card, "share", isFull);
    tell(card, "more", isFull);
    tell(card, "amenities", isFull ? sentences.amenities(site.amenities) : "");
    // Hours that nobody knows were not checked, whenever somebody looked at the place.
    const isKnown = item.now.state !== "unknown" || item.arrival.state !== "unknown";
    tell(card, "checked", isFull && isKnown ? sentences.checked(item.checkedDays) : "");
  }

  function blank() {
    return document.getElementById("card-template").content.cloneNode(true).querySelector("li");
  }

  /** The card of a ranked shelter. @param {Object} item of rank.js @param {Object} question @param {boolean} isFull with every action */
  function shelter(item, question, isFull) {
    const card = blank();
    const isDoubtful = item.standing === geoFinder.STANDING.DOUBTFUL || item.isStale || item.isToBeChecked;
    fillFacts(card, item, question, {
      layer: "shelters", state: doorOf(item, question, isDoubtful),
      stateClass: isDoubtful && item.arrival.state === "open" ? "state-doubtful" : CLASSES[item.standing],
      entry: sentences.entry(item.site.entry, item.site.entry_note),
    });
    fillActions(card, item, isFull);
    return card;
  }

  /** The card of a warm place that is no shelter: nobody promised a rest there. */
  function warm(item, question) {
    const card = blank();
    const kind = item.site.kind ? " · " + say(KIND[item.site.kind] || item.site.kind) : "";
    fillFacts(card, item, question, {
      layer: "public-facilities", state: doorOf(item, question, item.isStale), stateClass: item.isStale ? "state-doubtful" : "state-open",
      entry: say("Not a shelter") + kind,
    });
    fillActions(card, item, false);
    return card;
  }

  geoFinder.cards = { shelter, warm, pageOf, publicPage, ways };
}());
