/* The file shares how intervals are read with the finder, which keeps that in its own place. */
(function () {
  "use strict";
  // Style sheets hide what does nothing without a script.
  document.documentElement.setAttribute("data-script", "on");
  window.geoFinder = {};
}());
