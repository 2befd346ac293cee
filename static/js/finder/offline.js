/* The service worker keeps this page, the words and the bundle for a night without a network. Without one, memory has to do. */
(function () {
  "use strict";
  const { geoFinder } = window;
  const PATIENCE_MS = 4000;

  /** Resolves once the worker answers for this page, or after a while all the same. @returns {Promise<void>} */
  function controlled() {
    const workers = navigator.serviceWorker;
    return new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS);
      if (workers.controller) resolve();
      workers.addEventListener("controllerchange", resolve, { once: true });
    });
  }

  /** Registers the worker; the bundle fetched after this is the one it keeps. */
  geoFinder.keepForOffline = async function () {
    if (!("serviceWorker" in navigator) || !geoFinder.setup.sw_url) return;
    try {
      if (await navigator.serviceWorker.register(geoFinder.setup.sw_url)) await controlled();
    } catch (fault) {
      // Refused by the browser or the network: everything else works as before.
    }
  };
}());
