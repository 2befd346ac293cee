/* The page around is scrolled by one finger and by the wheel, over the map too: two fingers, or the wheel with Ctrl or ⌘, are the map's. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { say } = window.geoEmbed;
  const HINT_MS = 1600;
  const PIXELS_A_LEVEL = 90;
  const LINE_PX = 20;
  const FAR_PX = 12;
  const isApple = /Mac|iPhone|iPad/.test(navigator.platform);
  const hint = document.getElementById("embed-hint");
  let clock = 0;
  // A voice has heard it with the map's name; who turns a wheel sees it.
  hint.setAttribute("aria-hidden", "true");

  function tell(sentence) {
    clearTimeout(clock);
    hint.textContent = sentence;
    hint.hidden = false;
    clock = setTimeout(() => { hint.hidden = true; }, HINT_MS);
  }

  function wheel(map) {
    let turned = 0;
    return function (event) {
      if (!event.ctrlKey && !event.metaKey) {
        tell(isApple ? say("Hold ⌘ and turn the wheel to zoom the map.") : say("Hold Ctrl and turn the wheel to zoom the map."));
        return;
      }
      event.preventDefault();
      hint.hidden = true;
      turned -= event.deltaY * (event.deltaMode ? LINE_PX : 1);
      const levels = Math.trunc(turned / PIXELS_A_LEVEL);
      if (!levels) return;
      turned -= levels * PIXELS_A_LEVEL;
      map.setZoomAround(map.mouseEventToContainerPoint(event), map.getZoom() + levels);
    };
  }

  /** @param {L.Map} map */
  geoMap.start.hands = function (map) {
    const box = map.getContainer();
    map.scrollWheelZoom.disable();
    box.addEventListener("wheel", wheel(map), { passive: false });
    // A mouse drags, a finger does not; the same machine may have both.
    box.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") map.dragging.disable(); else map.dragging.enable();
    }, true);

    let from = null;
    const place = (touch) => [touch.clientX, touch.clientY];
    // Whoever has begun with two fingers means the map: the browser is told before it scrolls.
    const hold = (event) => { if (event.touches.length > 1 && event.cancelable) event.preventDefault(); };
    box.addEventListener("touchstart", (event) => {
      hold(event);
      from = event.touches.length === 1 ? place(event.touches[0]) : null;
      if (!from) hint.hidden = true;
    }, { passive: false });
    box.addEventListener("touchmove", (event) => {
      hold(event);
      if (!from || event.touches.length > 1) return;
      const [x, y] = place(event.touches[0]);
      if (Math.hypot(x - from[0], y - from[1]) > FAR_PX) tell(say("Two fingers move the map."));
    }, { passive: false });
  };
}());
