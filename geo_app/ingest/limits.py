"""How large a file from outside may be: one table, and every refusal states the number it crossed."""

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file. Bytes are of the file as sent; chars are of its decoded text.

    The numbers hold a peak below 400 MB: the district has thousands of places, and no known public file of one passes 100,000 rows.
    """

    file_bytes: int = 64 * MIB
    rows: int = 200_000
    columns: int = 500
    line_chars: int = 1_000_000
    cell_chars: int = 131_072  # the csv module's own bound
    feature_chars: int = 8_000_000  # one GeoJSON feature: a polygon of 100,000 vertices needs about 4,000,000
    json_depth: int = 64
    integer_digits: int = 40
    vertices: int = 100_000
    workbook_entries: int = 1_000
    workbook_bytes: int = 160 * MIB  # unpacked, all parts
    workbook_cells: int = 8_000_000  # empty ones too: each costs its time
    shared_text_bytes: int = 48 * MIB  # unpacked, the table of strings, the one part that is held whole
    problems_per_code: int = 1_000


LIMITS = Limits()
