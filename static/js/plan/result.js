/* The scenario beside things as they are: at the hour shown and over the week, with the difference. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;

  const mean = (values) => {
    const known = (values || []).filter((value) => value !== null);
    return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  };

  /** A difference with its sign; a minus that is as wide as a plus. */
  function signed(value, tell) {
    if (value === null || Number.isNaN(value)) return "–";
    const text = tell(Math.abs(value));
    return text === tell(0) ? "±" + text : (value > 0 ? "+" : "−") + text;
  }

  /** To a tenth, since one place among many seldom moves the whole by a hundredth. */
  const percent = (share) => say("{percent}%", { percent: say.number(plan.tenthPercent(share), 1) });

  /** Percentage points, of the percentages as they are shown: whoever takes one from the other finds this. */
  const points = (value) => say("{points} pp", { points: say.number(value, 1) });

  const plainGap = (before, after) => after - before;
  const shownGap = (before, after) => plan.tenthPercent(after) - plan.tenthPercent(before);

  function rows(base, tried, hour) {
    const at = (week, name) => (week[name] ? week[name][hour] : null);
    return [
      [say("Served at this hour"), at(base, "shares"), at(tried, "shares"), percent, points, shownGap],
      [say("Not served at this hour"), at(base, "uncovered"), at(tried, "uncovered"), plan.figure, plan.figure, plainGap],
      [say("Served, mean of the week"), mean(base.shares), mean(tried.shares), percent, points, shownGap],
      [say("Hours of the week with half or more served"), half(base.shares), half(tried.shares), plan.figure, plan.figure, plainGap],
    ];
  }

  const half = (shares) => shares.filter((share) => share !== null && share >= 0.5).length;

  function line([name, before, after, tell, tellGap, gapOf]) {
    const gap = before === null || after === null ? null : gapOf(before, after);
    const cell = (text) => make("td", { class: "number" }, text);
    return make("tr", {}, make("th", { scope: "row" }, name), cell(before === null ? "–" : tell(before)), cell(after === null ? "–" : tell(after)), cell(signed(gap, tellGap)));
  }

  geoMap.start.result = function () {
    if (!plan.editorBox) return;
    const body = make("tbody", {});
    const heads = [say("What"), say("As things are"), say("With the changes"), say("Difference")].map((text, place) => make("th", { scope: "col", class: place ? "number" : null }, text));
    const title = plan.reckoned(say("The scenario beside things as they are"));
    const scroll = make("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": title },
      make("table", { class: "table plan-difference" }, make("caption", { class: "plan-result-title" }, title), make("thead", {}, make("tr", {}, ...heads)), body));
    const part = make("div", { class: "plan-result", hidden: true }, scroll);
    plan.editorBox.append(part);

    function show() {
      const { baseWeek, weekAnswer, question } = plan;
      const isShown = Boolean(question.edits.length && baseWeek && weekAnswer);
      part.hidden = !isShown;
      if (isShown) body.replaceChildren(...rows(baseWeek, weekAnswer, question.hour).map(line));
    }

    events.on("week hour edits", show);
    show();
  };
}());
