/* The beginning: the grid, the week and the hour are fetched; afterwards each hour and each change asks for itself. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events } = geoMap;

  /** The week as it is asked, and as it is without the changes. */
  async function loadWeek() {
    const asked = plan.address("week", plan.query());
    const base = plan.address("week", plan.query({ isBase: true }));
    try {
      if (base !== plan.baseAddress) {
        plan.baseWeek = await geoMap.fetchJson(base);
        plan.baseAddress = base;
      }
      const week = asked === base || !plan.question.edits.length ? plan.baseWeek : await geoMap.fetchJson(asked);
      if (asked !== plan.address("week", plan.query()) && plan.question.edits.length) return;
      plan.weekAnswer = week;
      events.fire("week");
    } catch (fault) {
      // The strip has the week's figures all the same.
    }
  }

  geoMap.start.plan = async function () {
    plan.weekAnswer = plan.baseWeek = null;
    plan.isSettled = false;
    events.on("hour", () => { plan.isSettled = false; plan.load(); });
    events.on("edits", () => { plan.isSettled = false; plan.load(); loadWeek(); });
    events.on("values", () => { plan.isSettled = true; });
    try {
      await plan.loadCells();
    } catch (fault) {
      plan.setTrouble(true);
    }
    await plan.load();
    plan.loadGaps();
    loadWeek();
    document.body.classList.add("is-plan-ready");
  };
}());
