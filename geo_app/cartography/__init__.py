"""Marks and colours, the same on every surface: one table that the map, the legend and every list read.

Lives here: the shape, the colour and the word of each layer, the states of a mark, their drawing as SVG, class breaks and palettes,
pictures of the whole map.
May know: `domain`, `wording`, `spatial`, `travel`. Must never know: Folium, Flask, templates, the clock, or a site's own text (a mark
carries none, a picture the names of dongs and complexes alone, escaped where they are drawn).
"""
