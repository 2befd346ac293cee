/* Light, dark or as the system says. Loaded in the head so that the page is never first shown in the wrong one. */
(function () {
  "use strict";
  var root = document.documentElement;
  // Style sheets hide what does nothing without a script.
  root.setAttribute("data-script", "on");
  var order = ["auto", "light", "dark"];

  /** @returns {string} "auto", "light" or "dark"; a browser that keeps nothing for us is "auto". */
  function stored() {
    try { var kept = localStorage.getItem("theme"); return order.indexOf(kept) < 0 ? "auto" : kept; } catch (fault) { return "auto"; }
  }

  /** @param {string} theme */
  function apply(theme) {
    if (theme === "auto") root.removeAttribute("data-theme"); else root.setAttribute("data-theme", theme);
  }

  var theme = stored();
  apply(theme);

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.getElementById("theme-button");
    if (!button) return;
    function show() {
      var label = button.getAttribute("data-label-" + theme);
      button.setAttribute("data-now", theme);
      button.setAttribute("aria-label", label);
      button.title = label;
    }
    button.addEventListener("click", function () {
      theme = order[(order.indexOf(theme) + 1) % order.length];
      try { localStorage.setItem("theme", theme); } catch (fault) { /* A private window may refuse; the switch still works for this page. */ }
      apply(theme);
      show();
    });
    button.hidden = false;
    show();
  });
}());
