"""Folium draws the maps: shells with fixed ids, made once per page, language and code version.

Lives here: the map as a Folium object, our own small elements, the sentences the page's script speaks, the hashes of inline blocks.
May know: `cartography`, `wording`, `domain`, Folium and branca (nobody else may).
Must never know: a site, a snapshot, a request. Folium and branca execute the text they are given as a template, twice: they are handed
fixed names and numbers only. Sentences, addresses and names reach the script as one JSON block that no template engine reads.
"""
