"""Opening hours as people write them in Korean become the canonical form, or are refused by the piece that is not certain.

Lives here: letters, words, times, days, seasons and holidays of Korean hours texts, and what they mean together.
May know: `domain.hours` (the grammar they end in), the standard library.
Must never know: cells, files, stores, the clock, or sentences for people (a refusal is a code with a piece and a place).

The one promise: never silently wrong. Every token of a text is consumed by a rule; what is left over, or may be read in two ways,
refuses the whole text. The way through the files: `letters` → `tokens` (with `words`) → `reading` (with `times`, `days`, `seasons`,
and for ways of writing `named_sittings`, `doors` and `carried`) → `facts` → `scopes` and `breaks` → `weeks` → `holidays` → `converting`.
"""

from geo_app.ingest.hours_text.converted import AlertHours, Converted, Note, TextFault, TextRefusal
from geo_app.ingest.hours_text.converting import convert_hours_text

__all__ = ["AlertHours", "Converted", "Note", "TextFault", "TextRefusal", "convert_hours_text"]
