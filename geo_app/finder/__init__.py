"""Questions asked of a snapshot: what is near and open on arrival, what lies in a window or an area, what a word finds.

Lives here: pure functions of (snapshot, parameters, time). May know: `snapshot`, `travel`, `spatial`, `domain`.
Must never know: stores, doors, the clock (`at` is an argument).
"""
