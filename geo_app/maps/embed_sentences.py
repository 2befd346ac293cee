"""The sentences that the frame's scripts speak. A test compares them with `static/js/embed` and `static/js/embed_map`."""

EMBED_SENTENCES: tuple[str, ...] = (
    "Close",
    "Hold Ctrl and turn the wheel to zoom the map.",
    "Hold ⌘ and turn the wheel to zoom the map.",
    "It stands in a sandbox: nobody is asked for a position there, and links need {sandbox}. The whole map: {address}",
    "Looking for your position …",
    "Near ones first. Your position stays in this frame.",
    "Past the time shown · checked again once connected",
    "Show on the map: {name}",
    "The connection was lost. What stands here is of the time shown above.",
    "This frame is shown as it should be at this address.",
    "This frame stands in no other page.",
    "This frame stands in: {origin}",
    "This page may not ask for your position. Open the whole map instead.",
    "Two fingers move the map.",
    "Which page holds this frame is not told here.",
    "Your position could not be found. The list stays as it is.",
    "Zoom in",
    "Zoom out",
    "{count} km",
    "{count} m",
    "{count} open",
    "{count} places together",
    "{distance} in a straight line",
)
EMBED_PLURALS: tuple[tuple[str, str], ...] = ()
