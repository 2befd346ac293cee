/* The finder's answer from the bundle: what finder/standing.py answers on the server, checked by the same test vectors. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const DAY_MIN = 1440;
  const OFFERED_LIMIT = 3;
  const LONGEST_OFFER_MIN = 60;
  const NEAREST_DONGS = 5;
  const byText = (one, other) => (one < other ? -1 : Number(one > other));
  const byDistance = (one, other) => one.isRough - other.isRough || one.distanceM - other.distanceM || byText(one.id, other.id);
  const byStanding = (one, other) => one.isRough - other.isRough || one.standing - other.standing || byDistance(one, other);
  const byOpening = (one, other) => one.opensMin - other.opensMin || byDistance(one, other);

  /** What does not change from place to place. `firstMin` is the bundle's first midnight in minutes from 1970 (Seoul). */
  function setScene(bundle, question) {
    const firstMin = geoFinder.time.read(bundle.first_day + "T00:00").minutes;
    const { at } = question;
    return {
      bundle, question, firstMin, minute: at.minutes - firstMin, endMin: bundle.day_count * DAY_MIN,
      minutesPerM: bundle.detour / (bundle.speeds_kmh[question.mode] * 1000) * 60,
    };
  }

  /** Whole days from an ISO day to the day of `at`; null for "". */
  function daysSince(day, at) {
    return day ? geoFinder.time.dayNumber(at) - geoFinder.time.dayNumber(geoFinder.time.read(day + "T00:00")) : null;
  }

  /** One place as it is for this reader; minutes count from the bundle's first midnight. */
  function rankedSite(site, { bundle, question, firstMin, minute, endMin, minutesPerM }, needs) {
    const distanceM = geoFinder.distanceM(question.lon, question.lat, site.lon, site.lat);
    const radiusM = site.radius_m || 0;
    const travelMin = (distanceM + radiusM) * minutesPerM;
    const arrivalMin = minute + Math.ceil(travelMin);
    const schedule = bundle.schedules[site.schedule];
    const arrival = geoFinder.glance(schedule, arrivalMin, endMin);
    const leftMin = arrival.state === "open" && arrival.changeMin !== null ? arrival.changeMin - arrivalMin : null;
    const isToBeChecked = needs(site);
    const checkedDays = daysSince(geoFinder.checkedOn(site, isToBeChecked), question.at);
    const isStale = checkedDays === null || checkedDays > bundle.stale_days;
    const standing = geoFinder.judge({
      entry: site.entry, arrival, leftMin, stayMin: question.stayMin, isRegistered: question.isRegistered, isInDoubt: isStale || isToBeChecked,
    });
    return {
      id: site.id, site, standing, distanceM, travelMin, isRough: radiusM > 0, nearM: Math.max(0, distanceM - radiusM), farM: distanceM + radiusM,
      firstMin, arrivalMin, now: geoFinder.glance(schedule, minute, endMin), arrival, leftMin, checkedDays, isStale, isToBeChecked,
      opensMin: geoFinder.nextOpening(schedule, arrivalMin, endMin), isInReach: travelMin <= bundle.reach_min,
    };
  }

  function empty(scene, ranked, warmSites) {
    const { bundle, question } = scene;
    const { STANDING } = geoFinder;
    const isNext = (item) => item.arrival.state !== "open" && item.opensMin !== null && item.travelMin <= 2 * bundle.reach_min
      && geoFinder.isEnterable(item.site.entry, question.isRegistered);
    const warm = warmSites.map((site) => rankedSite(site, scene, () => false)).filter((item) => item.arrival.state === "open");
    return {
      maybe: ranked.filter((item) => item.standing === STANDING.DOUBTFUL && item.isInReach).slice(0, OFFERED_LIMIT),
      usable: ranked.filter((item) => item.standing <= STANDING.SHORT && item.travelMin <= LONGEST_OFFER_MIN)
        .sort((one, other) => one.standing - other.standing).slice(0, OFFERED_LIMIT),
      nextOpen: ranked.filter(isNext).sort(byOpening).slice(0, OFFERED_LIMIT),
      warm: warm.sort(byDistance).slice(0, OFFERED_LIMIT),
    };
  }

  function nearestDongs({ places }, { lon, lat }) {
    const dongs = places.filter((place) => place.kind === "dong").map((place) => ({ id: place.id, place, isRough: false, distanceM: geoFinder.distanceM(lon, lat, place.lon, place.lat) }));
    return dongs.sort(byDistance).slice(0, NEAREST_DONGS).map((row) => row.place);
  }

  /**
   * The answer for somebody at `lon`, `lat` (EPSG:4326).
   * @param {Object} bundle /shelters.bundle.json
   * @param {{lon: number, lat: number, at: Object, mode: string, stayMin: number, amenities: string[], isRegistered: boolean}} question `at`: Local
   * @returns {{near: Object[], far: Object[], rough: Object[], empty: Object|null, isOutside: boolean, nearestDongs: Object[]}}
   */
  geoFinder.rank = function (bundle, question) {
    const scene = setScene(bundle, question);
    const needs = (site) => geoFinder.needsCheck(site, question.at);
    const all = bundle.sites.filter((site) => geoFinder.offers(site, question.amenities)).map((site) => rankedSite(site, scene, needs)).sort(byStanding);
    const isOutside = geoFinder.isOutside(bundle.outline, question.lon, question.lat);
    // Who is in another city is told where to look from, and whom to call.
    const isAway = isOutside && all.every((item) => item.travelMin > LONGEST_OFFER_MIN);
    const ranked = isAway ? [] : all;
    const exact = ranked.filter((item) => !item.isRough);
    const near = exact.filter((item) => item.isInReach);
    return {
      near,
      far: exact.filter((item) => !item.isInReach).slice(0, bundle.far_limit),
      rough: ranked.filter((item) => item.isRough),
      empty: near.some((item) => item.standing === geoFinder.STANDING.USABLE) ? null : empty(scene, ranked, isAway ? [] : bundle.warm),
      isOutside,
      nearestDongs: isOutside ? nearestDongs(bundle, question) : [],
    };
  };
}());
