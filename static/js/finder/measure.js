/* The district's outline, with nothing but the phone. */
(function () {
  "use strict";
  const { geoFinder } = window;
  geoFinder.distanceM = self.geoDistanceM;

  /** True where a ray to the east crosses the rings an even number of times; never outside an outline that is not known. */
  geoFinder.isOutside = function (rings, lon, lat) {
    let isInside = false;
    for (const ring of rings) {
      for (let corner = 1; corner < ring.length; corner += 1) {
        const [lonA, latA] = ring[corner - 1];
        const [lonB, latB] = ring[corner];
        if (latA > lat !== latB > lat && lon < (lonB - lonA) * (lat - latA) / (latB - latA) + lonA) isInside = !isInside;
      }
    }
    return rings.length > 0 && !isInside;
  };
}());
