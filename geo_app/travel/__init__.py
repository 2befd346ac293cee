"""How long the way takes. Without streets: the geodesic distance times a detour factor, and every figure says it is an estimate.

May know: `domain`, `spatial`. Must never know: records, hours, doors.
"""
