"""Static files: gathered once with ready-made gzip and brotli, served under a path that names their version."""

import hashlib
import shutil
from pathlib import Path

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from geo_app.assets import JOINING, ORDER_FILE, find_assets, join_script, trimmed_style
from geo_app.web.headers import MARK

YEAR_SECONDS = 31_536_000
VERSION_DIGITS = 12


class Assets:
    """The static files of this code version. `version` is a digest over all of them, so their URLs may be cached for ever."""

    def __init__(self, prepared_in: Path) -> None:
        self._source = find_assets("static")
        self.version = _digest(self._source)
        self.folder = prepared_in / self.version
        self.prefix = f"static/{self.version}"

    def prepare(self) -> None:
        """Copy and compress the files where this has not been done for this version."""
        if self.folder.is_dir():
            return
        working = self.folder.with_name(f".{self.folder.name}.new")
        shutil.rmtree(working, ignore_errors=True)
        shutil.copytree(self._source, working)
        _join_scripts(working)
        _trim_styles(working)
        compressor = Compressor(quiet=True)
        for path in _files(working):
            if compressor.should_compress(str(path)):
                list(compressor.compress(str(path)))
        for old in self.folder.parent.iterdir():
            if old != working:
                shutil.rmtree(old, ignore_errors=True)
        working.rename(self.folder)

    def serve(self, app: object) -> WhiteNoise:
        """`app` with the files in front of it."""
        return WhiteNoise(app, root=str(self.folder), prefix=self.prefix, max_age=YEAR_SECONDS, add_headers_function=_add_headers)


def _join_scripts(folder: Path) -> None:
    # Many commented files suit who writes them, one without comments who waits for it: half the bytes, in one answer.
    for order in folder.rglob(ORDER_FILE):
        order.parent.with_suffix(".js").write_text(join_script(order.parent), encoding="utf-8")


def _trim_styles(folder: Path) -> None:
    # Our own only: what others wrote is sent as they made it.
    for path in (folder / "css").rglob("*.css"):
        path.write_text(trimmed_style(path.read_text(encoding="utf-8")), encoding="utf-8")


def _add_headers(headers: object, path: str, url: str) -> None:
    del path, url
    headers["X-Content-Type-Options"] = "nosniff"  # type: ignore[index]
    headers[MARK[0]] = MARK[1]  # type: ignore[index]
    headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"  # type: ignore[index]


def _digest(folder: Path) -> str:
    digest = hashlib.sha256(JOINING.read_bytes())  # how scripts are joined is part of what they are
    for path in _files(folder):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:VERSION_DIGITS]


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
