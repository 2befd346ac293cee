"""One SQLite file, opened safely: made whole or not at all, shared by threads and processes, copied at once, its faults told.

Lives here: connections, their pragmas, creation, backup, and `BrokenStore` for every way a file can fail.
May know: `domain`. Must never know: which tables a file holds; its room brings them as a `FileKind`.
"""
