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

# A wish keeps a place of the gazetteer, an hour and a date; its `tag` is erased with the day. Of a scenario's link only the SHA-256 is
# kept, and of its use only the day. `taps` is what an hour took of each kind; a `subject` is a place, or "" where there is none.
_WISHES_AND_SCENARIOS = (
    """
CREATE TABLE wishes (
    id INTEGER PRIMARY KEY,
    place TEXT NOT NULL,
    days TEXT NOT NULL CHECK (days IN ('weekday', 'saturday', 'sunday')),
    hour INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    made_on TEXT NOT NULL,
    tag TEXT
) STRICT
""",
    "CREATE UNIQUE INDEX standing_wishes ON wishes (place, days, hour, made_on, tag) WHERE tag IS NOT NULL",
    "CREATE INDEX wishes_by_time ON wishes (place, days, hour)",
    "CREATE INDEX wishes_by_age ON wishes (made_on)",
    """
CREATE TABLE scenarios (
    token_sha256 TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    note TEXT NOT NULL,
    edits TEXT NOT NULL,
    parameters TEXT NOT NULL,
    base_revision INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    used_on TEXT NOT NULL
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX scenarios_by_use ON scenarios (used_on, made_at)",
    """
CREATE TABLE taps (
    kind TEXT NOT NULL,
    tapped_at TEXT NOT NULL,
    subject TEXT NOT NULL,
    day TEXT NOT NULL,
    tag TEXT
) STRICT
""",
    "CREATE INDEX taps_by_age ON taps (kind, tapped_at)",
)

# What was taken in from inboxes of machines outside, by the name of the inbox and the note's number there: the same inbox twice changes
# nothing. `report_id` is NULL once the report has been let go here.
_TAKEN = (
    """
CREATE TABLE taken_reports (
    inbox TEXT NOT NULL,
    slip INTEGER NOT NULL,
    number INTEGER NOT NULL,
    reported_at TEXT NOT NULL,
    report_id INTEGER REFERENCES reports (id) ON DELETE SET NULL,
    PRIMARY KEY (inbox, slip)
) STRICT, WITHOUT ROWID
""",
    "CREATE INDEX taken_reports_by_report ON taken_reports (report_id)",
    """
CREATE TABLE taken_wishes (
    inbox TEXT NOT NULL,
    wish INTEGER NOT NULL,
    made_on TEXT NOT NULL,
    PRIMARY KEY (inbox, wish)
) STRICT, WITHOUT ROWID
""",
)

# STEPS[n] makes version n + 1 out of version n.
STEPS: tuple[tuple[str, ...], ...] = (_IMPORTS, _REPORTS, _VOUCHING, _WISHES_AND_SCENARIOS, _TAKEN)

# "GSDK" in ASCII tells a desk from any other SQLite file. What the office lets go is overwritten with zeros, not only unlinked.
DESK_FILE = FileKind(
    application_id=0x4753444B,
    schema_version=len(STEPS),
    schema=";\n".join(statement for step in STEPS for statement in step) + ";",
    pragmas=("secure_delete = ON",),
)
