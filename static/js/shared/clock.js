/* Times in Seoul, wherever the reader's device believes it is, and as people say them (the same as wording/clock.py). */
(function () {
  "use strict";
  const SEOUL_MS = 9 * 3600000;
  const DAWN_ENDS_H = 6;
  const SAME_NIGHT_MIN = 720;

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

  const now = () => local(Date.now() + SEOUL_MS);
  const ofMinutes = (minutes) => local(minutes * 60000);
  const two = (value) => String(value).padStart(2, "0");
  const write = (time) => time.year + "-" + two(time.month) + "-" + two(time.day) + "T" + two(time.hour) + ":" + two(time.minute);
  const figures = (time) => two(time.hour) + ":" + two(time.minute);
  const dayNumber = (time) => Math.floor(time.minutes / 1440);

  /**
   * Times told by a voice. `now()`: Seoul's time now; `ofMinutes(minutes)`; `write(time)`: "2026-01-13T02:10"; `figures(time)`: "02:10".
   * @param {Function} say of words.js
   */
  self.geoClock = function (say) {
    /** "새벽 2시 10분", as people say it. @param {Local} time */
    function clock({ hour: hour24, minute }) {
      const values = { hour: hour24 % 12 || 12, hour24, minute };
      if (hour24 > 12) return minute ? say("{hour}:{minute:02d} pm", values) : say("{hour} pm", values);
      if (hour24 === 12) return minute ? say("12:{minute:02d} pm", values) : say("noon", values);
      if (hour24 >= DAWN_ENDS_H) return minute ? say("{hour}:{minute:02d} am", values) : say("{hour} am", values);
      if (hour24 > 0) return minute ? say("{hour}:{minute:02d} in the morning", values) : say("{hour} in the morning", values);
      return minute ? say("12:{minute:02d} at night", values) : say("midnight", values);
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
      if (days === 1 && time.hour < DAWN_ENDS_H && time.minutes - seenFrom.minutes < SAME_NIGHT_MIN) return clock(time);
      return say("{day} {time}", { day: dayName(time, days, seenFrom), time: dated });
    }

    function dayName(time, days, seenFrom) {
      if (days === 1) return say("tomorrow");
      return days === -1 ? say("yesterday") : date(time, seenFrom);
    }

    /** "1월 13일(화)", "Tue 13 Jan", with the year where it is another than that of `seenFrom`. @param {Local} time @param {Local} [seenFrom] */
    function date(time, seenFrom) {
      const pattern = seenFrom && seenFrom.year !== time.year ? say("EEE d MMM y") : say("EEE d MMM");
      return pattern.replace(/'([^']*)'|([EMLdy])\2*/g, (field, quoted) => (quoted === undefined ? dateField(time, field) : quoted || "'"));
    }

    /** One field of a CLDR date pattern. */
    function dateField(time, field) {
      if (field[0] === "y") return time.year;
      if (field[0] === "d") return field === "dd" ? two(time.day) : time.day;
      if (field[0] === "E") return say.names(field)[time.weekday];
      if (field.length > 2) return say.names(field)[time.month - 1];
      return field.length === 2 ? two(time.month) : time.month;
    }

    return { read, now, write, figures, ofMinutes, dayNumber, clock, duration, moment, date };
  };
}());
