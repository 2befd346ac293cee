/* What the service worker keeps: the finder of each language somebody used, its style and script, its words, the bundle, pages visited.

   `SETUP` stands in front of this script when it is served (web/webapp.py): version, root ("/" or "/prefix/"), languages, words (version), mark (a header and its value).
   A new version fetches everything anew into a cache of its own before the old one is dropped, so a page that is open goes on. */
"use strict";
const NAME = "shelters " + SETUP.root + " ";
const KEPT = NAME + SETUP.version;
const VISITED = NAME + "visited " + SETUP.version;
const BUNDLE = SETUP.root + "shelters.bundle.json";
const VISITED_LIMIT = 50;
const PAGE_FRESH_MS = 3600000;
const JUST_READ_MS = 60000;
const ALL = { ignoreVary: true };
const byName = { ignoreVary: true, ignoreSearch: true };

/** The language of an address, as the server reads it. @param {URL} url */
function languageOf(url) {
  const asked = url.searchParams.get("lang");
  return SETUP.languages.includes(asked) ? asked : SETUP.languages[0];
}

/** The finder without a question: one page for every question in that language, answered on the phone. */
const pageAddress = (lang) => SETUP.root + (lang === SETUP.languages[0] ? "" : "?lang=" + lang);
const wordsAddress = (lang) => SETUP.root + "words/" + lang + ".json";

/** An answer worth keeping: our own, whole and good. Rejects otherwise. `cache` as for fetch: a file of this version is not fetched twice. */
async function fetchGood(address, cache) {
  const answer = await fetch(address, { cache, credentials: "same-origin" });
  if (!isGood(answer)) throw new Error(address + ": " + answer.status);
  return answer;
}

/** Is it our own server's answer? A proxy's maintenance page or a hotel's log-in page may come in its place, with any status. */
const isOurs = (answer) => answer.headers.get(SETUP.mark[0]) === SETUP.mark[1];

const isGood = (answer) => isOurs(answer) && answer.status === 200 && answer.type === "basic" && !answer.redirected;

async function keepOnce(cache, address) {
  if (!(await cache.match(address, ALL))) await cache.put(address, await fetchGood(address, "default"));
}

/** The static files that a page names. @param {string} html */
function assetsOf(html) {
  const found = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((pair) => pair[1]);
  return [...new Set(found.filter((address) => address.startsWith(SETUP.root + "static/")))];
}

/** Keeps the finder of a language with all it needs. @param {Cache} cache @param {string} lang @param {Response|null} answer the page, where it is at hand */
async function keepPage(cache, lang, answer) {
  const page = answer || await fetchGood(pageAddress(lang), "no-cache");
  const html = await page.clone().text();
  await Promise.all([...assetsOf(html), wordsAddress(lang) + "?v=" + SETUP.words].map((address) => keepOnce(cache, address)));
  await cache.put(pageAddress(lang), page);
}

/** The same after a visit: at once with the page itself, else only when what is kept is old. */
async function keepAfterVisit(lang, answer) {
  const cache = await caches.open(KEPT);
  const old = await cache.match(pageAddress(lang), ALL);
  if (!answer && old && Date.now() - Date.parse(old.headers.get("date")) < PAGE_FRESH_MS) return;
  await keepPage(cache, lang, answer);
}

/** The page to hold out to the staff of the shelter whose page this is, or null. @param {string} address path and query */
function showAddress(address) {
  const found = /^(.*sites\/shelters\/[^/?]+)(\?.*)?$/.exec(address);
  return found && found[1] + "/show" + (found[2] || "");
}

/** Keeps a shelter's page with the one to hold out at its door: whoever stands there without a network needs both. */
async function keepWithShow(address, answer) {
  const show = showAddress(address);
  await keepVisited(address, answer);
  if (show) await keepVisited(show, await fetchGood(show, "no-cache"));
}

/** Keeps a page that was visited; the one visited longest ago makes room. @param {string} address path and query, never a fragment */
async function keepVisited(address, answer) {
  const html = await answer.clone().text();
  const kept = await caches.open(KEPT);
  await Promise.all(assetsOf(html).map((name) => keepOnce(kept, name)));
  const visited = await caches.open(VISITED);
  await visited.delete(address);
  await visited.put(address, answer);
  const keys = await visited.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - VISITED_LIMIT)).map((key) => visited.delete(key)));
}

/** The page that has just been read, from the browser's own cache: at a first visit it need not come twice. */
async function justRead(lang) {
  const page = await fetchGood(pageAddress(lang), "force-cache");
  return Date.now() - Date.parse(page.headers.get("date")) < JUST_READ_MS ? page : null;
}

const olderNames = async () => (await caches.keys()).filter((name) => name.startsWith(NAME) && name !== KEPT && name !== VISITED);

/** The languages of finder pages that are open or were kept by an older version. */
async function usedLanguages(names) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  const addresses = [...open.map((client) => client.url), ...[].concat(...keys).map((request) => request.url)];
  const urls = addresses.map((address) => new URL(address)).filter((url) => url.pathname === SETUP.root);
  return new Set(urls.map(languageOf));
}

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const names = await olderNames();
  const cache = await caches.open(KEPT);
  for (const lang of await usedLanguages(names)) await keepPage(cache, lang, names.length ? null : await justRead(lang));
  for (const name of names) {
    const bundle = await (await caches.open(name)).match(BUNDLE, ALL);
    if (bundle && isOurs(bundle)) await cache.put(BUNDLE, bundle);
  }
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await Promise.all((await olderNames()).map((name) => caches.delete(name)));
  await self.clients.claim();
})()));
