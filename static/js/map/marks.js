/* Marks: copies of the drawings in the page's templates, with the classes that say their state. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const say = geoMap.say;
  const PLACE = {
    street: "Known only to the street", dong: "Known only to the dong", complex: "Known only to the complex", none: "Location not known yet",
  };

  /** How far a place is known, or nothing where it is known to the address or made up. @param {Object} properties a feature's */
  const precision = (properties) => (properties.status !== "sample" && PLACE[properties.precision] ? say(PLACE[properties.precision]) : "");

  /** Does the point stand for a wide area only? A complex is drawn as an area anyhow. @param {string} layer @param {Object} feature */
  const isRough = (layer, feature) => ["dong", "complex"].includes(feature.properties.precision) && layer !== "industrial-complexes";
  const roughly = (feature) => say("{precision} · somewhere around here", { precision: say(PLACE[feature.properties.precision]) });

  /** @param {Object} properties a feature's @returns {boolean} */
  function isRecruiting(properties) {
    const today = geoMap.time.write(geoMap.store.shownTime()).slice(0, 10);
    const from = properties.recruiting_from;
    const until = properties.recruiting_until;
    return Boolean(from || until) && (!from || from <= today) && (!until || today <= until);
  }

  /** The classes of a feature's mark; equal text means that nothing has to be drawn anew. @param {string} layer @param {Object} feature */
  function classes(layer, feature) {
    const told = feature.properties;
    const names = [];
    if (geoMap.constants.with_hours.includes(layer)) {
      const state = geoMap.store.layers.get(layer).states.get(String(feature.id));
      names.push("is-" + geoMap.time.certain(state));
    }
    if (told.status === "sample") names.push("is-sample");
    if (told.entry === "registration" || told.entry === "card") names.push("is-registered");
    if (isRough(layer, feature)) names.push("is-range");
    if (isRecruiting(told)) names.push("is-recruiting");
    return names.join(" ");
  }

  /** @param {string} layer @param {string} stateClasses @returns {SVGElement} */
  function draw(layer, stateClasses) {
    const mark = document.getElementById("mark-" + layer).content.firstElementChild.cloneNode(true);
    mark.setAttribute("class", "mark mark-" + layer + " " + stateClasses);
    return mark;
  }

  const WORDS = {
    "shelters": "Shelters", "village-jobs": "Village jobs", "improved-companies": "Improved companies",
    "industrial-complexes": "Industrial complexes", "public-facilities": "Public facilities", "dongs": "Administrative dongs",
  };
  const word = (layer) => say(WORDS[layer] || layer);

  /** What a screen reader hears: name, kind of place, state, how far. @param {string} layer @param {Object} feature */
  function label(layer, feature) {
    const state = geoMap.store.layers.get(layer).states.get(String(feature.id));
    const parts = [geoMap.nameOf(feature), word(layer)];
    if (state) parts.push(geoMap.time.sentence(state, geoMap.store.shownTime()).text);
    if (isRough(layer, feature)) parts.push(roughly(feature));
    else if (layer === "shelters" && geoMap.focus && geoMap.focus.isChosen) parts.push(geoMap.focus.farFrom(feature));
    return parts.join(", ");
  }

  /** A Leaflet icon that builds its element itself: no text of ours or anybody's is ever read as markup. */
  const MarkIcon = L.Icon.extend({
    options: { iconSize: [44, 44], iconAnchor: [22, 22], className: "mark-icon" },
    createIcon() {
      const element = geoMap.make("div", { "aria-label": this.options.label }, draw(this.options.layer, this.options.classes));
      this._setIconStyles(element, "icon");
      return element;
    },
    createShadow: () => null,
  });

  /** Close by, a place known to the dong only is a name with its doubt, not a pin: a pin would point at a house. */
  const RoughIcon = MarkIcon.extend({
    options: { iconSize: null, iconAnchor: null, className: "rough-icon" },
    createIcon() {
      const { layer, feature } = this.options;
      const text = geoMap.make("span", {}, geoMap.make("span", {}, geoMap.nameOf(feature)), geoMap.make("small", {}, roughly(feature)));
      const mark = draw(layer, this.options.classes.replace("is-range", ""));
      const element = geoMap.make("div", { "aria-label": this.options.label }, geoMap.make("span", { class: "rough-name" }, mark, text));
      this._setIconStyles(element, "icon");
      return element;
    },
  });

  /** @param {string} layer @param {Object} feature @param {boolean} [isNear] is the map so near that a pin would be too sharp? */
  function icon(layer, feature, isNear) {
    const Icon = isNear && isRough(layer, feature) ? RoughIcon : MarkIcon;
    return new Icon({ layer, feature, classes: classes(layer, feature), label: label(layer, feature) });
  }

  geoMap.marks = { draw, icon, classes, label, word, precision, isRough, isRecruiting };
}());
