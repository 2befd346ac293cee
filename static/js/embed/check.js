/* For the web master: which page holds the frame, as far as the browser tells, and what that page's sandbox keeps from it. */
(function () {
  "use strict";
  const { say, isBoxed } = window.geoEmbed;
  const SANDBOX = 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"';
  const note = document.getElementById("embed-check");
  if (!note) return;

  function framedBy() {
    const above = window.location.ancestorOrigins;
    if (above && above.length) return above[0];
    try { return new URL(document.referrer).origin; } catch (fault) { return ""; }
  }

  /** Only a frame can tell that it arrived: alone, the page stands there whatever the setting says. */
  function told() {
    if (window.parent === window) return [say("This frame stands in no other page.")];
    const origin = framedBy();
    const whose = origin && origin !== "null" ? say("This frame stands in: {origin}", { origin }) : say("Which page holds this frame is not told here.");
    const address = document.querySelector(".embed-whole").href;
    // Whether links open in a sandbox is not told: where they do not, the address can still be read.
    const boxed = isBoxed ? [say("It stands in a sandbox: nobody is asked for a position there, and links need {sandbox}. The whole map: {address}", { sandbox: SANDBOX, address })] : [];
    return [say("This frame is shown as it should be at this address."), whose, ...boxed];
  }

  note.textContent = told().join(" ");
}());
