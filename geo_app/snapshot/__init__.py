"""One revision, frozen: what the public may see, layer by layer, ready to be sent and asked.

A layer is frozen into a *pack*, a folder of plain files made once by whoever publishes and shared by every worker: the GeoJSON
bytes (raw, gzip, brotli), the published features, coordinates, distinct opening schedules. A worker only maps these files into
memory and builds the R-tree from the arrays, so a change costs the requests beside it almost nothing.
Lives here: the published form of a site, packs, layer snapshots, the opening book, the pack of the streets.
May know: `domain`, `spatial`, `travel.streets`.
Must never know: the ledger, SQL, doors, the clock.
"""
