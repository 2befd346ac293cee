"""The tables of the desk's file, a step for each version of it."""

from geo_app.storage.database import FileKind

# Times are ISO 8601 in UTC with microseconds: they sort as text.
_IMPORTS = (
    """
CREATE TABLE imports (
    file_sha256 TEXT NOT NULL,
    layer TEXT NOT NULL,
    source TEXT NOT NULL,
    revision INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    PRIMARY KEY (file_sha256, layer, source)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX imports_by_age ON imports (imported_at)",
)

# `day` is the Seoul day whose key made `tag`; when that day is over the tag is erased and only what was seen remains.
# `number` grows with every change, also past deleted rows, so that a reader can ask for what is newer than what it holds.
# A tap is every accepted press, a report only what stands: who presses again replaces a report, yet has used up a tap.
_REPORTS = (
    """
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    site_id TEXT NOT NULL,
    seen TEXT NOT NULL CHECK (seen IN ('open', 'closed')),
    reported_at TEXT NOT NULL,
    day TEXT NOT NULL,
    tag TEXT
) STRICT
""",
    "CREATE UNIQUE INDEX standing_reports ON reports (site_id, tag) WHERE tag IS NOT NULL",
    "CREATE INDEX reports_by_place ON reports (site_id, seen, reported_at)",
    "CREATE TABLE report_numbers (only_row INTEGER PRIMARY KEY CHECK (only_row = 1), newest INTEGER NOT NULL) STRICT",
    "INSERT INTO report_numbers (only_row, newest) VALUES (1, 0)",
    """
CREATE TABLE report_taps (
    tapped_at TEXT NOT NULL,
    site_id TEXT NOT NULL,
    day TEXT NOT NULL,
    tag TEXT
) STRICT
""",
    "CREATE INDEX report_taps_by_age ON report_taps (tapped_at)",
)

# `vouching` is what an open door says of the published hours (0 nothing, 1 half a check, 2 a check), `changes` how often its reporter
# turned it round. A tap that `is_first` is a reporter's first of that place and day: only these use up what fits for a place and in all.
# Reports without a reporter keep the minute only; those of before nobody can weigh any more, so they are no checks.
_VOUCHING = (
    "ALTER TABLE reports ADD COLUMN vouching INTEGER NOT NULL DEFAULT 0 CHECK (vouching IN (0, 1, 2))",
    "ALTER TABLE reports ADD COLUMN changes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE report_taps ADD COLUMN is_first INTEGER NOT NULL DEFAULT 1",
    "UPDATE reports SET reported_at = substr(reported_at, 1, 16) || ':00.000000+00:00' WHERE tag IS NULL",
    "UPDATE report_taps SET tapped_at = substr(tapped_at, 1, 16) || ':00.000000+00:00' WHERE tag IS NULL",
)

# STEPS[n] makes version n + 1 out of version n.
STEPS: tuple[tuple[str, ...], ...] = (_IMPORTS, _REPORTS, _VOUCHING)

# "GSDK" in ASCII tells a desk from any other SQLite file. What the office lets go is overwritten with zeros, not only unlinked.
DESK_FILE = FileKind(
    application_id=0x4753444B,
    schema_version=len(STEPS),
    schema=";\n".join(statement for step in STEPS for statement in step) + ";",
    pragmas=("secure_delete = ON",),
)
