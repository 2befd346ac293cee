"""The published facts, append-only: numbered revisions, SHA-256 chained from the first one on.

Lives here: the port every store of facts must offer (`port.Ledger`), its SQLite and in-memory forms, the seal that both share,
the audit that recomputes it, and the way back to an earlier state (a new revision, never an overwriting).
May know: `domain`, and SQL. Must never know: what a layer means, people's data, the clock (`made_at` is in the draft), the desk.
"""
