/* How long ago somebody checked, and a door that is open by its hours only (the same as wording/shelter_card.py). */
(function () {
  "use strict";
  const DAYS_TOLD_AS_DAYS = 60;
  const DAYS_TOLD_AS_MONTHS = 730;

  /** @param {Function} say of words.js @param {Object} time of clock.js */
  self.geoChecks = function (say, time) {
    /** "오늘", "12일 전", "7달 전" @param {number} days */
    function daysAgo(days) {
      if (days <= 0) return say("today");
      if (days < DAYS_TOLD_AS_DAYS) return say.plural("{count} day ago", "{count} days ago", days);
      if (days < DAYS_TOLD_AS_MONTHS) return say.plural("{count} month ago", "{count} months ago", Math.floor(days / 30));
      return say.plural("{count} year ago", "{count} years ago", Math.floor(days / 365));
    }

    /** So that nobody takes it for certain. @param {Object|null} until Local @param {Object} at Local @param {number|null} days null: nobody ever checked */
    function doubtful(until, at, days) {
      const checked = days === null ? say("never checked") : say("checked {ago}", { ago: daysAgo(days) });
      return until ? say("May be open · until {moment} · {checked}", { moment: time.moment(until, at), checked }) : say("May be open · {checked}", { checked });
    }

    return { daysAgo, doubtful };
  };
}());
