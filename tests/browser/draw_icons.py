"""Draws the app's PNG icons from static/img/app-icon.svg with Chromium: `python tests/browser/draw_icons.py`.

The maskable one is the same picture on a ground without corners, smaller, so that any mask a phone lays on it leaves the cup whole.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[2] / "static" / "img"
GROUND = "#9A4A0B"
SAFE_SHARE = 0.8  # W3C manifest: what lies within this share of the width is never cut off
ICONS = (
    ("app-icon-192.png", 192, "none", 1.0),
    ("app-icon-512.png", 512, "none", 1.0),
    ("app-icon-maskable-512.png", 512, GROUND, SAFE_SHARE),
)


def main() -> None:
    picture = (IMAGES / "app-icon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, size, ground, share in ICONS:
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"body{{margin:0;background:{ground};display:grid;place-items:center;height:100vh}}svg{{width:{share:.0%}}}"
            page.set_content(f"<style>{style}</style>{picture}")
            page.screenshot(path=IMAGES / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
