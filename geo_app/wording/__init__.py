"""The words: message catalogues, CLDR formats, read-back of hours, sentences for problems and errors.

Lives here: the only callers of gettext catalogues and Babel. A message id is the English sentence with `{named}` places; each room
has its own catalogue file below `locale/<lang>/` (`pages.po`, `map.po`, `problems.po` …) and all of a language are read as one.
May know: `domain`. Must never know: Flask, requests, the clock.
"""
