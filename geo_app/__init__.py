"""광산 일터·쉼터 지도 (Gwangsan Work & Shelter Map): a district's work-and-rest places, told true.

The floors, from the top (imports point down only; import-linter keeps it):

    wsgi
    cli | web                                  the doors: parse, ask, show
    settings                                   read once; only what stands above may see it
    maps | papers | exports                    Folium shells | posters and stickers (PDF) | files out
    cartography                                marks and colours, the same on every surface
    workspace                                  joins ledger, desk and snapshot
    ledger | desk | ingest | finder | planning facts | mutable things | files in | a rider's questions | a planner's
    snapshot                                   one revision, frozen, layer by layer
    travel                                     minutes on the way
    spatial                                    CRS, geodesy, R-tree
    wording | assets | storage                 words and CLDR formats | the project's own files | one SQLite file, opened safely
    domain                                     frozen values and pure rules; no I/O, no clock, no text
"""

__version__ = "0.1.0"
