/* Keeping a scenario under a link that cannot be guessed, and laying it beside things as they are. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;

  async function save(name) {
    const { scenario, ...asked } = plan.query();
    const body = new URLSearchParams({ ...asked, edits: plan.edits.write(plan.question.edits), name });
    const answer = await fetch(plan.setup.urls.scenarios, {
      method: "POST", credentials: "same-origin", headers: { Accept: "application/json" }, body,
    });
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

  geoMap.start.saving = function () {
    if (!plan.editorBox || !plan.setup.urls.scenarios) return;
    const name = make("input", { type: "text", id: "try-name-of-all", maxlength: "60", autocomplete: "off", required: true });
    const fault = make("p", { class: "plan-fault", role: "alert", hidden: true });
    const place = make("div", {});
    const form = make("form", { class: "plan-edit-form" },
      make("p", { class: "plan-field" }, make("label", { for: "try-name-of-all" }, say("Name of the scenario")), name), fault,
      make("button", { type: "submit", class: "button" }, say("Save under a link")));
    const part = make("div", { class: "plan-saving", hidden: true }, form, place);
    plan.editorBox.append(part);

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      fault.hidden = true;
      try {
        const told = await save(name.value.trim());
        const address = new URL(told.url, window.location.href).href;
        place.replaceChildren(shown(address, told.compare_url));
        document.getElementById("scenario-link").focus();
      } catch (trouble) {
        fault.textContent = say("The scenario could not be saved. The changes are still here; please try again.");
        fault.hidden = false;
      }
    });
    const show = () => { part.hidden = !plan.question.edits.length; };
    events.on("edits", () => { place.replaceChildren(); show(); });
    show();
  };
}());
