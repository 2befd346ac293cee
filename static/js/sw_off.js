/* Served as /sw.js where GEO_APP_OFFLINE is off: phones that kept the finder drop it and go back to the network alone. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("shelters " + SETUP.root + " "));
  await Promise.all(names.map((name) => caches.delete(name)));
  await self.registration.unregister();
})()));
