"""How long the way takes: along streets where there are any, else the geodesic distance times a detour factor, told as an estimate.

Lives here: streets as arrays (`streets`), speeds and their sources (`speeds`), where a place stands on a street (`placement`), minutes
to one, the nearest or the n-th nearest target (`routing` over `graph`), reach areas (`isochrone` over `regions` and `rings`), and what
planning asks of all this (`times`). Always from the origin to the target; what cannot be reached is inf, never 0 and never a huge number.

May know: `domain`, `spatial`. Must never know: records, hours, files of streets, doors.
"""
