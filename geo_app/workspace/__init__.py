"""The room that joins the stores: publishing a revision, freezing it, holding the newest snapshot, founding a district.

Lives here: the data folder, publishing, imports, samples, the keeper of the snapshot, the board of riders' reports;
published files, and the room of a machine outside that serves one.
May know: ledger, desk, ingest, finder, snapshot.
Must never know: Flask, click, the environment, sentences for people.
"""
