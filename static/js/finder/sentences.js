/* The sentences of a card: the way, the door on arrival, how to get in, reports, the last check (the same as wording/shelter_card.py). */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { setup, say, time, doorWords } = geoFinder;
  const WAY = {
    walk: "{duration} on foot · {distance} (estimate)",
    bicycle: "{duration} by bicycle · {distance} (estimate)",
    motorbike: "{duration} by motorbike · {distance} (estimate)",
  };
  const LONGEST_WAY = {
    walk: "up to {duration} on foot (estimate)",
    bicycle: "up to {duration} by bicycle (estimate)",
    motorbike: "up to {duration} by motorbike (estimate)",
  };
  const ENTRY = {
    "open-door": "Just walk in",
    "ask-staff": "Tell the staff; you need not buy anything",
    "purchase-expected": "They expect you to buy something",
    registration: "Only for people who have registered",
    card: "Opens with a card",
  };
  const BEFOREHAND = { registration: "Register before you go.", card: "Bring the card." };

  const { daysAgo, doubtful } = self.geoChecks(say, time);
  const minutes = (travelMin) => time.duration(Math.max(1, Math.ceil(travelMin)));

  /** A Korean name with its Latin letters first on pages in other languages (the same as wording/bilingual.py). @param {string} name @param {string} [latin] */
  const named = (name, latin) => (setup.lang === "ko" || !latin || latin === name ? name : latin + " (" + name + ")");

  function range({ nearM, farM, site }) {
    const isFar = farM > 1000;
    const step = isFar ? 1000 : 100;
    const unit = isFar ? 1000 : 1;
    const low = say.number(Math.floor(nearM / step) * step / unit);
    const high = say.number(Math.ceil(farM / step) * step / unit);
    const told = isFar ? say("{low}–{high} km", { low, high }) : say("{low}–{high} m", { low, high });
    return site.area ? say("Somewhere in {area} · about {range}", { area: named(site.area, site.area_latin), range: told }) : say("Exact place not known · about {range}", { range: told });
  }

  /** "걸어서 6분 · 420 m (추정)"; of a rough place the range and the minutes to its far end. @param {Object} item of rank.js @param {string} mode */
  function way(item, mode) {
    const duration = minutes(item.travelMin);
    if (item.isRough) return range(item) + " · " + say(LONGEST_WAY[mode], { duration });
    return say(WAY[mode], { duration, distance: say.distance(item.distanceM) });
  }

  const checked = (days) => (days === null ? say("Nobody has checked the hours yet") : say("Hours checked {ago}", { ago: daysAgo(days) }));

  function openOnArrival(until, at, arrivesAt) {
    const left = Math.max(0, until.minutes - arrivesAt.minutes);
    const moment = time.moment(until, at);
    const duration = time.duration(left);
    if (left <= doorWords.SOON_MIN) return say("Closing soon · {duration} left when you get there", { duration });
    if (left > doorWords.LONGEST_REST_MIN) return say("Open · until {moment}", { moment });
    return say("Open · until {moment} ({duration} to rest when you get there)", { moment, duration });
  }

  /**
   * What somebody who sets out at `at` finds on arrival, told from now.
   * @param {{now: Object, arrival: Object, at: Object, arrivesAt: Object, isDoubtful: boolean, checkedDays: number|null}} door
   *   `now` and `arrival`: {state, until: Local or null, then}
   */
  function door({ now, arrival, at, arrivesAt, isDoubtful, checkedDays }) {
    if (arrival.state === "unknown") return now.state === "unknown" ? say("Opening hours not known") : say("Not known whether it is open when you get there");
    if (arrival.state === "closed") {
      return now.state === "open" && now.until
        ? say("Closes before you get there · {moment}", { moment: time.moment(now.until, at) })
        : doorWords.sentence("closed", arrival.until, arrival.then, at).text;
    }
    if (isDoubtful) return doubtful(arrival.until, at, checkedDays);
    if (now.state === "closed" && now.until) return say("Opens at {moment} · open when you get there", { moment: time.moment(now.until, at) });
    if (!arrival.until || arrival.then === "unknown" || arrivesAt.minutes <= at.minutes) return doorWords.sentence("open", arrival.until, arrival.then, at).text;
    return openOnArrival(arrival.until, at, arrivesAt);
  }

  const dated = (local, now) => say("{date} {clock}", { date: time.date(local, now), clock: time.figures(local) });

  function closedReports(count, closedAt, at, now) {
    if (count > 1 || !closedAt) return say.plural("To be checked · {count} report of a closed door", "To be checked · {count} reports of a closed door", count);
    if (time.dayNumber(at) !== time.dayNumber(now)) return say("{moment} · 1 report of a closed door", { moment: dated(closedAt, now) });
    const told = { time: time.figures(closedAt) };
    return time.dayNumber(closedAt) === time.dayNumber(at)
      ? say("Today {time} · 1 report of a closed door", told) : say("Yesterday {time} · 1 report of a closed door", told);
  }

  /**
   * "오늘 02:12 닫힘 제보 1건", "확인 필요 · 닫힘 제보 2건 · 07:18 열림 제보"; "" where none of a day before `at` is.
   * @param {Object|undefined} reports @param {Object} at Local @param {Object} now Local, by which days are named
   */
  function report(reports, at, now) {
    const { closed: count = 0, closed_at: closed, opened_at: opened } = reports || {};
    const closedAt = time.read(closed);
    const openedAt = time.read(opened);
    if (!count || geoFinder.hasFaded(closedAt, at)) return "";
    const told = closedReports(count, closedAt, at, now);
    if (!openedAt || geoFinder.hasFaded(openedAt, at)) return told;
    const isToday = [openedAt, at].every((local) => time.dayNumber(local) === time.dayNumber(now));
    return told + " · " + say("{time} report of an open door", { time: isToday ? time.figures(openedAt) : dated(openedAt, now) });
  }

  /** What the rule asks for, and the place's own note, which is Korean: on a Korean page it alone. @param {string|undefined} rule @param {string|undefined} note */
  function entry(rule, note) {
    if (!rule) return say("How to get in is not known yet");
    const isToldByNote = note && setup.lang === "ko";
    const beforehand = BEFOREHAND[rule] && !isToldByNote ? say(BEFOREHAND[rule]) : "";
    return [say(ENTRY[rule] || rule), beforehand, note].filter(Boolean).join(" · ");
  }

  /** An amenity as the form names it; all that there are have a box there. */
  function amenity(code) {
    const box = document.querySelector("#finder [value=" + code + "]");
    return box ? box.parentNode.textContent.trim() : code;
  }

  const amenities = (codes) => (codes || []).map(amenity).join(" · ");

  geoFinder.sentences = { named, way, door, checked, daysAgo, report, entry, amenities, dated };
}());
