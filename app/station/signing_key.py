"""The station's Ed25519 key: made at first need, its private half among the secrets, outside the
folder. Its fingerprint on paper, in other hands, is what every seal is compared with.

Knows no log and no package. `cryptography` is loaded when a key is used, not before.
"""

from __future__ import annotations

import hashlib
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.clock import Clock, to_stored
from app.errors import KnownError, msg
from app.station.disk import Disk, reading_trouble
from app.station.folder import StationFolder
from app.station.secrets import SecretStore

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SECRET_NAME = "signing-key"
PUBLIC_KEY_BYTES = 32
_DER_HEAD = bytes.fromhex("302a300506032b6570032100")  # SubjectPublicKeyInfo, RFC 8410 §4
_GROUPS, _GROUP = 8, 4


def fingerprint(public_key: bytes) -> str:
    """`3f2a 9c01 …`: the first 128 bits of the SHA-256 of the 32 bytes, to be read aloud.

    Whoever wants another key with the same one has 2¹²⁸ keys to try.
    """
    digits = hashlib.sha256(public_key).hexdigest()[: _GROUPS * _GROUP]
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def read_fingerprint(typed: str) -> str:
    """The fingerprint as `fingerprint` writes it, however its groups were typed. KnownError."""
    digits = re.sub(r"[\s:.·–-]", "", typed).lower()
    if len(digits) != _GROUPS * _GROUP or not set(digits) <= set(string.hexdigits):
        raise KnownError(
            msg("“{typed}” is not a fingerprint of a key.", typed=typed[:80]),
            safe=msg("Nothing was checked."),
            do=msg("Type the eight groups of four from the paper: digits and letters a to f."),
        )
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def public_key_pem(public_key: bytes) -> str:
    """As OpenSSL reads it."""
    import base64

    inside = base64.b64encode(_DER_HEAD + public_key).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{inside}\n-----END PUBLIC KEY-----\n"


class SigningKey:
    """Signs; tells who it is. Never shows its private half."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        self._private = private
        self.public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        """32 bytes."""
        self.fingerprint = fingerprint(self.public)

    def sign(self, said: bytes) -> bytes:
        """64 bytes over exactly these bytes (RFC 8032)."""
        return self._private.sign(said)

    def __repr__(self) -> str:
        return f"SigningKey({self.fingerprint})"


def has_signed(public_key: bytes, signature: bytes, said: bytes) -> bool:
    """Whether this key's owner signed these bytes. False for what is no key or no signature."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class KeyShown:
    """What Setup shows. `fingerprint` is empty until a key was made; `is_lost`: its private half
    is not among this user's secrets, so the next seal will be by a new key."""

    fingerprint: str
    is_lost: bool = False


def station_key(
    folder: StationFolder, secrets: SecretStore, disk: Disk, clock: Clock
) -> SigningKey:
    """The station's key; made if there is none, and its public half written into the folder.

    Raises KnownError: the secrets or the folder cannot be read or written.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    station_id = folder.profile.station_id
    kept = secrets.get(station_id, SECRET_NAME)
    if kept is None:
        private = Ed25519PrivateKey.generate()
        secrets.put(station_id, SECRET_NAME, private.private_bytes_raw().hex())
    else:
        private = Ed25519PrivateKey.from_private_bytes(_seed(kept))
    key = SigningKey(private)
    if _public_in(folder) != key.fingerprint:
        _write_public(folder, key, disk, clock)
    return key


def key_shown(folder: StationFolder, secrets: SecretStore) -> KeyShown:
    """What Setup and printed sheets say of the key. Makes none. Raises KnownError."""
    shown = _public_in(folder)
    return KeyShown(
        shown, bool(shown) and secrets.get(folder.profile.station_id, SECRET_NAME) is None
    )


def _seed(kept: str) -> bytes:
    if re.fullmatch(r"[0-9a-f]{64}", kept):
        return bytes.fromhex(kept)
    raise KnownError(  # not a word of what was read
        msg("The station's signing key cannot be read from the file of passwords."),
        safe=msg("Nothing was sealed. Old seals can still be checked."),
        do=msg("Put that file back from a backup."),
    )


def _public_in(folder: StationFolder) -> str:
    """The fingerprint of the key in the folder's file; empty if there is none."""
    try:
        text = folder.public_key_file.read_text("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        trouble = error if isinstance(error, OSError) else OSError("not text")
        raise reading_trouble(trouble, folder.public_key_file) from error
    public = public_key_in(text)
    return "" if public is None else fingerprint(public)


def public_key_in(text: str) -> bytes | None:
    """The 32 bytes of the first public key (PEM) in a text; None if it holds none."""
    import base64
    import binascii

    found = re.search(r"-----BEGIN PUBLIC KEY-----([\sA-Za-z0-9+/=]{1,200})-----END", text)
    try:
        inside = base64.b64decode("".join(found[1].split()), validate=True) if found else b""
    except binascii.Error:
        return None
    whole = len(inside) == len(_DER_HEAD) + PUBLIC_KEY_BYTES and inside.startswith(_DER_HEAD)
    return inside[len(_DER_HEAD) :] if whole else None


def public_key_text(key: SigningKey, station: str, made_at: str) -> str:
    """What people get: the fingerprint to compare, and the key for OpenSSL."""
    return (
        f"{station}\n"
        "กุญแจลงนามของสถานี (ส่วนเปิดเผย) / The station's signing key (public half)\n"
        f"{made_at}\n\n"
        "ลายนิ้วมือกุญแจ โปรดเทียบกับกระดาษ / Fingerprint, to be compared with the paper:\n"
        f"{key.fingerprint}\n\n"
        f"{public_key_pem(key.public)}"
    )


def _write_public(folder: StationFolder, key: SigningKey, disk: Disk, clock: Clock) -> None:
    text = public_key_text(key, folder.profile.name_th, to_stored(clock.now()))
    disk.write(folder.public_key_file, text.encode())
