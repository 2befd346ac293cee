"""The tables of the desk's file."""

from geo_app.storage.database import FileKind

# Times are ISO 8601 in UTC with microseconds: they sort as text.
_SCHEMA = """
CREATE TABLE imports (
    file_sha256 TEXT NOT NULL,
    layer TEXT NOT NULL,
    source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (file_sha256, layer, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX imports_by_age ON imports (imported_at);
"""

# "GSDK" in ASCII tells a desk from any other SQLite file. What the office lets go is overwritten with zeros, not only unlinked.
DESK_FILE = FileKind(application_id=0x4753444B, schema_version=1, schema=_SCHEMA, pragmas=("secure_delete = ON",))
