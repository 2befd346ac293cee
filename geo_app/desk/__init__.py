"""What changes and expires: the office's own notes, never part of a published number.

Lives here: one SQLite file beside the ledger, and what has been imported already. Every kind of note is written with its time and
leaves by age (`expire_…`); what is erased is overwritten with zeros.
May know: `domain`, and SQL. Must never know: the ledger, published facts, the clock (times are arguments).
"""
