/* What takes the server's words (who loses, complexes, jobs, gaps, hosts, the basis) is taken from the same page for the hour shown, once
   the hour has come to rest. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events } = geoMap;
  const REST_MS = 350;
  const BY_HOUR = ["headline", "by-dong", "by-complex", "by-job", "by-group", "hosts", "sites", "basis"];
  const BY_EDITS = [...BY_HOUR, "strip", "gaps"];
  const SAVED = "scenario-saved";
  let stop = null;
  let wanted = new Set();

  /** What is replaced: for a table of its own its section, so that its downloads ask for the same hour. */
  const partOf = (page, id) => {
    const found = page.getElementById(id);
    return found && id === "strip" ? found.closest(".plan-strip-scroll") || found : found;
  };

  /** Is somebody typing in it? Then it is left alone. */
  const isInUse = (part) => part.contains(document.activeElement) && /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);

  /** The way back to where the reader was within a part that is replaced. */
  function keptFocus(part) {
    const held = document.activeElement;
    if (!part.contains(held)) return null;
    const { hour } = held.dataset;
    return hour ? '[data-hour="' + hour + '"]' : held.id ? "#" + held.id : null;
  }

  function replace(page, id) {
    const old = partOf(document, id);
    const fresh = partOf(page, id);
    // What is kept under a link is told from then on.
    if (!old && fresh && id === SAVED) plan.find("scenario-editor").before(document.importNode(fresh, true));
    if (!old || !fresh || isInUse(old) || old.isEqualNode(fresh)) return;
    const focused = keptFocus(old);
    const scrolled = old.scrollLeft;
    const node = document.importNode(fresh, true);
    old.replaceWith(node);
    node.scrollLeft = scrolled;
    if (focused && node.querySelector(focused)) node.querySelector(focused).focus({ preventScroll: true });
  }

  async function renew() {
    if (stop) stop.abort();
    const mine = stop = new AbortController();
    try {
      const answer = await fetch(plan.pageAddress(), { credentials: "same-origin", signal: mine.signal });
      if (!answer.ok) throw new Error("status " + answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (stop !== mine) return;
      const ids = wanted;
      wanted = new Set();
      for (const id of ids) replace(page, id);
      document.title = page.title;
      document.body.classList.remove("is-behind");
      events.fire("renewed");
    } catch (fault) {
      if (stop === mine) plan.setTrouble(true);
    }
  }

  const renewLater = geoMap.afterPause(renew, REST_MS);

  function want(ids) {
    ids.forEach((id) => wanted.add(id));
    if (stop) stop.abort();
    // Until then these parts still tell the hour before, and look like it.
    document.body.classList.add("is-behind");
    renewLater();
  }

  geoMap.start.sections = function () {
    events.on("hour", () => want(BY_HOUR));
    events.on("edits", () => want(BY_EDITS));
    events.on("saved", () => want([...BY_EDITS, SAVED]));
  };
}());
