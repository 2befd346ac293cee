/* Trying out changes: each is put to the coverage door before it is taken, so that none is shown that the door cannot read. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { plan, events, say, make } = geoMap;

  /** The changes as the door understands them, or null where it does not. @param {Array} list of Edit @returns {Promise<?Array>} */
  async function check(list) {
    const query = { ...plan.query({ isBase: true }), edits: plan.edits.write(list) };
    const answer = await fetch(plan.address("coverage", query), { credentials: "same-origin" });
    // A question that is understood comes back in its canonical form.
    return answer.ok ? plan.edits.read((await answer.json()).parameters.edits) : null;
  }

  geoMap.start.editor = function () {
    const place = plan.find("scenario-editor");
    if (!place) return;
    const fields = plan.makeFields(submit);
    let isBusy = false;

    async function submit(edit) {
      if (isBusy) return;
      if (plan.question.edits.length >= plan.edits.MOST) { fields.tellFault(say("No more than {count} changes fit into one scenario.", { count: plan.edits.MOST })); return; }
      isBusy = true;
      try {
        const list = await check([...plan.question.edits, edit]);
        if (list) {
          plan.setEdits(list);
          fields.clear();
          fields.tellFault("");
        } else {
          fields.tellFault(say("This change could not be read. Please look at the hours and the place once more."));
        }
      } catch (fault) {
        fields.tellFault(say("No answer came. Nothing was lost; please try again."));
      }
      isBusy = false;
    }

    const box = plan.editorBox = make("div", { class: "plan-editor" }, fields.form);
    place.append(box);
    // What the page has for readers without a script says and does the same.
    plan.find("scenario-plain").hidden = true;
    const refill = geoMap.afterPause(fields.refill, 100);
    events.on("layer", (event) => { if (event.isNew) refill(); });
    events.on("edits", refill);
    events.on("picked", (lonlat) => { fields.setPlace(lonlat); });
    events.on("open-here", (lonlat) => {
      box.scrollIntoView({ block: "center" });
      fields.openAt(lonlat);
    });
    refill();
  };
}());
