"""Where things are and how far apart: coordinate systems, geodesic distances, the R-tree.

Lives here: the only callers of pyproj and rtree. Stored and published coordinates are EPSG:4326, longitude first; indexed and
measured in EPSG:5186 metres; confirmed and published as geodesic metres on the GRS 80 ellipsoid.
May know: `domain`. Must never know: records, hours, files, doors.
"""
