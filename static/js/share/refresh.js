/* After each choice the page asks the server for itself and takes over the parts that changed: one place makes the blocks. */
(function () {
  "use strict";
  const form = document.getElementById("share-form");
  const status = document.getElementById("share-status");
  const layers = document.getElementById("share-layers");
  const emptyNote = document.getElementById("share-empty");
  const PATIENCE_MS = 350;
  const shown = new Map();
  let asked = 0;
  let timer = 0;

  function address() {
    const url = new URL(form.action);
    url.search = new URLSearchParams(new FormData(form)).toString();
    return url.href;
  }

  function takeOver(fresh) {
    for (const part of document.querySelectorAll("[data-part]")) {
      const next = fresh.querySelector('[data-part="' + part.dataset.part + '"]');
      // A frame that stays the same is not loaded anew.
      if (!next || next.innerHTML === shown.get(part)) continue;
      shown.set(part, next.innerHTML);
      part.replaceChildren(...document.adoptNode(next).childNodes);
      self.geoShareButtons(part);
    }
    // The same choices in another language of the page.
    const menu = document.querySelector(".language-menu ul");
    const freshMenu = fresh.querySelector(".language-menu ul");
    if (menu && freshMenu) menu.replaceChildren(...document.adoptNode(freshMenu).childNodes);
  }

  /* With nothing ticked there is nothing to paste: blocks of an earlier choice would be taken for those of this one. */
  function showEmpty(isEmpty) {
    emptyNote.hidden = !isEmpty;
    if (isEmpty) layers.setAttribute("aria-describedby", emptyNote.id);
    else layers.removeAttribute("aria-describedby");
    for (const part of [document.querySelector(".share-preview"), document.getElementById("share-blocks"), document.querySelector("[data-part=try]")]) part.hidden = isEmpty;
  }

  async function refresh() {
    const number = ++asked;
    const isEmpty = !layers.querySelector("input:checked");
    showEmpty(isEmpty);
    if (isEmpty) { status.textContent = form.dataset.empty; return; }
    if (!form.checkValidity()) { status.textContent = form.dataset.failed; return; }
    const url = address();
    status.textContent = form.dataset.busy;
    try {
      const answer = await fetch(url, { credentials: "omit" });
      const text = await answer.text();
      if (number !== asked) return;
      if (!answer.ok) throw new Error(String(answer.status));
      takeOver(new DOMParser().parseFromString(text, "text/html"));
      history.replaceState(history.state, "", url);
      status.textContent = form.dataset.done;
    } catch (fault) {
      if (number === asked) status.textContent = form.dataset.failed;
    }
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PATIENCE_MS);
  }

  for (const part of document.querySelectorAll("[data-part]")) shown.set(part, part.innerHTML);
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    refresh();
  });
  const place = document.getElementById("share-address");
  place.addEventListener("change", soon);
}());
