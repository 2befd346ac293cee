"""Papers: the poster (A4) and the door sticker (A6) of a shelter, as PDF that a voice can read and a phone can scan.

Lives here: what stands on a sheet, the typst layouts, the fonts (fetched at build, see `hatch_build.py`), the one printer.
May know: `domain`, `wording`, typst, segno. Must never know: stores, snapshots, Flask, the clock; a feature comes as a plain object.
Text reaches typst as data (`sys.inputs`) and never as source, so a name full of marks is a name.
"""
