/* The tables: sorted where they stand, and the share of each dong kept with the hour shown. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events } = geoMap;

  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
  const keyOf = (row, field) => {
    const cell = row.querySelector('[data-field="' + field + '"]');
    return cell ? cell.dataset.sort || "" : "";
  };

  /** Numbers by size, texts by their language; what has no value comes last either way. */
  function compare(one, other, isDown) {
    if (one === "" || other === "") return Number(one === "") - Number(other === "");
    const order = isNumber(one) && isNumber(other) ? Number(one) - Number(other) : one.localeCompare(other, geoMap.constants.lang);
    return isDown ? -order : order;
  }

  function sort(table, { field, isDown }) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [keyOf(row, field), row]);
    rows.sort(([one], [other]) => compare(one, other, isDown));
    body.append(...rows.map(([, row]) => row));
    for (const head of table.tHead.querySelectorAll("th")) {
      if (head.dataset.field === field) head.setAttribute("aria-sort", isDown ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
    }
  }

  function onClick(event) {
    const link = event.target.closest("a.plan-sort");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const head = link.closest("th");
    const table = link.closest("table");
    // Figures are mostly wanted from the top, names from A; a second press turns the order round (web/plan_tables.py).
    const shown = head.getAttribute("aria-sort");
    const isDown = shown ? shown === "ascending" : head.classList.contains("number");
    sort(table, { field: head.dataset.field, isDown });
    plan.setSort(table.dataset.table + "." + (isDown ? "-" : "") + head.dataset.field);
    geoMap.announce(link.textContent + ": " + (isDown ? geoMap.say("largest first") : geoMap.say("smallest first")));
  }

  /** A figure in a cell: its text, and what the cell is sorted by. */
  function put(row, field, text, value) {
    const cell = row.querySelector('[data-field="' + field + '"]');
    if (!cell) return;
    if (cell.firstChild && cell.firstChild.nodeType === Node.TEXT_NODE) cell.firstChild.nodeValue = text; else cell.prepend(text);
    cell.dataset.sort = value === null ? "" : String(value);
    const bar = field === "share" && cell.querySelector(".plan-bar-real");
    if (bar) bar.setAttribute("width", String((value || 0) * 100));
  }

  function showDongs() {
    const { answer } = plan;
    const places = new Map(answer.dong_keys.map((key, place) => [key, place]));
    for (const row of document.querySelectorAll("#by-dong tr[data-key]")) {
      const place = places.get(row.dataset.key);
      if (place === undefined) continue;
      put(row, "share", plan.percent(answer.by_dong[place]), answer.by_dong[place]);
      put(row, "uncovered", plan.figure(answer.dong_uncovered[place]), answer.dong_uncovered[place]);
    }
  }

  geoMap.start.tables = function () {
    document.addEventListener("click", onClick);
    events.on("values", showDongs);
  };
}());
