"""The doors on the web: parse, ask one question, show.

Lives here: Flask, URLs, parameters, headers, pages and the JSON doors. A view is three lines; a decision moves down a floor.
May know: everything below. Must never know: SQL, rtree, Folium (`maps` draws), files of the data folder.
"""
