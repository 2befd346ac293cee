"""What changes and expires: the office's own notes and riders' reports, never part of a published number.

Lives here: one SQLite file beside the ledger: what has been imported already, what riders said of a door and what they wish for,
scenarios under the digest of their link, and how much of each an hour takes; on a machine outside the same tables are the inbox. Every
kind of note is written with its time and leaves by age (`expire_…`, `tidy_…`); what is erased is overwritten with zeros.
May know: `domain`, and SQL. Must never know: the ledger, published facts, a person's address, the clock (times are arguments).
What it cannot do: of a reporter it knows a day's tag of a connection, so those who share one count as one, and one as two after midnight.
"""
