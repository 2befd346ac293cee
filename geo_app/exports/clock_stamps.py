"""Files that say when their data was made and not when they were written, so that equal tables have equal bytes."""

import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # a zip can tell no earlier time; the workbook tells its own in its properties
_PROPERTIES = "docProps/core.xml"
# Written whole, not mended: which prefixes stand in openpyxl's own depends on what else the process has registered with its XML library.
_WRITTEN = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:creator>openpyxl</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>"""


def set_clock_of_xlsx(path: Path, made_at: datetime) -> None:
    """The workbook as if written at `made_at` (a time with a zone): openpyxl stamps the present into the archive and its properties."""
    properties = _WRITTEN.format(stamp=f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}").encode()
    written = BytesIO()
    with zipfile.ZipFile(path) as found, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in found.infolist():
            data = properties if entry.filename == _PROPERTIES else found.read(entry)
            kept.writestr(zipfile.ZipInfo(entry.filename, _ZIP_EPOCH), data, zipfile.ZIP_DEFLATED)
    path.write_bytes(written.getvalue())


def set_clock_of_gpkg(path: Path, made_at: datetime) -> None:
    """The GeoPackage as if written at `made_at` (a time with a zone): GDAL stamps the present into two of its own tables."""
    stamp = f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    with closing(sqlite3.connect(path, isolation_level=None)) as package:
        package.execute("UPDATE gpkg_contents SET last_change = ?", (stamp,))
        package.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (stamp,))
        package.execute("VACUUM")  # pages that updates left behind hold the old stamps
