"""Files out: a layer's published features as GeoJSON, CSV, XLSX or GeoPackage, each of which comes back in unchanged.

Lives here: the writers, the columns of a table of sites, what a format cannot hold.
May know: `domain`, `ingest` (the same columns and the same formula marks on the way in), openpyxl, pyogrio.
Must never know: stores, snapshots, Flask, Folium; features come as plain GeoJSON objects.
"""
