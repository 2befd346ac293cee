"""The doors of OGC API – Features: a room of the web whose every address stands under `/ogc/`.

Lives here: collections and what each says of itself, the questions that may be asked of their features, the forms of the answers.
May know: the rest of the web and everything below. Must never know: how a filter is judged or a feature found (`finder` does both).
"""
