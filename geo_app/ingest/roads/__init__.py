"""Streets from outside: a file of OpenStreetMap or the national node-link file becomes one street graph, or a problem that says why not.

Lives here: what tags and rank codes mean for walkers, bicycles and motorbikes; reading `.osm.pbf`, `.osm` and shapefiles; making
the graph. A shapefile is read by our own few lines, never by GDAL, which would open whatever a file pretends to be.
May know: `domain`, `spatial`, `travel.streets` (what a street is), osmium (an extra), scipy for components.
Must never know: stores, snapshots, doors, sentences for people. A shapefile's parts (.shp, .dbf, .prj) lie beside each other: this
is the one place that reads more than the file it was given.
"""
