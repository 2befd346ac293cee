/* Keeping a scenario: under a new link that cannot be guessed, or in the place of what stands under the link that is open. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;

  /** @param {string} address @param {Object<string, string>} fields beside the question and its changes */
  async function send(address, fields) {
    const body = new URLSearchParams({ ...plan.query(), ...fields });
    const answer = await fetch(address, { method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body });
    if (!answer.ok) throw new Error("status " + answer.status);
    return answer.json();
  }

  /** The link with a button that copies it. @param {string} address */
  function shown(address, compare) {
    const field = make("input", { type: "text", readonly: true, id: "scenario-link", value: address });
    const copied = make("span", { role: "status" });
    const copy = async () => {
      field.select();
      copied.textContent = await self.geoShare(document.title, address) === "copied" ? say("Copied.") : "";
    };
    return make("div", { class: "plan-saved" },
      make("p", { class: "plan-field" }, make("label", { for: "scenario-link" }, say("Whoever has this link can see and change the scenario")), field),
      make("p", { class: "plan-edit-buttons" }, make("button", { type: "button", class: "button button-quiet", click: copy }, say("Pass the link on")),
        make("a", { class: "button button-quiet", href: compare }, say("Compare with things as they are")), copied));
  }

  /** What the page says of the open scenario: its own button is done here, and what is not kept yet cannot be compared. */
  function dress() {
    const keep = plan.find("scenario-keep");
    if (keep) keep.hidden = true;
    const compare = plan.find("scenario-compare");
    if (!compare) return;
    const isStale = plan.isChanged();
    compare.querySelector("button").disabled = isStale;
    const told = compare.querySelector(".plan-stale");
    if (isStale && !told) compare.append(make("span", { class: "plan-stale small" }, say("Only what is saved can be compared. Please save the changes first.")));
    if (!isStale && told) told.remove();
  }

  geoMap.start.saving = function () {
    if (!plan.editorBox || !plan.setup.urls.scenarios) return;
    const name = make("input", { type: "text", id: "try-name-of-all", maxlength: "60", autocomplete: "off", required: true });
    const fault = make("p", { class: "plan-fault", role: "alert", hidden: true });
    const done = make("p", { class: "plan-done", role: "status" });
    const place = make("div", {});
    const over = make("button", { type: "button", class: "button", id: "scenario-over" }, say("Save over this scenario"));
    const anew = make("button", { type: "submit", class: "button" });
    const form = make("form", { class: "plan-edit-form" },
      make("p", { class: "plan-field" }, make("label", { for: "try-name-of-all" }, say("Name of the scenario")), name), anew);
    const part = make("div", { class: "plan-saving", hidden: true }, make("p", { class: "plan-edit-buttons" }, over, done), form, fault, place);
    plan.editorBox.append(part);

    function show() {
      const { saved, edits } = plan.question;
      const isOpen = Boolean(saved);
      over.hidden = !isOpen || !plan.isChanged();
      form.hidden = isOpen && !plan.isChanged();
      anew.textContent = isOpen ? say("Save under a new link") : say("Save under a link");
      anew.classList.toggle("button-quiet", isOpen);
      part.hidden = !edits.length;
      dress();
    }

    async function attempt(act) {
      fault.hidden = true;
      done.textContent = "";
      try {
        await act();
      } catch (trouble) {
        fault.textContent = say("The scenario could not be saved. The changes are still here; please try again.");
        fault.hidden = false;
      }
    }

    async function saveAnew() {
      const { saved } = plan.question;
      // A page under a scenario's link hides where it is; the link shows that it is ours.
      const told = await send(plan.setup.urls.scenarios, { name: name.value.trim(), ...(saved ? { scenario: saved.token } : {}) });
      plan.setSaved(told.token, plan.setup.urls.scenarios + "/" + told.token);
      place.replaceChildren(shown(new URL(told.url, window.location.href).href, told.compare_url));
      name.value = "";
      document.getElementById("scenario-link").focus();
    }

    async function saveOver() {
      const { token, url } = plan.question.saved;
      await send(url, { do: "change" });
      plan.setSaved(token, url);
      done.textContent = say("Saved under the same link.");
    }

    over.addEventListener("click", () => attempt(saveOver));
    form.addEventListener("submit", (event) => { event.preventDefault(); attempt(saveAnew); });
    events.on("edits", () => { place.replaceChildren(); done.textContent = ""; show(); });
    events.on("saved renewed", show);
    show();
  };
}());
