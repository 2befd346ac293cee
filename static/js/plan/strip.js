/* The week as a slider: its cells are links that the arrow keys and the pointer move along; a player goes through the hours. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;
  const { week } = plan;
  const PLAY_MS = 700;
  const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 24, ArrowUp: -24 };

  const strip = () => plan.find("strip");
  const links = () => [...strip().querySelectorAll("a[data-hour]")];
  const linkOf = (hour) => strip().querySelector('a[data-hour="' + hour + '"]');

  /** Marks the chosen hour; it alone is on the way of the Tab key. */
  function mark() {
    for (const link of links()) {
      const isChosen = Number(link.dataset.hour) === plan.question.hour;
      if (isChosen) link.setAttribute("aria-current", "time"); else link.removeAttribute("aria-current");
      link.tabIndex = isChosen ? 0 : -1;
    }
  }

  /** The hour is seen in the strip's own box where that is narrower than the week; the page stays where it is. */
  function bringIntoBox() {
    const box = strip().closest(".plan-strip-scroll");
    const link = linkOf(plan.question.hour);
    if (!box || !link || isUnderPointer || !isScrolling(box)) return;
    // The names of the days stand still over the cells.
    const left = link.closest("tr").cells[0].getBoundingClientRect().right;
    const { right } = box.getBoundingClientRect();
    const cell = link.getBoundingClientRect();
    if (cell.left < left || cell.right > right) box.scrollLeft += (cell.left + cell.right - left - right) / 2;
  }

  const isScrolling = (box) => box.scrollWidth > box.clientWidth + 1;
  let isUnderPointer = false;

  /** Where a key leads from an hour, or null. */
  function target(key, hour) {
    if (key in STEPS) return week.moved(hour, STEPS[key]);
    if (key === "Home") return hour - hour % 24;
    if (key === "End") return hour - hour % 24 + 23;
    if (key === "PageUp") return hour % 24;
    return key === "PageDown" ? 144 + hour % 24 : null;
  }

  function onKey(event) {
    const link = event.target.closest("a[data-hour]");
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === " ") { event.preventDefault(); plan.moveTo(Number(link.dataset.hour)); return; }
    const hour = target(event.key, Number(link.dataset.hour));
    if (hour === null) return;
    event.preventDefault();
    stopPlaying();
    plan.moveTo(hour);
    linkOf(hour).focus();
  }

  /** The pressed pointer draws the hour along with it. */
  function onPointer(event) {
    if (event.type === "pointermove" && event.buttons !== 1) return;
    // A finger on a cell that it was put down on sends its moves to that cell wherever it is.
    const under = document.elementFromPoint(event.clientX, event.clientY);
    const link = under && under.closest("#strip a[data-hour]");
    if (!link) return;
    // There a finger moves the week itself; it chooses by a tap.
    if (event.pointerType === "touch" && isScrolling(link.closest(".plan-strip-scroll") || link)) return;
    stopPlaying();
    // What is under the pointer stays there.
    isUnderPointer = true;
    plan.moveTo(Number(link.dataset.hour));
    isUnderPointer = false;
  }

  let clock = 0;
  let controls = null;

  function showPlayer() {
    controls.play.setAttribute("aria-pressed", String(Boolean(clock)));
    controls.play.textContent = clock ? say("Stop") : say("Play the week");
    controls.told.textContent = week.told(plan.question.at);
  }

  function stopPlaying() {
    if (!clock) return;
    clearInterval(clock);
    clock = 0;
    showPlayer();
  }

  function togglePlaying() {
    if (clock) { stopPlaying(); return; }
    // An hour that has not come yet is waited for.
    clock = setInterval(() => { if (plan.isSettled) plan.moveTo(week.moved(plan.question.hour, 1)); }, PLAY_MS);
    showPlayer();
  }

  function step(hours) {
    stopPlaying();
    plan.moveTo(week.moved(plan.question.hour, hours));
    geoMap.announce(week.told(plan.question.at));
  }

  function makePlayer() {
    const button = (text, act) => make("button", { type: "button", class: "button button-quiet", click: act }, text);
    const told = make("span", { class: "plan-player-hour" });
    const play = button(say("Play the week"), togglePlaying);
    controls = { play, told };
    const box = plan.find("strip-controls");
    box.append(play, button(say("An hour back"), () => step(-1)), button(say("An hour on"), () => step(1)), told,
      make("span", { class: "small quiet plan-strip-hint" }, say("Arrow keys, or a drag across the week, move the hour.")));
    box.hidden = false;
    showPlayer();
  }

  geoMap.start.strip = function () {
    if (!strip()) return;
    const part = strip().closest("section") || strip().parentElement;
    part.addEventListener("keydown", onKey);
    part.addEventListener("pointerdown", (event) => {
      if (event.button || !event.target.closest("#strip a")) return;
      onPointer(event);
      if (event.target.releasePointerCapture && event.target.hasPointerCapture && event.target.hasPointerCapture(event.pointerId)) event.target.releasePointerCapture(event.pointerId);
    });
    part.addEventListener("pointermove", onPointer);
    part.addEventListener("dragstart", (event) => { if (event.target.closest("#strip a")) event.preventDefault(); });
    part.addEventListener("click", (event) => {
      const link = event.target.closest("#strip a[data-hour]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      plan.moveTo(Number(link.dataset.hour));
    });
    makePlayer();
    events.on("hour", () => { mark(); showPlayer(); bringIntoBox(); });
    events.on("renewed", mark);
    mark();
    bringIntoBox();
  };
}());
