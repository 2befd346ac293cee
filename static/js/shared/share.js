/* Passing a page on: the phone's own sheet, else its address is copied. One way for the finder and for a place's own page. */
(function () {
  "use strict";

  async function copy(url) {
    try {
      await navigator.clipboard.writeText(url);
      return "copied";
    } catch (fault) {
      return "refused";
    }
  }

  /**
   * Passes an address on. @param {string} title @param {string} url
   * @returns {Promise<string>} "passed" where the phone's sheet was shown, "copied", or "refused" where the reader must copy it by hand
   */
  self.geoShare = async function (title, url) {
    if (!navigator.share) return copy(url);
    try {
      await navigator.share({ title, url });
      return "passed";
    } catch (fault) {
      // Who has closed the sheet has changed her mind.
      return fault.name === "AbortError" ? "passed" : copy(url);
    }
  };
}());
