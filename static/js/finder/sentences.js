/* The sentences of a card: the way, the door on arrival, how to get in, reports, the last check (the same as wording/shelter_card.py). */
(function () {
  "use strict";
  const { geoFinder } = window;
  const { say, time, doorWords } = geoFinder;
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
  const AMENITY = {
    toilet: "Toilet",
    charging: "Charging",
    water: "Water",
    heating: "Heating",
    cooling: "Cooling",
    seats: "Seats",
    "women-only-room": "Women-only room",
    "motorbike-parking": "Motorbike parking",
    "no-purchase": "No purchase needed",
    "step-free": "Step-free",
    "accessible-toilet": "Accessible toilet",
  };
  const DAYS_TOLD_AS_DAYS = 60;
  const DAYS_TOLD_AS_MONTHS = 730;
  const REPORT_FADES_MIN = 1440;

  const minutes = (travelMin) => time.duration(Math.max(1, Math.ceil(travelMin)));

  function range({ nearM, farM, site }) {
    const isFar = farM > 1000;
    const step = isFar ? 1000 : 100;
    const unit = isFar ? 1000 : 1;
    const low = say.number(Math.floor(nearM / step) * step / unit);
    const high = say.number(Math.ceil(farM / step) * step / unit);
    const told = isFar ? say("{low}–{high} km", { low, high }) : say("{low}–{high} m", { low, high });
    return site.area ? say("Somewhere in {area} · about {range}", { area: site.area, range: told }) : say("Exact place not known · about {range}", { range: told });
  }

  /** "걸어서 6분 · 420 m (추정)"; of a rough place the range and the minutes to its far end. @param {Object} item of rank.js @param {string} mode */
  function way(item, mode) {
    const duration = minutes(item.travelMin);
    if (item.isRough) return range(item) + " · " + say(LONGEST_WAY[mode], { duration });
    return say(WAY[mode], { duration, distance: say.distance(item.distanceM) });
  }

  /** "오늘", "12일 전", "7달 전" @param {number} days */
  function daysAgo(days) {
    if (days <= 0) return say("today");
    if (days < DAYS_TOLD_AS_DAYS) return say.plural("{count} day ago", "{count} days ago", days);
    if (days < DAYS_TOLD_AS_MONTHS) return say.plural("{count} month ago", "{count} months ago", Math.floor(days / 30));
    return say.plural("{count} year ago", "{count} years ago", Math.floor(days / 365));
  }

  const checked = (days) => (days === null ? say("Nobody has checked the hours yet") : say("Hours checked {ago}", { ago: daysAgo(days) }));

  /** A door that is open by its hours only, so that nobody takes it for certain. */
  function doubtful(until, at, days) {
    const told = days === null ? say("never checked") : say("checked {ago}", { ago: daysAgo(days) });
    return until ? say("May be open · until {moment} · {checked}", { moment: time.moment(until, at), checked: told }) : say("May be open · {checked}", { checked: told });
  }

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

  /** "오늘 02:12 닫힘 제보 1건", "확인 필요 · 닫힘 제보 2건"; "" without any of the last day. @param {Object|undefined} reports @param {Object} at Local */
  function report(reports, at) {
    const count = reports ? reports.closed || 0 : 0;
    const closedAt = time.read(reports && reports.closed_at);
    if (!count || (closedAt && at.minutes - closedAt.minutes >= REPORT_FADES_MIN)) return "";
    if (count > 1 || !closedAt) return say.plural("To be checked · {count} report of a closed door", "To be checked · {count} reports of a closed door", count);
    const told = { time: time.figures(closedAt) };
    return time.dayNumber(closedAt) === time.dayNumber(at)
      ? say("Today {time} · 1 report of a closed door", told) : say("Yesterday {time} · 1 report of a closed door", told);
  }

  /** @param {string|undefined} rule @param {string|undefined} note */
  function entry(rule, note) {
    if (!rule) return say("How to get in is not known yet");
    const told = note || (BEFOREHAND[rule] && say(BEFOREHAND[rule]));
    return say(ENTRY[rule] || rule) + (told ? " · " + told : "");
  }

  const amenities = (codes) => (codes || []).map((code) => say(AMENITY[code] || code)).join(" · ");

  geoFinder.sentences = { way, door, checked, daysAgo, report, entry, amenities };
}());
