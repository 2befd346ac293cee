/* The sentences of a page in its reader's language, and figures as that language writes them. One voice for the map and the finder. */
(function () {
  "use strict";
  // Plural rules repeat with the last two digits; the first two hundred counts are told one by one.
  const COUNTS_TOLD = 200;
  const ROUGH_STEP_M = 10;
  const METRES_PER_KM = 1000;

  function fill(place, value, isTwoDigits) {
    return value === undefined ? place : isTwoDigits ? String(value).padStart(2, "0") : String(value);
  }

  function filled(sentence, values) {
    return values ? sentence.replace(/\{(\w+)(:02d)?\}/g, (place, name, isTwoDigits) => fill(place, values[name], isTwoDigits)) : sentence;
  }

  /** Python's rounding: a tie goes to the even neighbour. @param {number} value */
  function evenRound(value) {
    const floor = Math.floor(value);
    const rest = value - floor;
    return rest === 0.5 ? floor + floor % 2 : floor + (rest > 0.5 ? 1 : 0);
  }

  /**
   * The voice of a page. `messages`: sentence or plural forms by English id; the id "" holds how the language counts and writes
   * (wording/script_words.py). `{places}` are filled with text; a value is never read as a sentence itself.
   * @param {Object<string, *>} messages @returns {Function} say(msgid, values), with say.plural, say.number, say.distance, say.names
   */
  self.geoWords = function (messages) {
    const manner = messages[""] || {};

    function say(msgid, values) {
      const found = messages[msgid] || msgid;
      return filled(Array.isArray(found) ? found[0] : found, values);
    }

    /** The sentence that fits a count. @param {string} one @param {string} many @param {number} count @param {Object} [values] */
    say.plural = function (one, many, count, values) {
      const forms = messages[one];
      const told = manner.plural || "0";
      const place = told.length === 1 ? 0 : Number(told[count < COUNTS_TOLD ? count : count % 100 + 100]);
      const sentence = Array.isArray(forms) ? forms[Math.min(place, forms.length - 1)] : count === 1 ? one : many;
      return filled(sentence, { count, ...values });
    };

    /** A number to a tenth as Python rounds it. @param {number} value @returns {number} */
    say.toTenth = (value) => (Math.abs(value * 4 % 2) === 1 ? evenRound(value * 10) / 10 : Number(value.toFixed(1)));

    /** A number to a tenth, with the separators of the language; a whole one without it, unless `digits` is 1. */
    say.number = function (value, digits) {
      const tenths = say.toTenth(value);
      const [whole, part] = (digits ? tenths.toFixed(1) : String(tenths)).split(".");
      return whole.replace(/\B(?=(\d{3})+$)/g, manner.group || ",") + (part ? (manner.decimal || ".") + part : "");
    };

    /** The whole number that Python would round to. @param {number} value */
    say.round = evenRound;

    /** A straight-line distance that does not pretend: tens of metres, then tenths of a kilometre. @param {number} metres */
    say.distance = (metres) => metres < METRES_PER_KM - ROUGH_STEP_M / 2
      ? say("{count} m", { count: evenRound(metres / ROUGH_STEP_M) * ROUGH_STEP_M })
      : say("{count} km", { count: say.number(metres / METRES_PER_KM) });

    /** Names of days (Sunday first) or months by their CLDR field: "EEE", "MMM". @param {string} field @returns {string[]} */
    say.names = (field) => manner[field] || [];
    return say;
  };
}());
