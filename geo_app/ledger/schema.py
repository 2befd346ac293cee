"""The tables of a ledger file. The file itself refuses to forget: even a stray SQL shell cannot update, delete or replace a row."""

from geo_app.storage.database import FileKind

# A revision's changes are written before its own row, which then seals it: `changes` takes rows of the coming revision only, and
# the deferred reference lets no commit leave them without it. INSERT OR REPLACE fires no DELETE trigger, hence the INSERT ones.
_SCHEMA = """
CREATE TABLE revisions (
    number INTEGER PRIMARY KEY,
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    made_at TEXT NOT NULL,
    change_count INTEGER NOT NULL,
    collections TEXT NOT NULL,
    previous_sha256 TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE changes (
    id INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES revisions (number) DEFERRABLE INITIALLY DEFERRED,
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT,
    sha256 TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX changes_by_record ON changes (collection, key, revision);
CREATE INDEX changes_by_revision ON changes (revision);

CREATE TRIGGER revisions_follow BEFORE INSERT ON revisions
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM revisions)
BEGIN SELECT RAISE(ABORT, 'a revision follows the head'); END;

CREATE TRIGGER changes_precede BEFORE INSERT ON changes
WHEN NEW.revision IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM revisions) OR EXISTS (SELECT 1 FROM changes WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a sealed revision takes no change'); END;

CREATE TRIGGER revisions_stay BEFORE UPDATE ON revisions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER revisions_remain BEFORE DELETE ON revisions BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER changes_remain BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""

# "GSLG" in ASCII tells a ledger from any other SQLite file.
LEDGER_FILE = FileKind(application_id=0x47534C47, schema_version=1, schema=_SCHEMA)
