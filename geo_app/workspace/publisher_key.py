"""The pair of keys by which a published file is known as the office's own: one stays in the data folder, the outside is told the other."""

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from geo_app.domain.errors import BrokenStore, GeoAppError
from geo_app.workspace.home import Home

KEY_FILE: Final = "publish.key"
KEY_LOCK: Final = "publish"
KEY_BYTES: Final = 32
KEY_PREFIX: Final = "ed25519:"
# What is signed begins with this, so that a signature made for anything else never fits.
_SIGNED_FOR: Final = b"gwangsan-work-shelter-map published manifest\n"


class BadPublisherKey(GeoAppError):
    """No public key of a publisher. Values: `value`, `expected`."""

    code = "bad-publisher-key"


class PublisherKey:
    """The public half. Two of the same key are equal."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._key = Ed25519PublicKey.from_public_bytes(raw)

    def __str__(self) -> str:
        return KEY_PREFIX + base64.urlsafe_b64encode(self.raw).decode("ascii").rstrip("=")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublisherKey) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    def has_signed(self, manifest: bytes, signature: bytes) -> bool:
        """True where the signature is this key's, of these very bytes."""
        try:
            self._key.verify(signature, _SIGNED_FOR + manifest)
        except InvalidSignature:
            return False
        return True


def read_publisher_key(text: str) -> PublisherKey:
    """The key that `str` of one wrote; its beginning `ed25519:` may be left out. Raises `BadPublisherKey`."""
    plain = text.strip().removeprefix(KEY_PREFIX)
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), altchars=b"-_", validate=True)
        key = PublisherKey(raw)
    except (binascii.Error, ValueError) as fault:
        raise BadPublisherKey(value=text[:80], expected=f"{KEY_PREFIX}…") from fault
    if str(key) != KEY_PREFIX + plain:  # bits beyond the last byte: not as we write it
        raise BadPublisherKey(value=text[:80], expected=f"{KEY_PREFIX}…")
    return key


class SigningKey:
    """The secret half."""

    def __init__(self, raw: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(raw)

    @property
    def public(self) -> PublisherKey:
        """What the outside is told."""
        return PublisherKey(self._key.public_key().public_bytes_raw())

    def sign(self, manifest: bytes) -> bytes:
        """64 bytes."""
        return self._key.sign(_SIGNED_FOR + manifest)


def signing_key(home: Home) -> SigningKey:
    """The key of the data folder, made (mode 0600) where there is none. Raises `BrokenStore`."""
    path = home.folder / KEY_FILE
    try:
        if not path.exists():
            _make(path)
        raw = bytes.fromhex(path.read_text(encoding="ascii"))
        return SigningKey(raw)
    except (OSError, ValueError) as fault:
        raise BrokenStore(path=str(path), reason=getattr(fault, "strerror", None) or "damaged") from fault


def _make(path: Path) -> None:
    # Whole or not at all, and the first of two makers wins: a key that was told to the outside is never replaced.
    working = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(working, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(working, path)
    finally:
        working.unlink(missing_ok=True)
