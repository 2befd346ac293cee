/* Metres on the ellipsoid with nothing but the phone: for the finder and the map, so that a position need not be sent to be compared. */
(function () {
  "use strict";
  // WGS 84. GRS 80, which the server measures on, differs from it by a tenth of a millimetre at the pole.
  const EQUATOR_M = 6378137;
  const SQUARED_ECCENTRICITY = 0.00669437999014;
  const MEAN_RADIUS_M = 6371008.8;
  const RADIANS = Math.PI / 180;

  /** Metres from the earth's middle along its three axes, for a point on the ellipsoid. */
  function inSpace(lon, lat) {
    const sine = Math.sin(lat * RADIANS);
    const acrossM = EQUATOR_M / Math.sqrt(1 - SQUARED_ECCENTRICITY * sine * sine);
    const fromAxisM = acrossM * Math.cos(lat * RADIANS);
    return [fromAxisM * Math.cos(lon * RADIANS), fromAxisM * Math.sin(lon * RADIANS), acrossM * (1 - SQUARED_ECCENTRICITY) * sine];
  }

  /**
   * Metres between two points in EPSG:4326: the straight line through the ellipsoid, bent back over the earth. Within a millionth of the
   * geodesic over 300 km, where the bend is all that is not exact.
   */
  self.geoDistanceM = function (lonA, latA, lonB, latB) {
    const [xA, yA, zA] = inSpace(lonA, latA);
    const [xB, yB, zB] = inSpace(lonB, latB);
    const chordM = Math.hypot(xB - xA, yB - yA, zB - zA);
    return 2 * MEAN_RADIUS_M * Math.asin(Math.min(1, chordM / (2 * MEAN_RADIUS_M)));
  };
}());
