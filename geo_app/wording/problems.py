"""Sentences for problems and errors: for every code what is wrong, and what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from geo_app.domain.errors import GeoAppError
from geo_app.domain.problem import Problem
from geo_app.wording.catalogue import Words
from geo_app.wording.demand_terms import DEMAND_PROBLEM_WORDS
from geo_app.wording.hours_text import HOURS_TEXT_WORDS, hours_text_places, reason_sentence
from geo_app.wording.labels import ALERT_KIND_WORDS, HOLIDAY_KIND_WORDS, label
from geo_app.wording.readback import REFUSAL_WORDS
from geo_app.wording.road_words import ROAD_PROBLEM_WORDS

_REFUSALS = {reason.value: sentence for reason, sentence in REFUSAL_WORDS.items()}
_KIND_WORDS = {"holiday-conflict": HOLIDAY_KIND_WORDS, "alert-conflict": ALERT_KIND_WORDS, "unknown-alert": ALERT_KIND_WORDS}
_UNKNOWN = "…"
_GUESS = "Probably meant: {guess}."


def problem_sentence(problem: Problem, words: Words) -> str:
    """What is wrong; the code itself where nobody has words for it.

    >>> from geo_app.wording.catalogue import get_words
    >>> problem_sentence(Problem("outside-district", value="126.9, 35.2", details={"distance_m": 812}), get_words("en"))
    'The place lies 812 m outside the district (126.9, 35.2).'
    """
    return _fill(_sentence(problem.code, problem.details), _places(problem, words), words, problem.code)


def problem_hint(problem: Problem, words: Words) -> str:
    """What to do about it; empty where nobody has words for the code."""
    if str(problem.details.get("reason")) in HOURS_TEXT_WORDS and problem.code == "hours-not-understood":
        # Whoever wrote words is told what to write in words.
        return f"{reason_sentence(problem, words)} {words(HOURS_TEXT_WORDS[str(problem.details['reason'])][1])}"
    known = PROBLEM_WORDS.get("bad-hours" if _refusal_words(problem.code) else problem.code)
    hint = _fill(known[1], _places(problem, words), words, "") if known else ""
    return f"{reason_sentence(problem, words)} {hint}".strip()


def error_sentence(error: GeoAppError, words: Words) -> str:
    """What went wrong and what to do, in one line; the code and its values where nobody has words for it."""
    known = PROBLEM_WORDS.get(error.code)
    if known is None:
        return str(error)
    places = {name: _shown(value) for name, value in error.values.items()}
    if error.code in _KIND_WORDS:
        places["kind"] = label(words, _KIND_WORDS[error.code], places.get("kind"))
    sentence = _fill(_sentence(error.code, error.values), places, words, error.code)
    return f"{sentence} {_fill(known[1], places, words, '')}".strip()


class _Places(dict[str, str]):
    """The values of a sentence; a place without a value shows an ellipsis instead of failing."""

    def __missing__(self, name: str) -> str:
        return _UNKNOWN


def _sentence(code: str, details: Mapping[str, object]) -> str | None:
    """The sentence of a code; a refusal of hours has the words of the read-back."""
    refused = _refusal_words(str(details.get("reason")) if code == "bad-hours" else code)
    known = PROBLEM_WORDS.get(code)
    return refused or (known[0] if known else None)


def _refusal_words(code: str) -> str | None:
    return _REFUSALS.get(code)


def _fill(msgid: str | None, places: Mapping[str, str], words: Words, fallback: str) -> str:
    # The values are filled in last and never read as a format themselves: a shop may be called "{x}".
    return fallback if msgid is None else words(msgid).format_map(_Places(places)).strip()


def _places(problem: Problem, words: Words) -> dict[str, str]:
    told = {"line": problem.line, "column": problem.column, "value": problem.value, "code": problem.code}
    places = {name: _shown(value) for name, value in {**told, **problem.details}.items() if value is not None}
    if "guess" in places and problem.code.startswith("bad-"):
        places["guess"] = words(_GUESS).format_map(_Places(places)) if places["guess"] else ""
    return {**places, **hours_text_places(problem, words)}


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= _GROUPED_FROM else str(value)


_GROUPED_FROM = 10_000
# Code → (what is wrong, what to do), with named places from the problem's line, column, value and details.
PROBLEM_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "bad-streets": ("The street network is not usable ({array}: {reason}).", "Import the file of streets again."),
    "file-too-large": ("The file is {size_mb} MB; at most {limit_mb} MB are read.", "Split the file and import the parts one by one."),
    "unsupported-format": ("Files of this kind are not read: {value}.", "Save it as CSV, XLSX, GeoJSON, GeoPackage or KML ({known})."),
    "content-mismatch": (
        "The content is not what the ending {extension} says: it looks like {found}.",
        "Open it in the program it comes from and save it anew as a file of that kind.",
    ),
    "empty-file": ("The file is empty.", "Check that the right file was chosen."),
    "no-rows": ("The file has a header and no rows.", "Put at least one place below the header line."),
    "duplicate-header": ("Two columns have the same name: {column}.", "Give each column its own name."),
    "mixed-encodings": (
        "From line {line} on the text is in another encoding than before.",
        "Save the whole file as UTF-8 and import it again.",
    ),
    "unknown-encoding": ("The text cannot be read as {encoding}.", "Save the file as UTF-8 and import it again."),
    "line-too-long": ("A line is longer than {limit} characters.", "Check the quotation marks and line breaks of the file."),
    "cell-too-long": ("A cell is longer than {limit} characters.", "Look for a quotation mark that is never closed."),
    "too-many-rows": ("There are more than {limit} rows.", "Split the file and import the parts one by one."),
    "too-many-columns": (
        "There are more than {limit} columns.",
        "Delete the columns that are not needed, also empty ones far to the right.",
    ),
    "no-name-column": ("No column holds the names. Columns found: {columns}.", "Call the column 시설명 or name."),
    "no-place-columns": (
        "There is neither a pair of coordinates nor an address. Columns found: {columns}.",
        "Add 위도 and 경도, or 도로명주소.",
    ),
    "broken-json": ("The JSON is broken in line {line}.", "Export the file again from the program it comes from."),
    "json-too-deep": ("The JSON is nested deeper than {limit} levels.", "Export the file again as plain GeoJSON."),
    "duplicate-json-key": ("The member “{key}” stands twice in one object (line {line}).", "Remove one of the two."),
    "integer-too-long": ("A whole number has more than {limit} digits (line {line}).", "Correct the number."),
    "json-not-finite": ("{value} in line {line} is not a number that JSON knows.", "Correct the number or leave the member out."),
    "feature-too-large": ("One feature is larger than {limit} characters.", "Simplify the shape."),
    "not-geojson": ("This is not a FeatureCollection: {found}.", "Export the data as a GeoJSON FeatureCollection."),
    "not-a-feature": ("This member is not a Feature: {value}.", "Export the data as a GeoJSON FeatureCollection."),
    "broken-workbook": ("The workbook cannot be read ({reason}).", "Open it in Excel and save it again as .xlsx."),
    "workbook-too-large": (
        "Unpacked, the workbook is larger than {limit} ({what}).",
        "Delete pictures, other sheets and unused rows, and save it again.",
    ),
    "workbook-has-entities": (
        "The workbook holds XML declarations that are not allowed ({value}).",
        "Copy the cells into a new workbook.",
    ),
    "other-sheets-ignored": (
        "Only the first sheet ({read}) is read; left out: {ignored}.",
        "Import further sheets as files of their own.",
    ),
    "no-gpkg-table": (
        "The GeoPackage names no plain table of features ({found}).",
        "Save the layer as a new GeoPackage; views and virtual tables are not read.",
    ),
    "broken-gpkg": ("The GeoPackage cannot be read ({reason}).", "Save the layer as a new GeoPackage in the program it comes from."),
    "other-tables-ignored": ("Only the table {read} is read; left out: {ignored}.", "Import further tables as files of their own."),
    "binary-cell": ("Line {line}, column {column}: the cell holds bytes, no text.", "Leave the column out or write the value as text."),
    "not-kml": ("This is not KML: {found}.", "Export the data as KML, or choose another format."),
    "broken-kml": ("The KML is broken near line {line} ({reason}).", "Export the file again from the program it comes from."),
    "kml-has-entities": ("The KML holds declarations (DTD, entities) that are not allowed.", "Export the file again without them."),
    "kml-has-links": (
        "The KML points to another document (NetworkLink, line {line}); nothing is fetched.",
        "Open that document and import it itself.",
    ),
    "kml-too-deep": ("The KML is nested deeper than {limit} levels.", "Export the file again with fewer folders in each other."),
    "formula-without-value": ("The cell holds a formula without a value.", "Copy the column and paste it as values."),
    "formula-error": ("The cell holds an error: {value}.", "Correct the formula or write the value."),
    "ragged-row": ("The row has {found} cells, the header {expected}.", "Look for a missing or an extra separator or quotation mark."),
    "nul-character": ("The row holds a zero byte.", "Save the file again as text."),
    "bad-quotes": ("The quotation marks of this row do not close.", "Write a quotation mark inside a cell twice."),
    "column-ignored": ("The column “{column}” is not used.", "Rename it if it holds something that the map shows."),
    "more-of-the-same": (
        "{count} more of the same kind ({code}) are not listed.",
        "Correct those that are listed and import the file again.",
    ),
    "blank-name": ("The name is empty.", "Write the name, or delete the row."),
    "text-too-long": ("The text has {length} characters; at most {limit} are kept.", "Shorten it."),
    "half-character": ("The text holds half a character: {value}.", "Write the text again."),
    "invisible-characters": ("Invisible characters were taken out ({marks}).", "Check that the text reads as it should."),
    "replacement-character": ("The text holds “�”: letters were lost before it came here.", "Write the text again."),
    "bad-number": ("“{value}” is not a number. {guess}", "Write it with the digits 0 to 9."),
    "bad-date": ("“{value}” is not a date.", "Write it as 2026-11-21."),
    "bad-url": ("“{value}” is not a web address that may be linked.", "Write the whole address with https://."),
    "bad-json": ("“{value}” is not JSON.", "Leave the column as the export wrote it."),
    "unknown-choice": ("“{value}” is none of the words for {field}.", "Use one of: {known}."),
    "choice-ignored": ("“{value}” was left out: the word is not known here.", "Known words: {known}."),
    "kind-taken-as-other": ("The kind “{value}” was taken as “other”.", "Known kinds: {known}."),
    "purchase-told-twice": (
        "The row says both that people are expected to buy something and that they need not.",
        "Ask the place which holds; until then the list counts it as one where people are expected to buy.",
    ),
    "hours-not-understood": (
        "The hours are kept as text only: {value}. Whether the door is open stays unknown.",
        "Write them for example as Mo-Fr 09:00-18:00; Sa 10:00-14:00.",
    ),
    "bad-opening-hours": (
        "“{value}” are no opening hours in the notation.",
        "Write them for example as Mo-Fr 09:00-18:00; Sa 10:00-14:00.",
    ),
    "bad-holiday-rule": (
        "“{value}” is no rule for public holidays.",
        "Use closed, sunday, usual, closed-seollal-chuseok or hours:10:00-16:00.",
    ),
    "bad-hours-list": ("The list of hours does not have its form: {value}.", "Leave the column as the export wrote it."),
    "bad-closures": (
        "The list of closures does not have its form: {value}.",
        "Write each as 2026-12-01~2026-12-03 repairs, several joined by “;”; the first day may not be after the last.",
    ),
    "bad-dated-hours": (
        "The list of hours of single days does not have its form: {value}.",
        "Write each as 2026-12-31 09:00-12:00 short day, several joined by “;”; the first day may not be after the last.",
    ),
    "bad-coordinate": ("“{value}” is not a coordinate in plain decimals. {guess}", "Write it as 35.1395 or 126.7930."),
    "coordinate-not-finite": ("“{value}” is not a finite number.", "Write the coordinate as 35.1395 or 126.7930."),
    "half-coordinates": ("Only one of the two coordinates is there: {value}.", "Write both, or leave both empty."),
    "zero-coordinates": ("The coordinates are 0, 0: a place in the Atlantic.", "Leave both empty if they are not known."),
    "swapped-axes": (
        "Longitude and latitude seem swapped: {value}.",
        "Swapped they lie in the district ({guess}). Swap the two columns, or import with --repair-swapped.",
    ),
    "axes-put-right": ("Longitude and latitude were swapped and are put right: {guess}.", "Look at the place on the map."),
    "longitude-off-by-a-turn": ("The longitude is off by 360 degrees: {value}.", "Probably meant: {guess}."),
    "coordinate-off-globe": ("There is no such place on the globe: {value}.", "Check the coordinates and their system."),
    "other-crs-in-row": (
        "The numbers are not {used} like the file's others, but fit {crs}: {value}.",
        "Read so the place lies in the district ({guess}). Convert them, or import these rows as a file of their own (--crs).",
    ),
    "outside-district": (
        "The place lies {distance_m} m outside the district ({value}).",
        "Check the coordinates; a place just over the border can be let in on purpose (--allow-outside).",
    ),
    "place-disagrees": ("The address names {district}, the coordinates lie outside it: {value}.", "Check which of the two is right."),
    "imprecise-coordinates": (
        "The coordinates have {decimals} decimals: too few for a place. It is listed, not drawn.",
        "Write at least 4 decimals.",
    ),
    "unlocated-rows": ("{count} rows have no coordinates. They are listed, not drawn.", "Add coordinates when they are known."),
    "crs-guessed": (
        "The coordinates are read as {crs}: this places {inside} of {count} points in the district.",
        "Look at the map, or say the system (--crs).",
    ),
    "crs-ambiguous": (
        "Several coordinate systems place the points in the district: {candidates}. They lie hundreds of metres apart.",
        "Say which one it is (--crs).",
    ),
    "crs-unknown": (
        "No known coordinate system places the points in the district (x {min_x} to {max_x}, y {min_y} to {max_y}).",
        "Say the system (--crs), one of: {known}.",
    ),
    "unknown-crs": ("The coordinate system {crs} is not read.", "Use one of: {known}."),
    "wrong-geometry": ("This layer does not take such a shape: {found}.", "Points for places, areas for complexes and dongs."),
    "broken-geometry": ("The shape cannot be read ({reason}): {value}.", "Export the shape again."),
    "too-many-vertices": ("The shape has more than {limit} corners.", "Simplify the shape."),
    "geometry-too-large": ("The area is larger than {share} times the district: {value}.", "Check the coordinates and their system."),
    "invalid-geometry": (
        "The area crosses itself ({value}); mending it would change {before_m2} m² into {after_m2} m².",
        "Mend the shape in the program it comes from.",
    ),
    "geometry-repaired": ("The area was mended: {before_m2} m² before, {after_m2} m² now.", "Look at it on the map."),
    "ring-closed": ("A ring of the area was not closed and was closed.", "Look at it on the map."),
    "address-elsewhere": ("The address names {found}, not {district}: {value}.", "Check whether the place belongs to the district."),
    "dong-differs": ("The address says {said}, the coordinates lie in {found}: {value}.", "Check the address and the place on the map."),
    "duplicate-row": ("The same row stands in line {first_line} already.", "Delete one of the two."),
    "duplicate-key": ("The key {key} stands in line {first_line} already.", "Each place needs a key of its own."),
    "same-name-and-address": (
        "Name and address are those of line {first_line}, the rest differs.",
        "Delete one of the two, or give each a key of its own (관리번호).",
    ),
    "ambiguous-match": ("Several records could be meant: {ids}.", "Give the record's id or the source's own key in the row."),
    "two-rows-one-record": (
        "The record {id} is meant by line {first_line} already.",
        "Delete one of the two rows, or write the record's id into the row that means it.",
    ),
    "kind-differs": (
        "The record {id} of the source “{source}” is of the kind {kind}, the row says {value}.",
        "Correct the kind; if it is another place, give it a name of its own.",
    ),
    "met-other-source": (
        "The row meets the record {id} of the source “{source}”. What that source says stays; only what it lacks is added.",
        "If the row is newer word from that source, name it: --source, or a column 출처.",
    ),
    "reopened-from-other": (
        "The closed record {id} of the source “{source}” is open again. From now on it rests on this row's source.",
        "Check that the place really is open.",
    ),
    "other-source-likely": (
        "{count} of {rows} rows meet records of the source “{other}”, but this file comes in as “{source}”.",
        "If it is the same list, import it with --source {other}: --complete closes only records of the source it is given.",
    ),
    "nothing-to-close": (
        "There is no open record of the source “{source}” yet, so nothing can be closed.",
        "If an earlier list came in under another name, give that name with --source.",
    ),
    "absent-record": (
        "The record {id} ({name}) of the source “{source}” is not in the file; it stays as it is.",
        "If it has closed, import the whole list with --complete under that source.",
    ),
    "closed-record": ("The record {id} ({name}) is not in the file; --complete closes it.", "Check that it really has closed."),
    "more-missing": (
        "{count} more records are missing in the file and are not named here.",
        "Compare the file with an export of the layer.",
    ),
    "unknown-id": ("There is no record {id}; the row is added as a new place.", "Delete the id if the place is new."),
    "near-duplicate": (
        "{distance_m} m away there is a place of a similar name: {name} ({id}).",
        "Check whether both are the same place.",
    ),
    "near-duplicate-row": (
        "{distance_m} m away, in line {first_line}, there is a place of a similar name: {name}.",
        "Check whether both are the same place.",
    ),
    "same-name": (
        "A record of the same name without a place is there already: {id}.",
        "Write its id in the row if it is the same place.",
    ),
    "complete-with-errors": (
        "{count} rows are kept out, so the file is not taken for the whole source and nothing is closed.",
        "Correct the rows and import again.",
    ),
    "cannot-encode": ("Line {line}, column {column}: {encoding} cannot hold {characters}.", "Choose UTF-8."),
    "cell-too-long-for-xlsx": (
        "Line {line}, column {column}: {length} characters; a cell of XLSX holds {limit}.",
        "Choose CSV or GeoJSON.",
    ),
    "unknown-parameter": ("There is no parameter {column}.", "Known: {known}."),
    "repeated-parameter": ("The parameter {column} stands more than once.", "Give it once."),
    "unreadable-parameter": ("The parameter {column} cannot be read: {value}.", "Expected: {expected}."),
    "missing-parameter": ("The parameter {column} is missing.", "Give it."),
    "unknown-sites": (
        "The parameter {column} names places that {layer} does not have: {value}.",
        "Look for them in the list of the layer.",
    ),
    "revision-busy": (
        "Revision {revision} is being made ready; an earlier revision takes a moment.",
        "Try again in {retry_after_s} seconds.",
    ),
    "ledger-revision-missing": (
        "Revision {revision} is missing from the ledger.",
        "Restore the newest backup (geo-app doctor names it).",
    ),
    "ledger-chain-broken": (
        "Revision {revision} does not continue the chain of the one before it.",
        "Restore the newest backup (geo-app doctor names it).",
    ),
    "ledger-revision-altered": (
        "Revision {revision} does not match its SHA-256.",
        "Restore the newest backup (geo-app doctor names it).",
    ),
    "ledger-record-altered": (
        "The record {collection}/{key} of revision {revision} does not match its SHA-256.",
        "Restore the newest backup (geo-app doctor names it).",
    ),
    "ledger-file-damaged": ("The ledger's file is damaged: {what}.", "Restore the newest backup."),
    "fault": ("Something went wrong.", "Try again; if it stays so, tell the office."),
    "bad-parameters": ("The question cannot be read.", "See the listed parameters."),
    "bad-coordinates": ("These coordinates cannot be used: {lon}, {lat} ({reason}).", "Longitude comes first: 126.7930, 35.1395."),
    "bad-geometry": ("This shape cannot be used ({reason}).", "Correct the shape."),
    "bad-argument": ("{name} cannot be {value}.", "Expected: {expected}."),
    "unknown-layer": ("There is no layer {layer}.", "Known: {known}."),
    "bad-filter": ("The filter cannot be read at {value}.", "Expected: {expected}."),
    "too-much-work": (
        "The filter is too much work: {steps} steps, and at most {limit} are taken.",
        "Ask fewer different conditions, or ask within a smaller bbox.",
    ),
    "unknown-collection": ("There is no collection {collection}.", "Known: {known}."),
    "unknown-feature": ("There is no feature {id} in {collection}.", "Look for it among the features of the collection."),
    "unknown-site": ("There is no place {id} in {layer}.", "Look for it in the list of the layer."),
    "bad-record": ("The record {id} does not have its form ({field}: {reason}).", "Check it with geo-app doctor."),
    "stale-revision": (
        "Somebody published revision {head} meanwhile; this was made on revision {expected}.",
        "Look at the new state and try again.",
    ),
    "unknown-revision": ("There is no revision {revision}; the newest is {head}.", "Choose an existing revision (geo-app history)."),
    "broken-ledger": ("The ledger is damaged at revision {revision} ({what}).", "Run geo-app doctor; it names the backup to restore."),
    "broken-store": ("The store cannot be used ({reason}).", "Check the disk and the rights of the data folder."),
    "not-ready": ("The map is not ready yet.", "Try again in a few seconds."),
    "too-many-reports": ("So many reports came in within an hour that we cannot take yours now.", "Please try again in {minutes} min."),
    "report-changed-too-often": (
        "You have changed your report of this place several times today; the last one stands.",
        "Try again tomorrow.",
    ),
    "report-from-elsewhere": ("This report was sent from another site's page, so we did not take it.", "Press the button on our own page."),
    "bad-edit": ("Change {number} of the scenario cannot be read: {edit}.", "Expected: {expected}."),
    "too-many-edits": (
        "A scenario holds at most {limit} changes; this one has {count}.",
        "Take some out, or save them as two scenarios.",
    ),
    "edits-too-long": (
        "The changes take {length} characters in an address, where {limit} fit at most.",
        "Shorten the names or take out a change: each Korean letter takes nine characters there.",
    ),
    "edit-swapped": (
        "In change {number} of the scenario latitude and longitude seem swapped: {place}.",
        "Longitude comes first: {guess}.",
    ),
    "edit-outside": (
        "Change {number} of the scenario lies too far from the district: {place}.",
        "A place may lie up to {limit_km} km beyond the district; longitude comes first.",
    ),
    "scenario-misses": (
        "The scenario “{name}” asks for something that revision {revision} does not have.",
        "It was made on revision {base_revision} and can be opened there.",
    ),
    "hidden-marks": ("The parameter {column} holds marks that nobody sees ({marks}).", "Type it anew without them."),
    "unknown-edited-site": (
        "Change {number} of the scenario names {id}, which is not among the places counted here.",
        "Take that change out; the place may have closed or have been left out of the question.",
    ),
    "unknown-scenario": (
        "There is no scenario under this link. It was deleted, nobody opened it for 400 days, or the link is not whole.",
        "Copy the whole link once more, or begin a new scenario on the planner's page.",
    ),
    "too-many-scenarios": ("So many scenarios were saved within an hour that this one cannot be.", "Try again in {minutes} min."),
    "too-many-wishes": ("So many wishes came in within an hour that we cannot take yours now.", "Please try again in {minutes} min."),
    "sent-from-elsewhere": ("This was sent from another site's page, so we did not take it.", "Send it again from a page of this map."),
    "place-closed-for-good": ("This place has closed for good, so there is no door to report.", "Look for another one nearby."),
    "holiday-conflict": (
        "{day} has “{name}” already, but as {kind} and from the source {source}.",
        "Remove it first (geo-app holidays remove {day} '{name}'), then add it anew.",
    ),
    "unknown-holiday": ("There is no such holiday: {holiday}.", "Holidays about that day: {near}."),
    "several-holidays": ("{day} has several holidays: {names}.", "Write the name of the one you mean after the day."),
    "day-not-covered": (
        "{day} lies outside the years that the calendar covers ({first} to {last}).",
        "Check the year; if it is right, add --outside.",
    ),
    "alert-conflict": (
        "An alert of the kind {kind} is there for {first} to {last} already.",
        "Remove it first (geo-app alerts remove '{kind}' {first}), then add it anew.",
    ),
    "unknown-alert": ("No alert of the kind {kind} begins on {day}.", "Alerts of that kind: {near}."),
    "assets-missing": ("A folder of the program is missing: {folder}.", "Install the program again."),
    "fonts-missing": ("A font of the posters is missing: {file} in {folder}.", "Install the program again."),
    "bad-sheet": ("The sheet cannot be printed ({reason}).", "Report it to whoever runs this service."),
    "bad-setting": ("The setting {name} cannot be used: {value}.", "Expected: {expected}."),
    "backup-inside": ("{path} lies inside the data folder.", "Write the backup somewhere else; nothing was changed."),
    "not-a-backup": ("{path} is not a whole backup ({reason}).", "Give a file that geo-app backup wrote; nothing was changed."),
    "published-missing": (
        "There is no published file at {path}, or it cannot be read.",
        "Write it inside with geo-app publish FILE and copy it there.",
    ),
    "published-not-whole": (
        "{path} is not a whole published file ({reason}).",
        "Copy the file again, whole; it is written with geo-app publish FILE.",
    ),
    "published-by-another": (
        "{path} was signed by {publisher}, and this server trusts {expected}.",
        "Compare it with what geo-app publish --show-key prints inside. Only if the office has a new key, start with --publisher and that.",
    ),
    "published-altered": (
        "{path} is not what was signed: {what} differs.",
        "Do not use it. Publish anew inside and copy the file on another way.",
    ),
    "published-other-format": (
        "{path} was made by another version of the program (format {found}; this one reads {known}).",
        "Install the same version inside and outside, then publish anew.",
    ),
    "published-older": (
        "{path} (revision {revision}, published {published_at}) is older than what is served (revision {served}).",
        "Publish anew inside and copy the new file.",
    ),
    "published-inside": ("{path} lies inside the data folder.", "Write the published file somewhere else; nothing was changed."),
    "no-publisher-key": (
        "Nobody said whose published file is to be served.",
        "Add --publisher KEY (or GEO_APP_PUBLISHER_KEY) with what geo-app publish --show-key prints inside.",
    ),
    "bad-publisher-key": (
        "This is no public key of a publisher: {value}.",
        "Copy the whole line that geo-app publish --show-key prints inside: {expected}.",
    ),
    "public-has-ledger": (
        "The data folder {home} holds an office's own store ({found}).",
        "Outside use an empty folder as GEO_APP_HOME, on a machine that holds no ledger; nothing was changed.",
    ),
    "not-an-inbox": (
        "{path} is not an inbox that can be read ({reason}).",
        "Make a copy outside with geo-app inbox export FILE and bring that; nothing was changed.",
    ),
    "inbox-inside": ("{path} lies inside the data folder.", "Write the copy of the inbox somewhere else; nothing was changed."),
    "scenarios-not-kept": (
        "Scenarios cannot be saved or opened on this server.",
        "The changes in the address of the plan work here too; the office saves its scenarios on its own server.",
    ),
    "not-founded": ("The data folder {home} is empty.", "Run geo-app init first."),
    "bad-card": ("The card {file} is missing or not whole ({reason}).", "Complete the card beside the data file."),
    "bad-data-file": ("The data file {file} does not have its form: {record}, {field} ({reason}).", "Correct the file."),
    "extract-packages-missing": ("Packages are missing: {missing}.", "Install them: {hint}."),
    "unknown-district": ("There is no district {district}.", "Expected: {hint}."),
    **HOURS_TEXT_WORDS,
    **ROAD_PROBLEM_WORDS,
    **DEMAND_PROBLEM_WORDS,
    "bad-hours": ("The hours cannot be read.", "Write them for example as Mo-Fr 09:00-18:00; Sa 10:00-14:00."),
})  # fmt: skip
