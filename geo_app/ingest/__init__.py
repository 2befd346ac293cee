"""Files from outside become drafts and problems; guilty until parsed.

Lives here: encodings, CSV, spreadsheets, GeoJSON, the columns and words of Korean public data, coordinate systems as files write
them, and the meeting of rows with records. Nothing here asks GDAL to open an upload, follows a link or reads a second file.
Streets have a room of their own, `roads`, with rules of its own.
May know: `domain`, `spatial`, the standard library, openpyxl's number formats, shapely.
Must never know: stores, snapshots, doors, or sentences for people (a problem is a code with values).
"""
