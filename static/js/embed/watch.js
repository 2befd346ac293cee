/* Doors open and close, and sites change, while the frame is looked at: asked anew as each minute begins and with each new revision.
   A frame that nobody sees, below the fold or in a hidden tab, asks nothing. Without an answer no door stays open past its time. */
(function () {
  "use strict";
  const geoEmbed = window.geoEmbed;
  const { say, constants } = geoEmbed;
  const LOOK_MS = 5000;
  const MINUTE_MS = 60000;
  const LATE_MS = 90000;
  const trouble = document.getElementById("embed-trouble");
  let revision = constants.revision;
  // By the server's clock: a page that a browser kept begins as old as it is.
  let answeredMs = Date.parse(constants.answered_at);
  let isSeen = true;
  let isAsking = false;

  async function takeAll() {
    const answer = await geoEmbed.fetchJson(constants.urls.places);
    geoEmbed.takeOver(answer);
    revision = answer.revision;
    answeredMs = Date.now();
    trouble.hidden = true;
    trouble.textContent = "";
  }

  const minuteOf = (ms) => Math.floor(ms / MINUTE_MS);
  const isLate = () => !trouble.hidden || Date.now() - answeredMs > LATE_MS;

  function showAge() {
    if (constants.is_now && isLate()) geoEmbed.age(Date.now());
  }

  async function look() {
    if (isAsking || !isSeen || document.hidden) return;
    isAsking = true;
    showAge();
    const isNewMinute = constants.is_now && minuteOf(Date.now()) !== minuteOf(answeredMs);
    try {
      if (isNewMinute || !trouble.hidden || (await geoEmbed.fetchJson(constants.urls.revision)).revision !== revision) await takeAll();
    } catch (fault) {
      // A single missed answer is not worth a word; doors judged a minute ago are.
      trouble.hidden = !isNewMinute && trouble.hidden;
      trouble.textContent = trouble.hidden ? "" : say("The connection was lost. What stands here is of the time shown above.");
      showAge();
    }
    isAsking = false;
  }

  new IntersectionObserver((seen) => {
    isSeen = seen[seen.length - 1].isIntersecting;
    if (isSeen) look();
  }).observe(document.getElementById("embed"));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("online", look);
  setInterval(look, LOOK_MS);
}());
