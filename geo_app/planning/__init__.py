"""Who is served, where and at which hour of the week: questions a planner asks of a snapshot.

Lives here: the grid's cells and their demand, usable minutes of places, coverage by slice, week, dong and complex, gaps, what-ifs, hosts.
May know: `snapshot`, `travel`, `spatial`, `wording`, `domain`. Must never know: stores, doors, sentences, the clock (`at` is an argument).

A *slice* is an instant: somebody leaves a cell at `at` and finds a door usable, or not, when she gets there.
"""
