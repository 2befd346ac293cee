"""Files out: a layer's published features as GeoJSON, CSV, XLSX, GeoPackage or KML, each of which comes back in unchanged.

Lives here: the writers, the columns of a table of sites, what a format cannot hold.
Lives here too: what planning answers as JSON and as tables, the same for a door, a file and the command line.
May know: `domain`, `planning`'s answers, `wording`, `ingest` (the same columns and formula marks on the way in), openpyxl, pyogrio.
Must never know: stores, snapshots, Flask, Folium; features come as plain GeoJSON objects.
"""
