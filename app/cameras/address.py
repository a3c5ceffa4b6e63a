"""Where a camera is reached: a stream address read, shown and opened. Knows no network.

The password is kept apart from the text: `str()` and `repr()` of an address never hold it.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from app.errors import KnownError, Message, msg

PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
"""Schemes a camera may have, with their ports. OpenCV would open `file://` too: never allowed."""

_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", re.DOTALL)
_HOST_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_DO_PASSWORD = msg("If the password holds @ : / or %, type it in its own field instead.")
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F))


@dataclass(frozen=True, slots=True)
class CameraAddress:
    """One stream of a camera. `path` begins with `/` (or is empty) and holds the query too.

    `username` and `password` are plain text, not percent-encoded; None where there is none.
    """

    scheme: str
    host: str
    port: int
    path: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.scheme}://{self._place}"

    @property
    def is_rtsp(self) -> bool:
        """Whether the stream is spoken in RTSP (else HTTP)."""
        return self.scheme in ("rtsp", "rtsps")

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is TLS."""
        return self.scheme in ("rtsps", "https")

    @property
    def without_credentials(self) -> CameraAddress:
        """The same stream with nobody's name on it: for storing and showing."""
        return replace(self, username=None, password=None)

    def with_credentials(self, username: str | None, password: str | None) -> CameraAddress:
        """The same stream as this user opens it. An empty name is no name."""
        if not username:
            return self.without_credentials
        return replace(self, username=username, password=password)

    def opening_url(self) -> str:
        """The whole URL with the password inside: for the decoder, nobody else.

        Only what must be is percent-encoded: FFmpeg takes no more than 127 bytes of credentials,
        and each Thai letter would need nine. It splits at the first `:` even of an encoded name.
        """
        if self.username is None:
            return str(self)
        credentials = _encoded(self.username)
        if self.password is not None:
            credentials += ":" + _encoded(self.password)
        return f"{self.scheme}://{credentials}@{self._place}"

    def asking_url(self) -> str:
        """The URL as an RTSP request names it: the port written out, no credentials."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}{self.path}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{host}{port}{self.path}"


def parse_camera_address(text: str) -> CameraAddress:
    """The address in `text`. Raises KnownError, whose sentences never repeat what was typed.

    Credentials may be percent-encoded (`%40` for `@`); a bare `@`, `:` or `%` in the password is
    understood too. A bare `/` is not: there the host begins, by the rules of URLs.
    """
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None or _has_control_characters(text.strip()):
        raise _refused(msg("This is not a camera address."))
    scheme = shape[1].lower()
    if scheme not in PORTS:
        raise _refused(
            msg("A camera address cannot begin with “{scheme}://”.", scheme=scheme[:20]),
            do=msg("Use an address that begins with rtsp://, rtsps://, http:// or https://."),
        )
    credentials, _, place = shape[2].rpartition("@")
    host, port_text = _split_place(place)
    username, password = _credentials(credentials)
    return CameraAddress(
        scheme=scheme,
        host=_host(host),
        port=_port(port_text, PORTS[scheme]),
        path=_path(shape[3]),
        username=username,
        password=password,
    )


def _encoded(credential: str) -> str:
    return "".join(
        letter if letter.isprintable() and letter not in " %@:/?#" else quote(letter, safe="")
        for letter in credential
    )


def _refused(what: Message, *, do: Message | None = None) -> KnownError:
    example = msg("It should look like rtsp://192.168.1.20:554/stream1.")
    return KnownError(what, do=do or example)


def _has_control_characters(text: str) -> bool:
    return any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text)


def _split_place(place: str) -> tuple[str, str]:
    if place.startswith("["):  # IPv6
        host, _, rest = place[1:].partition("]")
        if rest and not rest.startswith(":"):
            raise _bad_host()
        return f"[{host}]", rest[1:]
    host, _, port = place.partition(":")
    return host, port


def _credentials(text: str) -> tuple[str | None, str | None]:
    username, colon, password = text.partition(":")
    if not username:
        return None, None
    return unquote(username), unquote(password) if colon else None


def _host(text: str) -> str:
    if not text:
        raise _refused(msg("The camera address names no camera: the host is missing."))
    try:
        if text.startswith("["):
            return ipaddress.IPv6Address(text[1:-1]).compressed
        host = text if text.isascii() else text.encode("idna").decode("ascii")
        if host.replace(".", "").isdigit():
            return str(ipaddress.IPv4Address(host))
    except ValueError:
        raise _bad_host() from None  # the cause would quote what was typed
    if not _HOST_NAME.fullmatch(host.lower()):
        raise _bad_host()
    return host.lower()


def _bad_host() -> KnownError:
    return _refused(msg("The camera address names a host that cannot exist."), do=_DO_PASSWORD)


def _port(text: str, usual: int) -> int:
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise _refused(
            msg("The port in the camera address must be a number from 1 to 65535."),
            do=_DO_PASSWORD,
        )
    return int(text)


def _path(text: str) -> str:
    """Letters outside ASCII are percent-encoded; what is encoded already stays as it is."""
    path = quote(text, safe=_PRINTABLE)
    return path if not path or path.startswith("/") else "/" + path
