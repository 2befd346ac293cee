/* The figures and the sentence at the top, and the forms of the page, for the hour shown. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, time, say } = geoMap;

  /** Puts a text into each place of a figure. @param {string} name @param {string} text */
  function put(name, text) {
    for (const element of document.querySelectorAll('[data-value="' + name + '"]')) if (element.textContent !== text) element.textContent = text;
  }

  function showFigures() {
    const told = plan.hourly();
    put("share", plan.percent(told.share));
    put("nominal", plan.percent(told.nominal));
    put("uncovered", told.share === null ? "–" : plan.figure(told.uncovered));
    put("open_now", String(told.open));
    showSentence(told);
    showWorst(plan.answer);
  }

  /** "화요일 02:00, 걸어서 10분 안에 열린 쉼터: 실제 12% · 명목 61%", as wording/plan_terms.py tells it. */
  function showSentence({ share, nominal }) {
    const day = document.querySelector('#strip tr[data-day="' + Math.floor(plan.question.hour / 24) + '"] abbr');
    const moment = say("{day} {time}", { day: day ? day.title : "", time: time.figures(plan.question.at) });
    const { reach } = plan.setup.words;
    const text = share === null
      ? say("{moment}, {reach}: nobody is counted in this hour", { moment, reach })
      : say("{moment}, {reach}: in reality {real} · in name {nominal}", { moment, reach, real: plan.percent(share), nominal: plan.percent(nominal) });
    for (const element of document.querySelectorAll("[data-sentence]")) if (element.textContent !== text) element.textContent = text;
  }

  /** The worst dong, or where several are equally badly off the one with the most not served and how many they are (planning/shares.py). */
  function showWorst({ worst_dong: worst, by_dong: shares, dong_uncovered: uncovered }) {
    if (!worst) { put("worst", ""); return; }
    const equal = uncovered.filter((_, place) => shares[place] === worst.share);
    const unserved = plan.demand(equal.reduce((sum, value) => sum + value, 0), plan.setup.unit);
    const told = { dong: worst.name, share: plan.percent(worst.share), unserved };
    put("worst", equal.length > 1
      ? say("Worst off: {dong} and others, {count} dongs in all, at {share}; not served there: {unserved}", { ...told, count: equal.length })
      : say("Worst off: {dong} at {share}; not served there: {unserved}", told));
  }

  /** The form asks for what is shown, should somebody send it. */
  function showForm() {
    const form = plan.find("plan-form");
    if (!form) return;
    const { at, hour } = plan.question;
    const told = { weekday: String(Math.floor(hour / 24)), clock: time.figures(at), week: time.write(at).slice(0, 10) };
    for (const [name, value] of Object.entries(told)) if (form.elements[name]) form.elements[name].value = value;
    showHidden();
  }

  /** So do the smaller forms of the page. */
  function showHidden() {
    const told = { ...plan.query(), edits: "", ...plan.named() };
    for (const name of ["at", "edits"]) {
      for (const field of document.querySelectorAll('form[method="get"] input[type="hidden"][name="' + name + '"]')) field.value = told[name] || "";
    }
    const form = plan.find("plan-form");
    for (const name of ["edits", "scenario"]) {
      if (told[name] && !form.querySelector('input[name="' + name + '"]')) form.append(geoMap.make("input", { type: "hidden", name, value: told[name] }));
    }
    if (!told.scenario) for (const field of document.querySelectorAll('form[method="get"] input[name="scenario"]')) field.remove();
  }

  /** The figures of the hour shown. */
  plan.hourly = function () {
    const { share, nominal_share: nominal, uncovered, open_now: open } = plan.answer;
    return { share, nominal, uncovered, open };
  };

  geoMap.start.headline = function () {
    events.on("values", showFigures);
    events.on("hour edits saved", showForm);
  };
}());
