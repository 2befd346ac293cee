/* Times in Seoul, wherever the reader's device believes it is, and the sentences that hold them. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const say = geoMap.say;
  const SEOUL_MS = 9 * 3600000;
  const SOON_MIN = 15;
  const LONGEST_REST_MIN = 360;
  const DAWN_ENDS_H = 6;

  /** @typedef {{year: number, month: number, day: number, hour: number, minute: number, weekday: number, minutes: number}} Local
   *  `minutes` counts from 1970 in local time, so that differences are plain subtraction (Seoul has no summer time). */

  /** @param {number} epochMs milliseconds as a Date's UTC fields show local time @returns {Local} */
  function local(epochMs) {
    const date = new Date(epochMs);
    return {
      year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), hour: date.getUTCHours(),
      minute: date.getUTCMinutes(), weekday: date.getUTCDay(), minutes: Math.floor(epochMs / 60000),
    };
  }

  /** A local time "2026-01-13T02:10" (anything after the minutes is not read), or null. @param {string} text @returns {Local|null} */
  function read(text) {
    const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})/.exec(text || "");
    const epochMs = found ? Date.parse(found[1] + ":00Z") : NaN;
    return Number.isNaN(epochMs) ? null : local(epochMs);
  }

  /** Seoul's time now. @returns {Local} */
  const now = () => local(Date.now() + SEOUL_MS);
  const ofMinutes = (minutes) => local(minutes * 60000);
  const two = (value) => String(value).padStart(2, "0");
  /** "2026-01-13T02:10" @param {Local} time */
  const write = (time) => time.year + "-" + two(time.month) + "-" + two(time.day) + "T" + two(time.hour) + ":" + two(time.minute);
  const figures = (time) => two(time.hour) + ":" + two(time.minute);
  const dayNumber = (time) => Math.floor(time.minutes / 1440);

  // The messages and the rules are those of the server's pages (wording/clock.py, wording/door_state.py): one voice everywhere.

  /** "새벽 2시 10분", as people say it. @param {Local} time */
  function clock(time) {
    const { hour: hour24, minute } = time;
    const values = { hour: hour24 % 12 || 12, minute };
    if (hour24 > 12) return minute ? say("{hour}:{minute:02d} pm", values) : say("{hour} pm", values);
    if (hour24 === 12) return minute ? say("12:{minute:02d} pm", values) : say("noon");
    if (hour24 >= DAWN_ENDS_H) return minute ? say("{hour}:{minute:02d} am", values) : say("{hour} am", values);
    if (hour24 > 0) return minute ? say("{hour}:{minute:02d} in the morning", values) : say("{hour} in the morning", values);
    return minute ? say("12:{minute:02d} at night", values) : say("midnight");
  }

  /** "38분", "2시간 5분" @param {number} minutes */
  function duration(minutes) {
    const hours = Math.floor(minutes / 60);
    if (!hours) return say("{minutes} min", { minutes });
    return minutes % 60 ? say("{hours} h {minutes} min", { hours, minutes: minutes % 60 }) : say("{hours} h", { hours });
  }

  /** The clock time, with its day when that is not the day of `seenFrom`. @param {Local} time @param {Local} seenFrom */
  function moment(time, seenFrom) {
    const days = dayNumber(time) - dayNumber(seenFrom);
    const isMidnight = time.hour === 0 && time.minute === 0;
    const dated = isMidnight ? say("12 am") : clock(time);
    if (days === 0) return dated;
    // The small hours of the coming night are told without a date: nobody mistakes them.
    if (days === 1 && isMidnight) return say("midnight tonight");
    if (days === 1 && time.hour < DAWN_ENDS_H && time.minutes - seenFrom.minutes < 720) return clock(time);
    return say("{day} {time}", { day: days === 1 ? say("tomorrow") : date(time, seenFrom), time: dated });
  }

  /** "1월 13일(화)", "Tue 13 Jan", with the year where it is another than that of `seenFrom`. @param {Local} time @param {Local} [seenFrom] */
  function date(time, seenFrom) {
    const part = (asked) => new Date(time.minutes * 60000).toLocaleDateString(geoMap.constants.lang, { ...asked, timeZone: "UTC" });
    const values = { year: time.year, month: part({ month: "short" }), day: time.day, weekday: part({ weekday: "short" }) };
    return seenFrom && seenFrom.year !== time.year ? say("{weekday} {day} {month} {year}", values) : say("{weekday} {day} {month}", values);
  }

  /**
   * A site's state as a sentence and a class. `state` is ["open", "2026-11-21T04:00" or null, what follows] of /api/states, or undefined.
   * @param {[string, string|null, string|null]|undefined} state @param {Local} at @returns {{kind: string, text: string}}
   */
  function sentence(state, at) {
    const [kind, changes, then] = state || ["unknown", null, null];
    const time = read(changes);
    if (kind === "open") return openSentence(time, then, at);
    if (kind !== "closed") return { kind: "unknown", text: say("Opening hours not known") };
    const opens = time && then !== "unknown";
    return { kind, text: opens ? say("Closed · opens at {moment}", { moment: moment(time, at) }) : say("Closed now") };
  }

  function openSentence(time, then, at) {
    if (!time) return { kind: "open", text: say("Open now") };
    const told = moment(time, at);
    const left = time.minutes - at.minutes;
    if (then === "unknown") return { kind: "open", text: say("Open · known until {moment}", { moment: told }) };
    if (left <= SOON_MIN) return { kind: "soon", text: say("Closing soon · in {duration}", { duration: duration(Math.max(left, 0)) }) };
    if (left > LONGEST_REST_MIN) return { kind: "open", text: say("Open · until {moment}", { moment: told }) };
    return { kind: "open", text: say("Open · until {moment} ({duration} to rest)", { moment: told, duration: duration(left) }) };
  }

  /** "확인 12일 전". @param {string} day ISO date */
  function checked(day) {
    const time = read(day + "T00:00");
    const days = time ? dayNumber(now()) - dayNumber(time) : NaN;
    if (!(days >= 0)) return say("Checked on {date}", { date: day });
    return days === 0 ? say("Checked today") : say("Checked {count} days ago", { count: days });
  }

  geoMap.time = { read, now, write, figures, date, moment, sentence, checked, ofMinutes };
}());
