/* What the page knows: the layers with their features and states, which are on, and the time shown. */
(function () {
  "use strict";
  const geoMap = window.geoMap;
  const { constants, events } = geoMap;

  /**
   * @typedef {Object} LayerState
   * @property {string} name
   * @property {Map<string, Object>} features by id
   * @property {Map<string, Array>} states by id (time.js) @property {Object<string, string>} latin names in Latin letters by id
   * @property {?string} statesAt the time they hold for @property {number} missedAt when they were asked for in vain, else 0
   * @property {Object|null} counts @property {number|null} revision
   * @property {boolean} isOn @property {boolean} isLoading @property {boolean} isTrouble @property {boolean} isLoaded
   */

  /** @type {Map<string, LayerState>} */
  const layers = new Map(constants.layers.map((name) => [name, {
    name, features: new Map(), states: new Map(), latin: {}, statesAt: null, missedAt: 0, counts: null, revision: null,
    isOn: constants.first.includes(name), isLoading: false, isTrouble: false, isLoaded: false, wanted: 0,
  }]));

  const store = { layers, at: null, wait: new Map() };
  geoMap.store = store;

  /** The time shown: the chosen one, else Seoul's now. */
  store.shownTime = () => geoMap.time.read(store.at) || geoMap.time.now();

  /** Fetches a layer, and its states where it has hours; several askers share one fetch. @param {string} name @returns {Promise<void>} */
  store.load = function (name) {
    if (!store.wait.has(name)) store.wait.set(name, fetchLayer(layers.get(name)).finally(() => store.wait.delete(name)));
    return store.wait.get(name);
  };

  async function fetchLayer(layer) {
    layer.isLoading = true;
    layer.isTrouble = false;
    events.fire("layer", { name: layer.name });
    try {
      const [answer] = await Promise.all([geoMap.ask("layer", { layer: layer.name }), store.loadStates(layer.name), loadLatin(layer)]);
      layer.features = new Map(answer.features.map((feature) => [String(feature.id), feature]));
      layer.counts = answer.counts || null;
      layer.revision = answer.revision;
      layer.isLoaded = true;
    } catch (fault) {
      layer.isTrouble = true;
    }
    layer.isLoading = false;
    events.fire("layer", { name: layer.name, isNew: !layer.isTrouble });
  }

  /** Names in the letters of a reader of another language (dongs bring theirs). What does not come is done without. */
  async function loadLatin(layer) {
    if (constants.lang === "ko" || layer.name === "dongs") return;
    try {
      layer.latin = (await geoMap.ask("latin", {}, { layer: layer.name })).names;
    } catch (fault) {
      // The Korean name is there all the same, and stands on the building.
    }
  }

  /** Asks anew which sites are open at the time shown. Without an answer every state is unknown: an old one could be wrong. @param {string} name */
  store.loadStates = async function (name) {
    const layer = layers.get(name);
    if (!constants.with_hours.includes(name)) return;
    const turn = ++layer.wanted;
    const at = store.at;
    let states = null;
    try {
      const answer = await geoMap.ask("states", {}, { layer: name, at: at || "now" });
      states = new Map(Object.entries(answer.states));
    } catch (fault) {
      states = null;
    }
    if (turn !== layer.wanted) return;
    layer.states = states || new Map();
    layer.statesAt = at;
    layer.missedAt = states ? 0 : Date.now();
    events.fire("states", { name });
  };

  /** @param {string} name @param {boolean} isOn */
  store.setOn = function (name, isOn) {
    const layer = layers.get(name);
    if (!layer || layer.isOn === isOn) return Promise.resolve();
    layer.isOn = isOn;
    events.fire("visible", { name });
    return isOn && !layer.isLoaded ? store.load(name) : Promise.resolve();
  };

  /** Shows another time; null is now. @param {string|null} at "2026-01-13T02:10" */
  store.setAt = function (at) {
    if (store.at === at) return;
    store.at = at;
    events.fire("at");
    for (const layer of layers.values()) if (layer.isLoaded) store.loadStates(layer.name);
  };

  /** @param {string} name @param {string} id */
  store.find = (name, id) => layers.get(name) && layers.get(name).features.get(id);
}());
