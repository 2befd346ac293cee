/*
 * <work-shelter-map layers= area= lang= theme= show= open= at= check= height= title=>: our frame as an element of anybody's page.
 * What stands inside the element is shown until the frame is ready, and for good where it never is. A frame that did not arrive is asked
 * for again, a few times, when the network is back and when its place comes into view once more.
 * Events on the element: work-shelter-map-ready, -height {height}, -select {layer, id, name}. No name is left in the page's window,
 * no style sheet is needed or written: a page's policy has to allow this script and the frame, nothing else.
 */
(function () {
  "use strict";
  const TAG = "work-shelter-map";
  const script = document.currentScript || document.querySelector('script[src$="/embed.js"]');
  if (!script || !window.customElements || customElements.get(TAG)) return;
  // Our address is where this script lies, with the path before it: nothing has to be written twice.
  const root = new URL(".", script.src);
  const PASSED_ON = ["layers", "area", "lang", "theme", "show", "open", "at", "check"];
  // <work-shelter-map open> means what open="true" does.
  const FLAGS = ["open", "check"];
  const DEFAULT_PX = 480;
  const LEAST_PX = 120;
  const MOST_PX = 12000;
  const NEARBY = "600px 0px";
  const MOST_TRIES = 4;
  const SLOW_MS = 20000;
  const SETTLE_MS = 1000;
  const NAMES = {
    ko: ["일터·쉼터 지도", "지도 열기"], en: ["Work & Shelter Map", "Open the map"], vi: ["Bản đồ nơi làm việc và nghỉ chân", "Mở bản đồ"],
    zh: ["工作与休息地图", "打开地图"], ru: ["Карта мест работы и отдыха", "Открыть карту"], uz: ["Ish va dam olish joylari xaritasi", "Xaritani ochish"],
  };

  class WorkShelterMap extends HTMLElement {
    static get observedAttributes() { return [...PASSED_ON, "height", "title"]; }

    constructor() {
      super();
      this.attachShadow({ mode: "open" });
      this._hear = this._hear.bind(this);
      this._retry = this._retry.bind(this);
    }

    connectedCallback() {
      // An element that is moved about in its page comes back without its frame: begin anew.
      this._frame = null;
      this.style.display = this.style.display || "block";
      this.style.position = this.style.position || "relative";
      this._showFallback();
      this._tries = 0;
      window.addEventListener("message", this._hear);
      window.addEventListener("online", this._retry);
      this._waitUntilNear();
    }

    disconnectedCallback() {
      window.removeEventListener("message", this._hear);
      window.removeEventListener("online", this._retry);
      this._stopWatching();
      this._frame = null;
      this.shadowRoot.replaceChildren();
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this._frame) return;
      if (name === "title") this._frame.title = this._words()[0];
      else if (name === "height") this._size(this._ownHeight() || this._told || DEFAULT_PX);
      else {
        this._tries = 0;
        this._load();
      }
    }

    _words() {
      const lang = (this.getAttribute("lang") || "ko").toLowerCase();
      const words = Object.prototype.hasOwnProperty.call(NAMES, lang) ? NAMES[lang] : NAMES.ko;
      return [this.getAttribute("title") || words[0], words[1]];
    }

    /** What stands inside the element; where nothing does, a link to the map. */
    _showFallback() {
      const slot = document.createElement("slot");
      const link = document.createElement("a");
      link.href = new URL("map", root).href;
      link.textContent = this._words()[1];
      slot.append(link);
      this._slot = slot;
      this.shadowRoot.replaceChildren(slot);
    }

    _waitUntilNear() {
      if (!("IntersectionObserver" in window)) { this._load(); return; }
      this._watcher = new IntersectionObserver((seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        if (this._frame) this._retry(); else this._load();
      }, { rootMargin: NEARBY });
      this._watcher.observe(this);
    }

    _stopWatching() {
      if (this._watcher) this._watcher.disconnect();
      this._watcher = null;
    }

    /** Once more, where what was asked for came to its end, or to none for long, and is not the frame; else as soon as it has. */
    _retry() {
      if (!this._frame || this._isReady || this._tries >= MOST_TRIES) return;
      if (this._isLoaded || Date.now() - this._beganMs > SLOW_MS) this._load();
      else this._isWanted = true;
    }

    /** A browser's own error page has come to its end too; a frame of ours says in a moment that it is ready. */
    _end(frame) {
      if (frame !== this._frame) return;
      this._isLoaded = true;
      if (this._isWanted) setTimeout(() => { if (frame === this._frame) this._retry(); }, SETTLE_MS);
    }

    _address() {
      const address = new URL("embed", root);
      for (const name of PASSED_ON) {
        const value = this.getAttribute(name);
        if (value) address.searchParams.set(name, value);
        else if (FLAGS.includes(name) && value !== null) address.searchParams.set(name, "true");
      }
      return address.href;
    }

    _load() {
      if (this._frame) this._frame.remove();
      const frame = document.createElement("iframe");
      frame.title = this._words()[0];
      frame.allow = "geolocation";
      frame.src = this._address();
      // Through the object model, so that no page's policy for styles is asked. Until it is ready it lies unseen under what stands here.
      Object.assign(frame.style, { display: "block", width: "100%", border: "0", position: "absolute", visibility: "hidden", top: "0", left: "0", pointerEvents: "none" });
      this._frame = frame;
      this._told = 0;
      this._isReady = this._isLoaded = this._isWanted = false;
      this._beganMs = Date.now();
      this._tries += 1;
      frame.addEventListener("load", () => this._end(frame));
      this._slot.style.display = "";
      this._size(this._ownHeight() || DEFAULT_PX);
      this.shadowRoot.append(frame);
    }

    _ownHeight() {
      const asked = Number.parseInt(this.getAttribute("height") || "", 10);
      return asked > 0 ? Math.min(Math.max(asked, LEAST_PX), MOST_PX) : 0;
    }

    _size(heightPx) { this._frame.style.height = heightPx + "px"; }

    _hear(event) {
      if (!this._frame || event.source !== this._frame.contentWindow || event.origin !== root.origin) return;
      const told = event.data;
      if (!told || told.type !== TAG) return;
      if (told.kind === "ready") this._show();
      else if (told.kind === "height" && Number.isFinite(told.height)) this._grow(told.height);
      else if (told.kind === "select") this._say("select", { layer: String(told.layer), id: String(told.id), name: String(told.name) });
    }

    _show() {
      if (this._isReady) return;
      this._isReady = true;
      this._stopWatching();
      this._slot.style.display = "none";
      Object.assign(this._frame.style, { position: "static", visibility: "visible", pointerEvents: "auto" });
      this._say("ready", {});
    }

    _grow(height) {
      this._told = Math.min(Math.max(Math.ceil(height), LEAST_PX), MOST_PX);
      if (!this._ownHeight()) this._size(this._told);
      this._say("height", { height: this._told });
    }

    _say(kind, detail) { this.dispatchEvent(new CustomEvent(TAG + "-" + kind, { detail, bubbles: true, composed: true })); }
  }

  customElements.define(TAG, WorkShelterMap);
}());
