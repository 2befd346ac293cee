/* Pages as they are shown without a network: what was true then says so, and what was never kept says that. */
"use strict";

/** The voice of a language, from the words that are kept. */
async function voiceOf(lang) {
  const words = await (await caches.open(KEPT)).match(wordsAddress(lang), byName);
  return self.geoWords(words ? await words.json() : {});
}

const HEADERS_LEFT_OUT = ["content-encoding", "content-length"];

/** The same answer with another body, its policies kept. */
function withBody(answer, body, added) {
  const headers = new Headers(answer.headers);
  HEADERS_LEFT_OUT.forEach((name) => headers.delete(name));
  Object.entries(added || {}).forEach(([name, value]) => headers.set(name, value));
  return new Response(body, { status: 200, headers });
}

/** A visited page, with the time of its facts in front of everything that may have changed since. @param {Response} answer @param {string} lang */
async function markOld(answer, lang) {
  const say = await voiceOf(lang);
  const clock = self.geoClock(say);
  const then = clock.read(new Date(Date.parse(answer.headers.get("date")) + 9 * 3600000).toISOString());
  const told = say("{date} {clock}", { date: clock.date(then, clock.now()), clock: clock.figures(then) });
  const band = '<div class="band band-time" role="note"><p>' + say("Offline · this page is of {time}. Doors may have changed since.", { time: told }) + "</p></div>";
  const html = (await answer.text())
    .replace(/<main\b/, () => band + "<main")
    .replace(/(<p class="state) state-[a-z]+([^>]*>)/g, (whole, start, end) => start + " state-unknown" + end + say("As of {time}", { time: told }) + ": ");
  return withBody(answer, html);
}

/** What stands where a page was never kept: a way back to the finder. */
async function missingPage(lang) {
  const say = await voiceOf(lang);
  const keys = await (await caches.open(KEPT)).keys();
  const styles = keys.map((request) => request.url).filter((address) => address.endsWith(".css"));
  const body = '<!DOCTYPE html><html lang="' + lang + '"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>'
    + say("Offline") + "</title>" + styles.map((address) => '<link rel="stylesheet" href="' + address + '">').join("") + "</head><body><main><h1>" + say("Offline") + "</h1><p>"
    + say("This page is not kept on this phone. It will open when there is a network again.") + '</p><p><a class="button" href="' + pageAddress(lang) + '">'
    + say("Find a shelter") + "</a></p></main></body></html>";
  return new Response(body, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}
