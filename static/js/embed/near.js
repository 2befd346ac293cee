/* "Around me": asked only when pressed, where the page around the frame allows it. The position stays here: it sorts the list. */
(function () {
  "use strict";
  const geoEmbed = window.geoEmbed;
  const { say, isBoxed } = geoEmbed;
  const box = document.getElementById("embed-near");
  const note = document.getElementById("embed-near-note");
  const button = document.getElementById("embed-near-button");
  const ASKED = { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 };
  const REFUSED = 1;

  /** Some browsers say beforehand that the page around forbids it; the others refuse when asked. */
  function isForbidden() {
    const policy = document.featurePolicy;
    return isBoxed || !navigator.geolocation || !window.isSecureContext || Boolean(policy && !policy.allowsFeature("geolocation"));
  }

  function found({ coords }) {
    geoEmbed.here = [coords.longitude, coords.latitude];
    button.disabled = false;
    note.textContent = say("Near ones first. Your position stays in this frame.");
    geoEmbed.tell("here");
  }

  function missed(fault) {
    button.disabled = false;
    note.textContent = fault.code === REFUSED
      ? say("This page may not ask for your position. Open the whole map instead.")
      : say("Your position could not be found. The list stays as it is.");
  }

  if (isForbidden()) return;
  box.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    note.textContent = say("Looking for your position …");
    navigator.geolocation.getCurrentPosition(found, missed, ASKED);
  });
}());
