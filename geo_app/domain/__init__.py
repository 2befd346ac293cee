"""The district's nouns as frozen values, and the rules that need nothing else.

Lives here: sites and their layers, provenance, hours and the calendar, changes and revisions, problems and errors.
May know: the standard library, shapely geometries, the opening-hours grammar.
Must never know: files, databases, the clock (`at` is an argument), the environment, or sentences for people
(a problem is a code with values; `wording` has the words).
"""
