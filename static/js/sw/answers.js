/* How requests are answered: pages and the bundle from the network first, what never changes from what is kept. Everything else passes by:
   posts, other hosts, the machine doors, maps. */
"use strict";
const PATIENCE_MS = 3000;
const VISITED_PATHS = /^(?:sites\/|list\/|about)/;
const OFFICE_PATHS = /^admin\b/;

const after = (pauseMs) => new Promise((resolve) => setTimeout(resolve, pauseMs));

/** What our server says, or what is kept when nothing comes for three seconds, when it has a fault, or when somebody else answers in its place. */
async function freshOr(network, kept) {
  if (!kept) return network;
  const good = network.then((answer) => (answer.status >= 500 || !isOurs(answer) ? kept : answer), () => kept);
  return Promise.race([good, after(PATIENCE_MS).then(() => kept)]);
}

/** Keeps a good answer beside giving it; a fault of keeping is nobody's trouble. */
function keeping(event, network, keep) {
  event.waitUntil(network.then((answer) => (isGood(answer) ? keep(answer.clone()) : null)).catch(() => {}));
}

const isPlain = (url) => [...url.searchParams.keys()].every((name) => name === "lang");

async function finderPage(event, url) {
  const lang = languageOf(url);
  const network = fetch(event.request);
  keeping(event, network, (answer) => keepAfterVisit(lang, isPlain(url) ? answer : null));
  const kept = await (await caches.open(KEPT)).match(pageAddress(lang), ALL);
  return freshOr(network, kept).catch(() => missingPage(lang));
}

async function visitedPage(event, url) {
  const lang = languageOf(url);
  const address = url.pathname + url.search;
  const network = fetch(event.request);
  // Another time, a thank-you after a report: true once, and nothing to keep.
  if (!isPlain(url)) return network.catch(() => missingPage(lang));
  keeping(event, network, (answer) => (/html/.test(answer.headers.get("content-type")) ? keepWithShow(address, answer) : null));
  const kept = await (await caches.open(VISITED)).match(address, ALL);
  return freshOr(network, kept && await markOld(kept, lang)).catch(() => missingPage(lang));
}

async function bundle(event) {
  const cache = await caches.open(KEPT);
  const network = fetch(event.request);
  keeping(event, network, (answer) => cache.put(BUNDLE, answer));
  const kept = await cache.match(BUNDLE, ALL);
  return freshOr(network, kept && withBody(kept, kept.body, { "X-Kept": "1" }));
}

async function unchanging(event, url, options) {
  const kept = await (await caches.open(KEPT)).match(url.pathname + url.search, options);
  return kept || fetch(event.request);
}

/** The answer to a page's address, or null where the browser should ask by itself. */
function page(event, url, path) {
  if (path === "") return finderPage(event, url);
  if (VISITED_PATHS.test(path)) return visitedPage(event, url);
  return OFFICE_PATHS.test(path) ? null : fetch(event.request).catch(() => missingPage(languageOf(url)));
}

function file(event, url, path) {
  if (path.startsWith("static/")) return unchanging(event, url, ALL);
  if (path.startsWith("words/")) return unchanging(event, url, byName);
  return url.pathname === BUNDLE ? bundle(event) : null;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || !url.pathname.startsWith(SETUP.root)) return;
  const path = url.pathname.slice(SETUP.root.length);
  const answer = request.mode === "navigate" ? page(event, url, path) : file(event, url, path);
  if (answer) event.respondWith(answer);
});
